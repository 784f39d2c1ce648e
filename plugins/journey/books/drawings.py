"""The words of a drawing as outlines: shaped by HarfBuzz with our fonts, so that Nastaliq and Khmer are drawn right.

Typst would set text in SVG with fonts and direction of its own, and stops without a place where a letter is missing.
The description of the picture carries the words for those who listen.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import uharfbuzz as hb

FONTS = Path(__file__).parent / "fonts"
STACKS = {
    "ur": ("NotoNastaliqUrdu", "NotoSans", "NotoSansMono"),
    "km": ("Hanuman", "NotoSans", "NotoSansMono"),
    "zh": ("NotoSans", "NotoSansSC", "NotoSansMono"),
}
"""Files of fonts by language, in the order in which they are asked for a letter; others have Noto Sans."""
_WEST = ("NotoSans", "NotoSansMono")
_BOLD = frozenset({"f-strong"})
_FILLS = frozenset({"f-muted", "f-light", "f-accent", "f-fill"})
_INK = "#1c2630"
_JOINERS = "\u200b\u200c\u200d "
_SVG = "{http://www.w3.org/2000/svg}"


class DrawingError(Exception):
    """A drawing that can not be read, or a letter that none of our fonts has; the text says which."""


@cache
def _font(family: str, bold: bool) -> hb.Font:
    path = FONTS / f"{family}-{'Bold' if bold else 'Regular'}.ttf"
    if not path.is_file():
        path = FONTS / f"{family}-Regular.ttf"
    return hb.Font(hb.Face(hb.Blob.from_file_path(str(path))))


def outline_words(svg: bytes, locale: str) -> bytes:
    """A drawing without text elements, their words as paths; raises DrawingError."""
    try:
        root = etree.fromstring(svg)
    except etree.ParseError as error:
        raise DrawingError(f"this is not well-formed SVG: {error}") from None
    for element in root.iter():
        element.tag = element.tag.removeprefix(_SVG)
    for parent in list(root.iter()):
        for position, child in enumerate(list(parent)):
            if child.tag == "text":
                parent[position] = _outlined(child, locale)
    root.set("xmlns", "http://www.w3.org/2000/svg")
    return etree.tostring(root, encoding="unicode").encode()


def _outlined(text: etree.Element, locale: str) -> etree.Element:
    group = etree.Element("g", {key: text.attrib[key] for key in ("transform", "class", "fill") if key in text.attrib})
    group.tail = text.tail
    style = set(text.get("class", "").split())
    if not style & _FILLS and "fill" not in text.attrib:
        group.set("fill", _INK)
    size = _number(text.get("font-size"), 16)
    bold = bool(style & _BOLD) or text.get("font-weight") in ("bold", "700")
    x, y = _number(text.get("x"), 0), _number(text.get("y"), 0)
    for line, left, dy in _lines(text, x):
        y += dy * size
        if not line:
            continue
        path, width = _shape(line, locale, size, bold)
        rtl = locale == "ur"
        anchor = text.get("text-anchor", "start")
        shift = {"middle": -width / 2, "end": 0.0 if rtl else -width}.get(anchor, -width if rtl else 0.0)
        etree.SubElement(group, "path", {"d": path, "transform": f"translate({left + shift:.2f} {y:.2f})"})
    return group


def _lines(text: etree.Element, x: float) -> Iterator[tuple[str, float, float]]:
    """The lines of a text: words, where they begin, and how far below the last line (em)."""
    spans = [child for child in text if child.tag == "tspan"]
    if not spans:
        yield _folded(text), x, _em(text.get("dy"))
    for span in spans:
        yield _folded(span), _number(span.get("x"), x), _em(span.get("dy"))


def _shape(line: str, locale: str, size: float, bold: bool) -> tuple[str, float]:
    """The outline of a line and its width, both in units of the drawing; y points down."""
    families = STACKS.get(locale, _WEST)
    runs: list[tuple[str, str]] = []
    for letter in line:
        family = runs[-1][0] if runs and letter in _JOINERS else _family(letter, families)
        if runs and runs[-1][0] == family:
            runs[-1] = (family, runs[-1][1] + letter)
        else:
            runs.append((family, letter))
    if locale == "ur":
        runs.reverse()
    pieces: list[str] = []
    pen = 0.0
    for family, run in runs:
        font = _font(family, bold)
        scale = size / font.face.upem
        buffer = hb.Buffer()
        buffer.add_str(run)
        buffer.guess_segment_properties()
        hb.shape(font, buffer)
        for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            x, y = pen + position.x_offset * scale, -position.y_offset * scale
            form, across, up = _glyph(family, bold, info.codepoint)
            places = [0.0] * (2 * len(across))
            places[::2] = [x + a * scale for a in across]
            places[1::2] = [y - b * scale for b in up]
            pieces.append(form % tuple(places))
            pen += position.x_advance * scale
    return "".join(pieces), pen


@cache
def _glyph(family: str, bold: bool, glyph: int) -> tuple[str, list[float], list[float]]:
    """The outline of a glyph: its path with a gap for every number, and the numbers across and up, in units of the font."""
    steps: list[str] = []
    numbers: list[float] = []

    def step(sign: str) -> Callable[..., None]:
        def add(*given: Any) -> None:
            *own, _ = given  # the last is HarfBuzz's
            steps.append(sign + " ".join(["%.2f"] * len(own)))
            numbers.extend(own)

        return add

    draw = hb.DrawFuncs()
    draw.set_move_to_func(step("M"))
    draw.set_line_to_func(step("L"))
    draw.set_quadratic_to_func(step("Q"))
    draw.set_cubic_to_func(step("C"))
    draw.set_close_path_func(step("Z"))
    _font(family, bold).draw_glyph(glyph, draw, None)
    return "".join(steps), numbers[::2], numbers[1::2]


@cache
def _family(letter: str, families: tuple[str, ...]) -> str:
    for family in families:
        if letter in _JOINERS or _font(family, False).get_nominal_glyph(ord(letter)):
            return family
    raise DrawingError(f"no font of the books has the sign {letter} (U+{ord(letter):04X})")


def _folded(element: etree.Element) -> str:
    return re.sub(r"\s+", " ", "".join(element.itertext())).strip()


def _number(value: str | None, default: float) -> float:
    match = re.match(r"-?[\d.]+", value or "")
    return float(match[0]) if match else default


def _em(value: str | None) -> float:
    return _number(value, 0.0)
