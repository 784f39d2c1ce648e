"""HTML as Python-Markdown writes it, read into a tree; raw HTML that does not close its elements is an error."""

from __future__ import annotations

import xml.etree.ElementTree as etree
from html.parser import HTMLParser

VOID = frozenset({"area", "br", "col", "hr", "img", "input", "source", "track", "wbr"})

# HTML knows no capitals in names; SVG does. https://html.spec.whatwg.org/multipage/parsing.html#adjust-svg-attributes
_SVG_ATTRIBUTES = {
    name.lower(): name
    for name in [
        "clipPathUnits",
        "gradientTransform",
        "gradientUnits",
        "markerHeight",
        "markerUnits",
        "markerWidth",
        "maskUnits",
        "patternUnits",
        "preserveAspectRatio",
        "refX",
        "refY",
        "spreadMethod",
        "textLength",
        "viewBox",
    ]
}
_SVG_TAGS = {"clippath": "clipPath", "lineargradient": "linearGradient", "radialgradient": "radialGradient"}


class HtmlError(Exception):
    """An element that is not closed, or closed without having been opened; the text names it."""


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = etree.Element("div")
        self._open = [self.root]
        self._last: etree.Element | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {_SVG_ATTRIBUTES.get(name, name): value or "" for name, value in attrs}
        element = etree.SubElement(self._open[-1], _SVG_TAGS.get(tag, tag), names)
        self._last = element if tag in VOID else None
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        tag = _SVG_TAGS.get(tag, tag)
        if self._open[-1].tag != tag or len(self._open) == 1:
            raise HtmlError(f"</{tag}> closes nothing; open is <{self._open[-1].tag}>")
        self._last = self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._last is not None:
            self._last.tail = (self._last.tail or "") + data
        else:
            self._open[-1].text = (self._open[-1].text or "") + data

    def finish(self) -> etree.Element:
        self.close()
        if len(self._open) > 1:
            raise HtmlError(f"<{self._open[-1].tag}> is never closed")
        return self.root


def parse_html(text: str) -> etree.Element:
    """The tree of a fragment, below one `div`. Comments and declarations are passed over.

    Raises HtmlError for elements that are not closed as they were opened.
    """
    builder = _Builder()
    builder.feed(text)
    return builder.finish()


def classes(element: etree.Element) -> set[str]:
    """The words of an element's `class`."""
    return set(element.get("class", "").split())


def text_of(element: etree.Element) -> str:
    """The text of an element and all below it, white space folded."""
    return " ".join("".join(element.itertext()).split())


def find_by_id(root: etree.Element, name: str) -> etree.Element | None:
    """The first element with an id, or None."""
    return next((element for element in root.iter() if element.get("id") == name), None)


def without_tail(element: etree.Element) -> etree.Element:
    """A copy that carries nothing of the text behind it."""
    copied = etree.Element(element.tag, element.attrib)
    copied.text = element.text
    copied.extend(list(element))
    return copied
