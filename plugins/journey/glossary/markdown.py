"""Markdown of terms: links written by hand, and the first use of every other concept on a page.

The definitions that a page needs stand at its end, hidden; each link is described by one. So a screen reader has them
without a script, and a script needs no request to show them.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Iterator, Sequence
from typing import Any

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE, STX

from ..locales import LOCALES, SOURCE
from .match import Match, Matcher, first_uses
from .model import SCHEME, Glossary
from .usage import plain

NEVER_INSIDE = frozenset(
    {
        "a",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "code",
        "pre",
        "th",
        "svg",
        "summary",
        "button",
        "label",
        "script",
        "style",
        "fieldset",
        "kbd",
        "samp",
    }
)
INLINE = frozenset(
    {"em", "strong", "span", "b", "i", "del", "ins", "mark", "sub", "sup", "abbr", "bdi", "small", "cite", "q"}
)
NEVER_WITHIN = frozenset({"no-term", "item", "footnote", "footnote-ref", "block-label", "admonition-title"})
"""Classes of elements in which nothing is linked automatically."""

_RAW_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][\w-]*)(?P<attributes>[^>]*?)(?P<single>/?)>")
_RAW_CLASS = re.compile(r"""\bclass\s*=\s*["']?([^"'>]*)""")
_VOID = frozenset({"br", "img", "hr", "input", "wbr"})


class TermLinks(Treeprocessor):
    """Links terms; `page` is the way from the page to the glossary, empty where there is none."""

    def __init__(self, md: Markdown, glossary: Glossary, matcher: Matcher | None, page: str, locale: str) -> None:
        super().__init__(md)
        self._glossary, self._matcher, self._page, self._locale = glossary, matcher, page, locale

    def run(self, root: etree.Element) -> None:
        used: dict[str, None] = {}
        for link in [one for one in root.iter("a") if one.get("href", "").startswith(SCHEME)]:
            concept = link.get("href", "").removeprefix(SCHEME)
            if self._page and self._glossary.word(concept, SOURCE):
                self._make_link(link, concept)
                used[concept] = None
            else:
                link.tag = "span"
                link.attrib.clear()
        if self._matcher and self._page:
            self._link_first_uses(root, used, set(self._glossary.by_hand) | set(used))
        if used and self._page:
            root.append(self._definitions(used))

    def _link_first_uses(self, root: etree.Element, used: dict[str, None], skip: set[str]) -> None:
        assert self._matcher
        for parent, child, text in list(_iter_texts(root, self.md.htmlStash.rawHtmlBlocks)):
            for match in reversed(found := first_uses(self._matcher.find(text), skip)):
                self._insert(parent, child, match)
            skip |= {match.concept for match in found}
            used.update((match.concept, None) for match in found)

    def _insert(self, parent: etree.Element, child: etree.Element | None, match: Match) -> None:
        """Put a link into the text of `parent`, or into the tail of `child`; later matches of the text come first."""
        text = (parent.text if child is None else child.tail) or ""
        link = etree.Element("a")
        link.text, link.tail = text[match.start : match.end], text[match.end :]
        self._make_link(link, match.concept)
        if child is None:
            parent.text = text[: match.start]
            parent.insert(0, link)
        else:
            child.tail = text[: match.start]
            parent.insert(list(parent).index(child) + 1, link)

    def _make_link(self, link: etree.Element, concept: str) -> None:
        link.set("class", "term")
        link.set("href", f"{self._page}#{concept}")
        link.set("aria-describedby", f"term-{concept}")

    def _definitions(self, used: dict[str, None]) -> etree.Element:
        box = etree.Element("div", {"class": "term-definitions", "hidden": "hidden"})
        for concept in used:
            defined = self._glossary.defined(concept, self._locale)
            if defined is None:
                continue
            one = etree.SubElement(box, "p", {"id": f"term-{concept}", "data-term": defined.term})  # shown in print
            if defined.locale != self._locale:
                one.set("lang", defined.locale)
                one.set("dir", LOCALES[defined.locale].direction)
            one.text = plain(defined.definition)
        return box


class _RawTags:
    """HTML that an editor wrote in a line: Markdown keeps it aside and leaves a mark in the text."""

    def __init__(self, stash: Sequence[object]) -> None:
        self._stash = stash
        self._open: list[tuple[str, bool]] = []

    def mask(self, text: str) -> str:
        """The text, with blanks for what stands within such an element in which nothing is linked."""
        if not self._open and STX not in text:
            return text
        out, end = [], 0
        for mark in HTML_PLACEHOLDER_RE.finditer(text):
            out += [self._shown(text[end : mark.start()]), "\0" * len(mark[0])]
            end = mark.end()
            self._read(self._stash[int(mark[1])])
        return "".join([*out, self._shown(text[end:])])

    def _shown(self, text: str) -> str:
        return "\0" * len(text) if any(is_closed for _, is_closed in self._open) else text

    def _read(self, raw: object) -> None:
        for tag in _RAW_TAG.finditer(raw) if isinstance(raw, str) else ():
            name = tag["name"].lower()
            if not tag["end"] and not tag["single"] and name not in _VOID:
                classes = _RAW_CLASS.search(tag["attributes"])
                hidden = 'aria-hidden="true"' in tag["attributes"]
                never = name in NEVER_INSIDE or bool(classes and NEVER_WITHIN & set(classes[1].split())) or hidden
                self._open.append((name, never))
            elif tag["end"] and name in (names := [one for one, _ in self._open]):
                del self._open[len(names) - 1 - names[::-1].index(name) :]


def _iter_texts(
    root: etree.Element, stash: Sequence[object]
) -> Iterator[tuple[etree.Element, etree.Element | None, str]]:
    """Texts where a term may be linked, in reading order: parent, the child before the text or None, the text."""

    def walk(element: etree.Element, raw: _RawTags) -> Iterator[tuple[etree.Element, etree.Element | None, str]]:
        classes = set(element.get("class", "").split())
        if element.tag in NEVER_INSIDE or classes & NEVER_WITHIN or not isinstance(element.tag, str):
            return
        if element.get("aria-hidden") == "true":
            return
        if element.tag not in INLINE:
            raw = _RawTags(stash)  # a forgotten end tag harms one block
        if element.text:
            yield element, None, raw.mask(element.text)
        for child in list(element):
            yield from walk(child, raw)
            if child.tail:
                yield element, child, raw.mask(child.tail)

    yield from walk(root, _RawTags(stash))


class GlossaryExtension(Extension):
    """The extension; add it to `markdown_extensions` as `journey.glossary.markdown`."""

    def __init__(self, **options: Any) -> None:
        self.config = {
            "glossary": [Glossary(), "all concepts, a Glossary"],
            "matcher": ["", "what finds terms in the page's language, a Matcher; empty links by hand only"],
            "page": ["", "the way from this page to the glossary; empty leaves terms as plain text"],
            "locale": [SOURCE, "language that the page is written in"],
        }
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        glossary, matcher, page, locale = (self.getConfig(name) for name in ("glossary", "matcher", "page", "locale"))
        # After MkDocs (0), which leaves links with a scheme alone and would take ours for broken ones.
        links = TermLinks(md, glossary, matcher or None, page, locale)
        md.treeprocessors.register(links, "journey_terms", -2)


def makeExtension(**options: Any) -> Extension:  # noqa: N802 - the library's name
    """Entry point of Python-Markdown."""
    return GlossaryExtension(**options)
