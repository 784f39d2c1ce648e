"""The last look at a finished site before it takes the old one's place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .compress import write_compressed
from .leaflets import LIMIT, write_leaflets
from .links import find_broken_links
from .pages import read_pages
from .weight import describe, weigh


@dataclass(frozen=True)
class Inspection:
    """`errors` keep the site from being published; `report` is what an editor should know."""

    errors: tuple[str, ...]
    report: tuple[str, ...]


def inspect(site: Path, root: str = "/") -> Inspection:
    """Look at all pages; `root` is the path of the site on its host."""
    pages = list(read_pages(site, root))
    errors = find_broken_links(site, pages)
    errors += [
        f"{page.file} would fetch {address}; a page asks nobody but its own site"
        for page in pages
        for address in page.outside
    ]
    errors += [
        f"{page.file} holds {what}, which would run in a reader's browser; texts hold words"
        for page in pages
        for what in page.acting
    ]
    return Inspection(tuple(errors), tuple(describe(weigh(site, pages))))


def add_leaflets(site: Path, site_url: str) -> str:
    """Write the pages that can be passed on as small files; the answer is a line for the editor."""
    files = write_leaflets(site, site_url)
    heavy = sorted((size, name) for name, size in files if size > LIMIT)
    over = (
        f"; {len(heavy)} over {LIMIT // 1000} kB, the largest {heavy[-1][1]} with {heavy[-1][0] / 1000:.0f}"
        if heavy
        else ""
    )
    return f"{len(files)} small files can be passed on{over}."


def compress(site: Path) -> str:
    """Write the compressed copies; the answer is a line for the editor."""
    count, plain, gz, br = write_compressed(site)
    return f"{count} files have compressed copies: {plain / 1e6:.1f} MB, gzip {gz / 1e6:.1f}, brotli {br / 1e6:.1f}."
