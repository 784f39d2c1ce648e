"""Takes the text of a page apart, section by section, from the HTML that Markdown made.

The parser is lxml (BSD-3-Clause), which the books need anyway.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from lxml import html

from ..memory import remembered
from .model import Section

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SKIPPED = frozenset({"script", "style", "template", "svg", "button", "noscript"})
_SKIPPED_CLASSES = frozenset({"quiz", "item", "headerlink", "footnote-ref", "footnote-backref"})
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "cite", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "small", "span", "strong"}
    | {"sub", "sup", "wbr"}
)
_BLANKS = re.compile(r"\s+")


@remembered
def sections_of(path: PurePosixPath, content: str) -> tuple[Section, ...]:
    """The sections of a page, named by its path."""
    return read_sections(content)


def read_sections(content: str) -> tuple[Section, ...]:
    """The sections of a page's content. Questions are left out, they would give their answers away in the passage."""
    if not content.strip():
        return ()
    sections: list[tuple[str, str, list[str]]] = [("", "", [])]
    root = html.fragment_fromstring(content, create_parent="div")
    _walk(root, sections)
    found = (Section(anchor, heading, _joined(text)) for anchor, heading, text in sections)
    return tuple(section for section in found if section.heading or section.text)


def _walk(element: html.HtmlElement, sections: list[tuple[str, str, list[str]]]) -> None:
    if element.tag in _HEADINGS and element.get("id"):
        sections.append((element.get("id", ""), _joined(_texts(element)), []))
        return
    if not _is_skipped(element):
        text = sections[-1][2]
        if element.tag not in _INLINE:
            text.append(" ")
        text.append(element.text or "")
        for child in element:
            _walk(child, sections)
            sections[-1][2].append(child.tail or "")
        if element.tag not in _INLINE:
            sections[-1][2].append(" ")


def _texts(element: html.HtmlElement) -> Iterator[str]:
    if not _is_skipped(element):
        yield element.text or ""
        for child in element:
            yield from _texts(child)
            yield child.tail or ""


def _is_skipped(element: html.HtmlElement) -> bool:
    if not isinstance(element.tag, str) or element.tag in _SKIPPED or element.get("hidden") is not None:
        return True
    return element.get("aria-hidden") == "true" or bool(_SKIPPED_CLASSES & set((element.get("class") or "").split()))


def _joined(texts: Iterator[str] | list[str]) -> str:
    return _BLANKS.sub(" ", "".join(texts)).strip()
