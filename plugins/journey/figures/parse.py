"""Reads drawings and the words of their translations; what would not survive dark mode or mirroring is a problem."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from ..diagnostics import Diagnostic
from ..documents import Document, DocumentError, parse_document
from ..layout import Layout
from ..locales import split_locale
from ..memory import remembered
from .model import Figure, FigureBook, FigureWords, Showing

WORDS_FILE = "figures.yml"

SHAPES = frozenset({"g", "rect", "circle", "ellipse", "line", "polyline", "polygon", "path", "defs", "marker", "text"})
CLASSES = frozenset(
    {
        "f-box",
        "f-box-2",
        "f-box-3",
        "f-line",
        "f-thin",
        "f-dash",
        "f-fill",
        "f-accent",
        "f-text",
        "f-strong",
        "f-muted",
        "f-light",
    }
)
"""The looks that a drawing may use; the page's style sheet and the print style colour them."""

_NEUTRAL = frozenset({"none", "currentColor", "context-stroke", "context-fill"})
_COLOURS = ("fill", "stroke", "color")
_PHONE = 358  # CSS pixels for a drawing on the narrowest phone that we look at, 390 px wide
_SMALLEST = 11  # CSS pixels of the smallest letters there


def read_figures(layout: Layout, showings: Iterable[Showing] = ()) -> FigureBook:
    """Read every SVG file in an `assets/` folder and every `figures.<locale>.yml`. Never raises for bad content."""
    figures: dict[PurePosixPath, Figure] = {}
    words: dict[tuple[PurePosixPath, str], FigureWords] = {}
    problems: list[Diagnostic] = []
    for path in layout.iter_files():
        name, locale = split_locale(path.name)
        if path.suffix == ".svg" and path.parent.name == "assets":
            figure, found = parse_figure(path, layout.read(path))
            problems += found
            if figure:
                figures[path] = figure
        elif name == WORDS_FILE and locale:
            try:
                document = _parse_words(path, layout.read_text(path))
            except (UnicodeDecodeError, DocumentError) as error:
                line = error.line if isinstance(error, DocumentError) else 1
                what = error.problem if isinstance(error, DocumentError) else "this file is not UTF-8 text"
                problems.append(
                    Diagnostic(path, line, "V001", what, 'Write `drawing.svg:` and below it `"English": "words"`.')
                )
                continue
            entries = {
                str(file): {str(k): str(v) for k, v in texts.items()}
                for file, texts in document.values.items()
                if isinstance(texts, dict)
            }
            words[path.parent, locale] = FigureWords(path, locale, entries, document.lines)
    return FigureBook(figures, words, problems, tuple(showings))


@remembered
def _parse_words(path: PurePosixPath, text: str) -> Document:
    return parse_document(text)


@remembered
def parse_figure(path: PurePosixPath, data: bytes) -> tuple[Figure | None, list[Diagnostic]]:
    """A drawing and what is wrong with it; None if it can not be read at all."""
    try:
        root = etree.fromstring(data)
    except etree.ParseError as error:
        hint = "Open it in a browser: it shows the place. Every element must be closed, & is written &amp;."
        return None, [Diagnostic(path, error.position[0], "V001", "this is not well-formed SVG", hint)]
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    box = [float(n) for n in re.findall(r"-?[\d.]+", root.get("viewBox", ""))]
    if root.tag != "svg" or len(box) != 4 or box[:2] != [0, 0]:
        hint = 'Its root is <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 300">.'
        return None, [Diagnostic(path, 1, "V001", "the drawing has no viewBox that starts at 0 0", hint)]
    for style in [child for child in root if child.tag in ("style", "title", "desc")]:
        root.remove(style)
    text = data.decode("utf-8", "replace")
    words = tuple(dict.fromkeys(_words(element) for element in root.iter("text")))
    figure = Figure(path, box[2], box[3], data, root, words)
    return figure, [Diagnostic(path, _line(text, near), rule, what, hint) for rule, near, what, hint in _faults(figure)]


def _words(element: etree.Element) -> str:
    return re.sub(r"\s+", " ", "".join(element.itertext())).strip()


def _line(text: str, near: str) -> int:
    position = text.find(near)
    return text.count("\n", 0, position) + 1 if near and position >= 0 else 1


def _faults(figure: Figure) -> Iterator[tuple[str, str, str, str]]:
    """Rule, words to find the line by, what is wrong, and the way out."""
    smallest = figure.width * _SMALLEST / _PHONE
    for element in figure.root.iter():
        if element is not figure.root and element.tag not in SHAPES:
            hint = f"Use {', '.join(sorted(SHAPES))}; a line break in a text is written |."
            yield "V002", f"<{element.tag}", f"<{element.tag}> can not be translated, mirrored and coloured", hint
        for name in set(element.get("class", "").split()) - CLASSES:
            yield (
                "V002",
                f'class="{element.get("class")}"',
                f"there is no look `{name}`",
                f"Looks: {', '.join(sorted(CLASSES))}.",
            )
        for name in _COLOURS:
            if (colour := element.get(name)) and colour not in _NEUTRAL:
                yield (
                    "V002",
                    f'{name}="{colour}"',
                    f'{name}="{colour}" would not change in dark mode or in print',
                    "Take a class instead: f-box, f-line, f-accent, f-text …",
                )
        if element.get("style"):
            yield "V002", 'style="', "a drawing has no styles of its own", "Take classes and attributes instead."
        if element.tag == "text":
            if element.get("transform") or not element.get("x") or not element.get("y"):
                yield (
                    "V002",
                    f">{_words(element)}",
                    "a text needs x and y, and no transform",
                    "y is the middle of the line.",
                )
            size = float(element.get("font-size") or 16)
            if size < smallest:
                yield (
                    "V003",
                    f">{_words(element)}",
                    f'"{_words(element)}" would be {size * _PHONE / figure.width:.1f} px high on a phone',
                    f"Write it at least {smallest:.0f} high, or make the drawing narrower than {figure.width:.0f}.",
                )
