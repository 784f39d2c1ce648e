"""Every link of the finished site leads to a file that exists, and to a place that this file has."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from .pages import BuiltPage


def find_broken_links(site: Path, pages: Iterable[BuiltPage]) -> list[str]:
    """One line for each broken link, each written once however many pages carry it, e.g. by a menu."""
    known = {page.file: page for page in pages}
    broken: dict[tuple[str, str], list[str]] = {}
    for page in known.values():
        for link in page.links:
            target = known.get(link.file)
            if target is None and not (site / link.file).is_file():
                broken.setdefault((link.file, "there is no such file"), []).append(f"{page.file}: {link.written}")
            elif target and link.fragment and link.fragment not in target.ids and not link.fragment.startswith(":~:"):
                problem = f"it has no place #{link.fragment}"
                broken.setdefault((link.file, problem), []).append(f"{page.file}: {link.written}")
    return [f"{places[0]} leads to {file}, but {problem}{_more(places)}" for (file, problem), places in broken.items()]


def _more(places: list[str]) -> str:
    return f" ({len(places) - 1} more such links)" if len(places) > 1 else ""
