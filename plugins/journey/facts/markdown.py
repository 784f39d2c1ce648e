"""Markdown of facts: a link that quotes a fact leads to its place on the page of all facts."""

from __future__ import annotations

import xml.etree.ElementTree as etree
from typing import Any

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

from .model import SCHEME, Fact, FactBook


class _Quotations(Treeprocessor):
    """`<a href="fact:x">` becomes a link to the fact with its source as a title, or plain text without a page for it."""

    def __init__(self, md: Markdown, book: FactBook, page: str) -> None:
        super().__init__(md)
        self._facts = book.facts
        self._page = page

    def run(self, root: etree.Element) -> None:
        for element in root.iter("a"):
            target = element.get("href", "")
            if not target.startswith(SCHEME):
                continue
            fact = self._facts.get(target.removeprefix(SCHEME))
            if fact and self._page:
                element.set("href", f"{self._page}#{fact.id}")
                element.set("class", "fact")
                element.set("title", describe(fact))
            else:
                element.tag = "span"
                element.attrib.clear()


def describe(fact: Fact) -> str:
    """What a fact counts and who says so, in one line without Markdown."""
    source = fact.source.replace("*", "")
    return f"{fact.label}, {fact.year}. {source}"


class FactsExtension(Extension):
    """The extension; add it to `markdown_extensions` as `journey.facts.markdown`."""

    def __init__(self, **options: Any) -> None:
        self.config = {
            "book": [FactBook({}), "all facts of the project, a FactBook"],
            "page": ["", "the way from this page to the page of all facts; empty leaves facts as plain text"],
        }
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        # After MkDocs (0), which leaves links with a scheme alone and would take ours for a broken one.
        md.treeprocessors.register(_Quotations(md, self.getConfig("book"), self.getConfig("page")), "journey_facts", -1)


def makeExtension(**options: Any) -> Extension:  # noqa: N802 - the library's name
    """Entry point of Python-Markdown."""
    return FactsExtension(**options)
