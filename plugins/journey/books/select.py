"""Takes from a rendered page what a book wants of it: sections by id, or passages marked for the pocket book."""

from __future__ import annotations

import xml.etree.ElementTree as etree
from collections.abc import Mapping, Sequence

from .html import classes, find_by_id

_HEADINGS = {f"h{level}": level for level in range(1, 7)}


class SelectError(Exception):
    """The page has no such id; the text is the id."""


def take_notes(root: etree.Element) -> Mapping[str, etree.Element]:
    """Take the list of footnotes off a page; returns their texts by id."""
    notes: dict[str, etree.Element] = {}
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag == "div" and "footnote" in classes(child):
                parent.remove(child)
                notes.update({item.get("id", ""): item for item in child.iter("li") if item.get("id")})
    return notes


def take_keys(root: etree.Element) -> Mapping[str, etree.Element]:
    """Take the keys of questions off a page; returns them by the id of their question."""
    keys: dict[str, etree.Element] = {}
    for parent in list(root.iter()):
        for child in list(parent):
            if "print-key" in classes(child):
                parent.remove(child)
                keys[child.get("data-item", "")] = child
    return keys


def select(root: etree.Element, sections: Sequence[str]) -> etree.Element:
    """A `div` with the sections of a page, in the order asked for; the whole page if none is named.

    A heading's id takes all up to the next heading of its level or above; a block's id takes the block.
    Raises SelectError for an id that the page does not have.
    """
    if not sections:
        return root
    out = etree.Element("div")
    for name in sections:
        start = find_by_id(root, name)
        if start is None:
            raise SelectError(name)
        out.extend(_section(root, start) if start.tag in _HEADINGS else [start])
    return out


def select_picks(root: etree.Element) -> etree.Element:
    """A `div` with the passages marked for the pocket book, in order."""
    out = etree.Element("div")
    out.extend(element for element in root.iter("div") if "pocket" in classes(element))
    return out


def _section(root: etree.Element, heading: etree.Element) -> list[etree.Element]:
    parent = next(parent for parent in root.iter() if heading in list(parent))
    children = list(parent)
    start = children.index(heading)
    end = start + 1
    while end < len(children) and _HEADINGS.get(children[end].tag, 9) > _HEADINGS[heading.tag]:
        end += 1
    return children[start:end]
