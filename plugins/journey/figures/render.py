"""A drawing in a language: its words put in and broken into lines, mirrored where text runs from right to left."""

from __future__ import annotations

import copy
import re
import xml.etree.ElementTree as etree
from collections.abc import Mapping
from pathlib import Path

from ..locales import LOCALES, SOURCE
from .model import Figure

_LEADING = {"ur": 2.0, "km": 1.6}  # in em; Nastaliq and Khmer are higher than Latin letters
_DEFAULT_LEADING = 1.25
_MIDDLE = 0.35  # em from the middle of a line of text to its base line
FONT_SIZE = 16
"""Height of letters in user units where a drawing does not say."""

PRINT_STYLE = Path(__file__).with_name("print.css")


def render_figure(figure: Figure, locale: str, words: Mapping[str, str], description: str) -> etree.Element:
    """The `<svg>` element for a page in `locale`. `words` maps English to the language; English stays where it lacks.

    A drawing without any translated word stays English and unmirrored, and says so by its `lang`.
    """
    spoken = locale if words else SOURCE
    root = copy.deepcopy(figure.root)
    root.attrib.pop("width", None)
    root.attrib.pop("height", None)
    _scope_ids(root, figure.path.stem)
    for text in root.iter("text"):
        _set_words(text, words, spoken)
    direction = LOCALES[spoken].direction
    if direction == "rtl":
        _mirror(root, figure.width)
    root.set("class", "figure")
    root.set("role", "img")
    root.set("aria-label", description)
    root.set("direction", direction)
    root.set("style", f"max-width:{figure.width * 1.35:.0f}px")
    if spoken != locale:
        root.set("lang", spoken)
    return root


def render_print(figure: Figure, locale: str, words: Mapping[str, str]) -> bytes:
    """A file of its own for print and EPUB, with its colours in it."""
    root = render_figure(figure, locale, words, "")
    for name in ("role", "aria-label", "style", "class"):
        root.attrib.pop(name, None)
    root.set("xmlns", "http://www.w3.org/2000/svg")
    root.set("width", f"{figure.width:g}")
    root.set("height", f"{figure.height:g}")
    style = etree.Element("style")
    style.text = PRINT_STYLE.read_text(encoding="utf-8")
    root.insert(0, style)
    return etree.tostring(root, encoding="unicode").encode()


def _scope_ids(root: etree.Element, stem: str) -> None:
    """Make ids of markers unique on a page that shows several drawings."""
    ids = {element.get("id") for element in root.iter() if element.get("id")}
    for element in root.iter():
        for name, value in element.attrib.items():
            if name == "id":
                element.set(name, f"{stem}-{value}")
            elif value.startswith("url(#") and value[5:-1] in ids:
                element.set(name, f"url(#{stem}-{value[5:-1]})")


def _set_words(text: etree.Element, words: Mapping[str, str], locale: str) -> None:
    text.set("font-size", text.get("font-size", str(FONT_SIZE)))
    english = re.sub(r"\s+", " ", "".join(text.itertext())).strip()
    lines = words.get(english, english).split("|")
    for child in list(text):
        text.remove(child)
    leading = _LEADING.get(locale, _DEFAULT_LEADING)
    first = _MIDDLE - (len(lines) - 1) / 2 * leading
    if len(lines) == 1:
        text.text = lines[0].strip()
        text.set("dy", f"{first:g}em")
        return
    text.text = None
    for number, line in enumerate(lines):
        span = etree.SubElement(text, "tspan", {"x": text.get("x", "0"), "dy": f"{leading if number else first:g}em"})
        span.text = line.strip()


def _mirror(root: etree.Element, width: float) -> None:
    """Turn the drawing round its vertical middle, and each text back round its own x."""
    for text in root.iter("text"):
        text.set("transform", f"translate({2 * float(text.get('x', '0')):g} 0) scale(-1 1)")
    turned = etree.Element("g", {"transform": f"translate({width:g} 0) scale(-1 1)"})
    for child in list(root):
        root.remove(child)
        turned.append(child)
    root.append(turned)
