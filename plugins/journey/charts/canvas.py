"""A sheet to draw a chart on: from left to right or, mirrored, from right to left; looks are classes, never colours."""

from __future__ import annotations

import math
import unicodedata
import xml.etree.ElementTree as etree
from collections.abc import Sequence
from decimal import Decimal

import icu

from ..locales import LOCALES, SOURCE
from .model import Text

WIDTH = 360
"""User units across. A phone of 390 pixels shows about as many pixels, so a letter has there the height it has here."""

FONT_SIZE = 16
_MIDDLE = 0.35  # em from the middle of a line of text to its base line
_LEADING = {"ur": 2.0, "km": 1.6}  # in em, as in drawings
_DEFAULT_LEADING = 1.25
_OVERHANG = {"ur": 7}  # user units that a Nastaliq kaf reaches over the beginning of its line
_NARROW = frozenset(" .,:;'’|()!iIlj\u202f\u00a0\u066b\u066c")
_OTHER_END = {"start": "end", "end": "start", "middle": "middle"}

Number = float | int | Decimal


class Canvas:
    """Collects the parts of one `<svg>`. Every x is given as from left to right and turned where text runs back."""

    def __init__(self, chart_id: str, locale: str) -> None:
        self.locale = locale
        self.rtl = LOCALES[locale].direction == "rtl"
        self.leading = _LEADING.get(locale, _DEFAULT_LEADING) * FONT_SIZE
        """Height of a line of text."""
        self.root = etree.Element("svg", {"class": "figure", "direction": LOCALES[locale].direction})
        self._id = chart_id

    def finish(self, height: Number) -> etree.Element:
        """The drawing, cut to its height."""
        self.root.set("viewBox", f"0 0 {WIDTH} {_plain(height)}")
        return self.root

    def turn(self, x: Number) -> float:
        return WIDTH - float(x) if self.rtl else float(x)

    def text(self, x: Number, middle: Number, text: Text, anchor: str = "start", look: str = "") -> None:
        """One line of text, its middle at `middle`; `anchor` is the end of the text that stands at x."""
        element = etree.SubElement(self.root, "text", {"class": f"f-text {look}".strip()})
        element.text = text.text
        backwards = self.rtl and (text.locale != self.locale or not any(map(str.isalpha, text.text)))
        if backwards:  # figures and words of another language run from left to right
            element.set("direction", "ltr")
        if text.locale != self.locale:
            element.set("lang", text.locale)
        element.set("x", _plain(self.turn(x)))
        element.set("y", _plain(float(middle) + _MIDDLE * FONT_SIZE))
        element.set("font-size", str(FONT_SIZE))
        element.set("text-anchor", _OTHER_END[anchor] if backwards else anchor)

    def lines(self, x: Number, top: Number, text: Text, look: str = "") -> float:
        """A text broken into lines from `top` downwards; returns where it ends."""
        end, x = float(top), float(x) + _OVERHANG.get(text.locale, 0)
        for line in break_lines(text.text, WIDTH - x, text.locale):
            self.text(x, end + self.leading / 2, Text(line, text.locale), look=look)
            end += self.leading
        return end

    def line(self, x1: Number, y1: Number, x2: Number, y2: Number, look: str) -> None:
        ends = {"x1": self.turn(x1), "y1": y1, "x2": self.turn(x2), "y2": y2}
        self._add("line", look, {name: _plain(value) for name, value in ends.items()})

    def path(self, points: Sequence[tuple[Number, Number]], look: str) -> None:
        """Straight lines from point to point."""
        way = "L".join(f"{_plain(self.turn(x))} {_plain(y)}" for x, y in points)
        self._add("path", look, {"d": f"M{way}"})

    def bar(self, x1: Number, y1: Number, x2: Number, y2: Number, series: int) -> None:
        """An area between two corners with the pattern of a series, counted from 0."""
        left, right = sorted((self.turn(x1), self.turn(x2)))
        top, bottom = sorted((float(y1), float(y2)))
        box = {"x": left, "y": top, "width": right - left, "height": bottom - top}
        attributes = {name: _plain(value) for name, value in box.items()}
        if series:
            attributes["fill"] = f"url(#{self._id}-{series + 1})"
        self._add("rect", "f-fill" if not series else f"f-edge-{series + 1}", attributes)

    def mark(self, x: Number, y: Number, series: int) -> None:
        """The mark of a series round a point: circle, square, triangle, diamond."""
        cx, cy, look = self.turn(x), float(y), f"f-mark-{series + 1}"
        if series == 0:
            self._add("circle", look, {"cx": _plain(cx), "cy": _plain(cy), "r": "5"})
            return
        shapes = [[(-5, -5), (5, -5), (5, 5), (-5, 5)], [(0, -6), (6, 5), (-6, 5)], [(0, -7), (7, 0), (0, 7), (-7, 0)]]
        points = " ".join(f"{_plain(cx + dx)},{_plain(cy + dy)}" for dx, dy in shapes[series - 1])
        self._add("polygon", look, {"points": points})

    def patterns(self, count: int) -> None:
        """What the areas of all series but the first are filled with; ids begin with the chart's own."""
        ways = ("M0 0V7", "M3.5 2v2.5", "M0 0H7M0 0V7")
        turns = ("rotate(45)", "", "")
        for number in range(2, count + 1):
            definitions = self.root.find("defs")
            if definitions is None:
                definitions = etree.SubElement(self.root, "defs")
            size = {"width": "7", "height": "7"}
            pattern = etree.SubElement(
                definitions, "pattern", {"id": f"{self._id}-{number}", "patternUnits": "userSpaceOnUse", **size}
            )
            if turns[number - 2]:
                pattern.set("patternTransform", turns[number - 2])
            etree.SubElement(pattern, "rect", {"class": f"f-bed-{number}", **size})
            etree.SubElement(pattern, "path", {"class": f"f-hatch-{number}", "d": ways[number - 2]})

    def _add(self, tag: str, look: str, attributes: dict[str, str]) -> None:
        etree.SubElement(self.root, tag, {"class": look, **attributes})


def measure(text: str) -> float:
    """About how wide a text is, in user units, rather too much than too little.

    An estimate from the kinds of characters, so that a drawing does not depend on the fonts of the machine; Latin
    letters as wide as in DejaVu Sans, the widest font that systems take for their own.
    """
    return FONT_SIZE * sum(_em(character) for character in text)


def _em(character: str) -> float:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    if unicodedata.east_asian_width(character) in "WF":
        return 1
    if "\u1780" <= character <= "\u17ff":
        return 0.72
    if character in _NARROW:
        return 0.4
    if character in "%mwMW−":
        return 0.98 if character != "−" else 0.84
    return 0.74 if character.isupper() else 0.64


def break_lines(text: str, width: float, locale: str = SOURCE) -> list[str]:
    """A text in lines that are about `width` wide at most, broken where its language allows (Unicode UAX 14)."""
    breaks = icu.BreakIterator.createLineInstance(icu.Locale(locale))
    wide = icu.UnicodeString(text)
    breaks.setText(wide)
    lines, line, start = [], "", 0
    for end in breaks:
        piece = str(wide[start:end])
        if line and measure((line + piece).rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line, start = line + piece, end
    return [*lines, line.rstrip()] if line.strip() else lines


def _plain(value: Number) -> str:
    """A number with two decimals at most; no minus before nothing."""
    rounded = math.floor(float(value) * 100 + 0.5) / 100
    return f"{rounded + 0:g}" if abs(rounded) < 1e5 else str(rounded)
