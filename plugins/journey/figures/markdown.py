"""Markdown of drawings: an SVG picture stands in the page itself, so that it has its language and colours."""

from __future__ import annotations

import posixpath
import xml.etree.ElementTree as etree
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

from ..layout import Layout
from ..locales import SOURCE
from .model import Figure, FigureBook
from .render import render_figure


class _Drawings(Treeprocessor):
    """`![description](assets/x.svg "caption")` alone in a paragraph becomes a figure; elsewhere the drawing alone."""

    def __init__(self, md: Markdown, book: FigureBook, layout: Layout, src_uri: str, locale: str) -> None:
        super().__init__(md)
        self._book, self._locale = book, locale
        self._folder = layout.disk_path(PurePosixPath(src_uri)).parent

    def run(self, root: etree.Element) -> None:
        for parent in list(root.iter()):
            for position, child in enumerate(parent):
                if child.tag == "img" and (figure := self._find(child.get("src", ""))):
                    words = self._book.words_of(figure, self._locale)
                    drawing = render_figure(figure, self._locale, words, child.get("alt", ""))
                    caption, drawing.tail = child.get("title"), child.tail
                    parent[position] = drawing
                    if parent.tag == "p" and len(parent) == 1 and not (parent.text or drawing.tail or "").strip():
                        parent.tag = "figure"
                        parent.set("class", "drawing")
                        if caption:
                            etree.SubElement(parent, "figcaption").text = caption

    def _find(self, target: str) -> Figure | None:
        parts = urlsplit(target)
        if parts.scheme or parts.netloc:
            return None
        path = PurePosixPath(posixpath.normpath(posixpath.join(self._folder, unquote(parts.path))))
        return self._book.figures.get(path)


class FiguresExtension(Extension):
    """The extension; add it to `markdown_extensions` as `journey.figures.markdown`."""

    def __init__(self, **options: Any) -> None:
        self.config = {
            "book": [FigureBook({}, {}), "all drawings of the project, a FigureBook"],
            "layout": ["", "the project's folders, a Layout"],
            "src_uri": ["", "where the page stands in the generator's tree; empty leaves pictures alone"],
            "locale": [SOURCE, "language that the page is written in"],
        }
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        book, layout, src_uri, locale = (self.getConfig(name) for name in ("book", "layout", "src_uri", "locale"))
        if layout and src_uri:
            # Before links are rewritten (2): pictures are named as they lie on disk.
            md.treeprocessors.register(_Drawings(md, book, layout, src_uri, locale), "journey_figures", 2.5)


def makeExtension(**options: Any) -> Extension:  # noqa: N802 - the library's name
    """Entry point of Python-Markdown."""
    return FiguresExtension(**options)
