"""Markdown of citations: `[@key]` becomes author and year, and the works cited are listed at the end of the page.

The list stands under a heading of its own, below the editor's own heading with the id `references`, or where
`/// references` asks for it.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from typing import Any

from markdown import Extension, Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString
from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block

from ..wording import say
from .citations import PATTERN, parse_cluster
from .model import Bibliography
from .render import render_cluster, render_list
from .style import Style

ID = "references"
_PLACE = "references-place"


class _Citations(InlineProcessor):
    """Brackets of citations. Code is out of reach here; headings, links and buttons are left as they are."""

    ANCESTOR_EXCLUDES = ("h1", "h2", "h3", "h4", "h5", "h6", "a", "summary", "button")

    def __init__(self, md: Markdown, style: Style, linked: bool) -> None:
        super().__init__(PATTERN, md)
        self._style, self._linked = style, linked

    def handleMatch(  # type: ignore[override]  # noqa: N802 - the library's name
        self, m: re.Match[str], data: str
    ) -> tuple[etree.Element, int, int]:
        group = render_cluster(self._style, parse_cluster(m[1]), self._linked)
        for element in group.iter():  # what an editor or a reference manager wrote is no Markdown
            element.text = AtomicString(element.text) if element.text else None
            element.tail = AtomicString(element.tail) if element.tail else None
        return group, m.start(0), m.end(0)


class References(Block):  # type: ignore[misc]
    """Where the list of references stands: `/// references`."""

    NAME = ID
    ARGUMENT = False

    def on_create(self, parent: etree.Element) -> etree.Element:
        return etree.SubElement(parent, "div", {"class": _PLACE})


class _List(Treeprocessor):
    """Lists what the page cites, footnotes included."""

    def __init__(self, md: Markdown, style: Style) -> None:
        super().__init__(md)
        self._style = style

    def run(self, root: etree.Element) -> None:
        places = [(parent, child) for parent in root.iter() for child in parent if child.get("class") == _PLACE]
        cited = [
            link.get("href", "").removeprefix("#ref-") for link in root.iter("a") if link.get("class") == "citation"
        ]
        if cited:
            box = self._place(root, places)
            box.set("class", "references no-term")
            box.append(render_list(self._style, cited))
        for parent, place in places:
            if place.get("class") == _PLACE:
                parent.remove(place)

    def _place(self, root: etree.Element, places: list[tuple[etree.Element, etree.Element]]) -> etree.Element:
        own = next((position for position, element in enumerate(root) if element.get("id") == ID), None)
        if places:
            box = places[0][1]
            if own is None:
                box.set("id", ID)
        elif own is not None:
            box = etree.Element("div")
            root.insert(own + 1, box)
        else:
            etree.SubElement(root, "h2", {"id": ID}).text = say(self._style.locale, "papers.references")
            box = etree.SubElement(root, "div")
        return box


class CitationExtension(BlocksExtension):  # type: ignore[misc]
    """The extension; add it to `markdown_extensions` as `journey.papers.markdown`."""

    def __init__(self, **options: Any) -> None:
        self.config = {
            "style": ["", "the works that the page can cite, in its language, a Style; empty leaves text alone"],
            "linked": [True, "whether citations lead to a list of references"],
        }
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        super().extendMarkdown(md)
        style, linked = self.getConfig("style"), self.getConfig("linked")
        if style:
            # After code (190) and escapes (180), before notes (175) and links (170), which begin with a bracket too.
            md.inlinePatterns.register(_Citations(md, style, linked), "journey_citations", 176)
            # After footnotes (50), inline patterns (20) and ids of headings (8), before toc collects headings (5).
            md.treeprocessors.register(_List(md, style), "journey_references", 6)

    def extendMarkdownBlocks(self, md: Markdown, block_mgr: Any) -> None:  # noqa: N802 - the library's name
        block_mgr.register(References, {})


def unlinked_citations(works: Bibliography | None, locale: str) -> dict[str, Any]:
    """Options of this extension for a text that stands without a list of references, such as an exported question."""
    return {"style": Style(works, locale) if works else "", "linked": False}


def makeExtension(**options: Any) -> Extension:  # noqa: N802 - the library's name
    """Entry point of Python-Markdown."""
    return CitationExtension(**options)
