"""`/// chart` in Markdown: a Python-Markdown extension around the parser and the drawing.

A preprocessor takes the blocks out of the text, after fenced code has been set aside; a block processor puts figures
with their captions in their place, so that links and notes in a caption are those of the page; a tree processor adds
drawing, source and data when no other processor will take their words for text.
"""

from __future__ import annotations

import posixpath
import re
import xml.etree.ElementTree as etree
from pathlib import PurePosixPath
from typing import Any

from markdown import Extension, Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from ..layout import Layout
from ..locales import SOURCE
from ..markup import LineFinder, find_blocks
from .model import Chart, ChartBook
from .parse import BLOCK, split_body
from .series import build_plot
from .view import finish_figure, finish_print, start_figure

_MARK = re.compile(r"^@@journey-chart (\S+)@@$")


class _TakeOut(Preprocessor):
    """Leaves one line and the caption in the place of every chart."""

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        out = list(lines)
        for block in find_blocks(text, LineFinder(text))[0]:
            if block.name == BLOCK and block.closed and block.argument:
                caption = split_body(lines[block.line : block.end - 1])[1]
                out[block.line - 1 : block.end] = [""] * (block.end - block.line + 1)
                out[block.line - 1] = f"\n@@journey-chart {block.argument}@@\n\n{caption}\n"
        return "\n".join(out).split("\n")


class _PutIn(BlockProcessor):
    """A figure with its caption in the place of the line that the preprocessor left, and of the line below it."""

    def __init__(self, parser: Any, book: ChartBook) -> None:
        super().__init__(parser)
        self._book = book

    def test(self, parent: etree.Element, block: str) -> bool:
        return bool(_MARK.match(block.strip()))

    def run(self, parent: etree.Element, blocks: list[str]) -> None:
        match = _MARK.match(blocks.pop(0).strip())
        assert match is not None
        caption = blocks.pop(0).strip() if blocks and not _MARK.match(blocks[0].strip()) else ""
        chart = find_drawable(self._book, match[1])
        if chart is None:  # what can not be drawn is an error of the checks; the sentence stays
            if caption:
                etree.SubElement(parent, "p").text = caption
            return
        figure, head = start_figure(chart)
        head.text = caption
        parent.append(figure)


class _Draw(Treeprocessor):
    """Drawing, source and data in every figure of a chart."""

    def __init__(self, md: Markdown, book: ChartBook, folder: PurePosixPath, locale: str, is_print: bool) -> None:
        super().__init__(md)
        self._book, self._folder, self._locale, self._is_print = book, folder, locale, is_print
        self._line = Markdown()

    def run(self, root: etree.Element) -> None:
        for figure in root.iter("figure"):
            chart = find_drawable(self._book, figure.get("id", "")) if figure.get("class") == "chart" else None
            if chart and self._is_print:
                finish_print(figure, chart, self._locale, self._inline)
            elif chart:
                way = posixpath.relpath(chart.dataset.path, self._folder)
                finish_figure(figure, chart, self._locale, way, self._inline)

    def _inline(self, element: etree.Element, text: str) -> None:
        """A line of Markdown, rendered by a parser of its own: the page's has finished with its text."""
        html = self._line.reset().convert(text).replace("<p>", "", 1)
        parsed = etree.fromstring(f"<span>{html.rpartition('</p>')[0] or html}</span>")
        element.text = parsed.text
        element.extend(list(parsed))


def find_drawable(book: ChartBook, chart_id: str) -> Chart | None:
    """The chart with this id if it can be drawn."""
    chart = book.find_chart(chart_id)
    try:
        if chart:
            build_plot(chart)
    except (KeyError, ValueError):
        return None
    return chart


class ChartsExtension(Extension):
    """The extension; add it to `markdown_extensions` as `journey.charts.markdown`."""

    def __init__(self, **options: Any) -> None:
        self.config = {
            "book": [ChartBook(), "all data and charts of the project, a ChartBook"],
            "layout": ["", "the project's folders, a Layout"],
            "src_uri": ["", "where the page stands in the generator's tree; empty leaves captions without drawings"],
            "locale": [SOURCE, "language that the page is written in"],
            "form": ["page", "`page`, or `print` for a picture and its source"],
        }
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        book, layout, src_uri, locale = (self.getConfig(name) for name in ("book", "layout", "src_uri", "locale"))
        # After fenced code (25) and raw HTML (20).
        md.preprocessors.register(_TakeOut(md), "journey_charts", 15)
        # Before PyMdown's blocks (90) and everything that would take the line for a paragraph.
        draws = isinstance(layout, Layout) and bool(src_uri)
        md.parser.blockprocessors.register(_PutIn(md.parser, book if draws else ChartBook()), "journey_charts", 199)
        if draws:
            folder = layout.disk_path(PurePosixPath(src_uri)).parent
            # After inline patterns (20) and frames for tables (3), before links are rewritten (2).
            md.treeprocessors.register(
                _Draw(md, book, folder, locale, self.getConfig("form") == "print"), "journey_charts", 2.4
            )


def makeExtension(**options: Any) -> Extension:  # noqa: N802 - the library's name
    """Entry point of Python-Markdown."""
    return ChartsExtension(**options)
