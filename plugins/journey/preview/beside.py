"""A translation and its source, paragraph by paragraph: what a translator sees with `?beside=en`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import html

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


@dataclass(frozen=True)
class Row:
    """A paragraph, list, table or box in both languages as HTML; empty where one has nothing that belongs to it."""

    here: str
    beside: str


def align(here: str, beside: str) -> list[Row]:
    """The rows of two texts in HTML. Headings and boxes with the same id stand side by side; what lies between is
    matched in order, a heading only with a heading. The ids of the text beside are taken away, since a page has each once.
    """
    ours, theirs = _blocks(here), _blocks(beside)
    rows: list[Row] = []
    i = j = 0
    for one, other in [*_anchors(ours, theirs), (len(ours), len(theirs))]:
        rows += _between(ours[i:one], theirs[j:other])
        if one < len(ours) and other < len(theirs):
            rows.append(Row(_text(ours[one]), _without_ids(theirs[other])))
        i, j = one + 1, other + 1
    return rows


def _blocks(text: str) -> list[html.HtmlElement]:
    root = html.fragment_fromstring(text, create_parent="div")
    return [one for one in root if isinstance(one.tag, str) and one.get("class") != "term-definitions"]


def _anchors(ours: Sequence[html.HtmlElement], theirs: Sequence[html.HtmlElement]) -> Iterator[tuple[int, int]]:
    places = {one.get("id"): number for number, one in enumerate(theirs) if one.get("id")}
    last = -1
    for number, one in enumerate(ours):
        other = places.get(one.get("id"), -1) if one.get("id") else -1
        if other > last:
            last = other
            yield number, other


def _between(ours: Sequence[html.HtmlElement], theirs: Sequence[html.HtmlElement]) -> Iterator[Row]:
    i = j = 0
    while i < len(ours) or j < len(theirs):
        one, other = ours[i] if i < len(ours) else None, theirs[j] if j < len(theirs) else None
        if one is not None and other is not None and _is_heading(one) != _is_heading(other):
            one, other = (None, other) if _is_heading(one) else (one, None)
        yield Row("" if one is None else _text(one), "" if other is None else _without_ids(other))
        i, j = i + (one is not None), j + (other is not None)


def _is_heading(element: html.HtmlElement) -> bool:
    return element.tag in _HEADINGS


def _text(element: html.HtmlElement) -> str:
    return str(html.tostring(element, encoding="unicode", with_tail=False))


def _without_ids(element: html.HtmlElement) -> str:
    for one in element.iter():
        if isinstance(one.tag, str):
            one.attrib.pop("id", None)
            one.attrib.pop("aria-describedby", None)
    return _text(element)
