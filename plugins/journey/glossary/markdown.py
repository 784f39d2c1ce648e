"""Markdown of terms: links written by hand, and the first use of every other concept on a page.

The definitions that a page needs stand at its end, hidden; each link is described by one. So a screen reader has them
without a script, and a script needs no request to show them.
"""

from __future__ import annotations

import xml.etree.ElementTree as etree
from collections.abc import Iterator
from typing import Any

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

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
    }
)
NEVER_WITHIN = frozenset({"no-term", "item", "footnote", "footnote-ref", "block-label", "admonition-title"})
"""Classes of elements in which nothing is linked automatically."""


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
            by_hand = {c.id for c in self._glossary.words.values() if c.by_hand and c.locale == SOURCE}
            self._link_first_uses(root, used, by_hand | set(used))
        if used and self._page:
            root.append(self._definitions(used))

    def _link_first_uses(self, root: etree.Element, used: dict[str, None], skip: set[str]) -> None:
        assert self._matcher
        for parent, child, text in list(_iter_texts(root)):
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
            one = etree.SubElement(box, "p", {"id": f"term-{concept}"})
            if defined.locale != self._locale:
                one.set("lang", defined.locale)
                one.set("dir", LOCALES[defined.locale].direction)
            one.text = plain(defined.definition)
        return box


def _iter_texts(root: etree.Element) -> Iterator[tuple[etree.Element, etree.Element | None, str]]:
    """Texts where a term may be linked, in reading order: parent, the child before the text or None, the text."""

    def walk(element: etree.Element) -> Iterator[tuple[etree.Element, etree.Element | None, str]]:
        classes = set(element.get("class", "").split())
        if element.tag in NEVER_INSIDE or classes & NEVER_WITHIN or not isinstance(element.tag, str):
            return
        if element.text:
            yield element, None, element.text
        for child in list(element):
            yield from walk(child)
            if child.tail:
                yield element, child, child.tail

    yield from walk(root)


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
