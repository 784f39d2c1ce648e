"""From MkDocs' settings to the sets that readers can save."""

from __future__ import annotations

import json
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from ..books.host import open_press
from ..content.parse import read_project
from ..host import layout_of
from ..layout import Kind
from ..wording import say
from .packs import KILL_SWITCH, Book, find_packs, write_packs


def prepare_offline(config: MkDocsConfig, site: Path) -> str:
    """Write what saving needs into the finished site below `site`; the answer is a line for the editor."""
    if not config.plugins["journey-content"].config.offline:
        (site / "sw.js").write_text(KILL_SWITCH, encoding="utf-8", newline="\n")
        return "Saving is switched off; what readers saved is deleted at their next visit."
    layout = layout_of(config)
    project = read_project(layout)
    modules = sorted(
        {page.path.parent.as_posix() for page in project.iter_sources() if page.kind in (Kind.MODULE, Kind.PAPER)}
    )
    packs = find_packs(site, layout.locales, modules, _books(config, site))
    wire = write_packs(site, packs)
    languages = ", ".join(f"{code} {wire[code] / 1e6:.1f} MB" for code in layout.locales if code in wire)
    return f"{len(packs)} sets can be saved, languages: {languages}."


def _books(config: MkDocsConfig, site: Path) -> list[Book]:
    receipt = site / "downloads" / "receipt.json"
    if not receipt.is_file():
        return []
    shelf = open_press(config)[1]
    return [
        Book(
            one["file"],
            one["locale"],
            f"{shelf.books[one['book']].title_in(one['locale'])} – {say(one['locale'], _kind(one['kind']))}",
        )
        for one in json.loads(receipt.read_text(encoding="utf-8"))["files"]
    ]


def _kind(kind: str) -> str:
    return f"downloads.kind_{kind.replace('4up', 'fourup')}"
