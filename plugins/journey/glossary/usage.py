"""Where the pages of a project use concepts: in words or by a link."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from ..documents import DocumentError
from ..frontmatter import split_front_matter
from ..layout import Layout
from ..locales import SOURCE
from ..markup import LineFinder, blank, mask_code
from ..memory import remembered
from .collate import sort_key
from .match import Match, Matcher, matcher_of
from .model import SCHEME, Form, Glossary, TextPage
from .parse import FILE

_TARGET = re.compile(r"\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)")
_LINK = re.compile(r"\]\(" + SCHEME + r"([^)\s]*)\)")
_HIDDEN = re.compile(r"<[^<>\n]*>|\{[^{}\n]*\}|^/{3,}.*$|^ {4}\w[\w-]*:.*$", re.M)


def read_text_pages(layout: Layout) -> list[TextPage]:
    """Every page that readers can open, the glossary itself left out, by path."""
    pages = []
    for path in layout.iter_files():
        source, locale = layout.source_of(path)
        if path.suffix == ".md" and layout.is_published(path) and source.name != FILE:
            text = layout.read(path).decode("utf-8-sig", errors="replace")
            pages.append(parse_text_page(path, source, locale, text.replace("\r\n", "\n")))
    return pages


@remembered
def parse_text_page(path: PurePosixPath, source: PurePosixPath, locale: str, text: str) -> TextPage:
    """Blank out what is no prose, line by line as it was, and collect the links to concepts."""
    lines = text.split("\n")
    try:
        start = split_front_matter(text)[1]
    except DocumentError:
        start = 0
    body = mask_code("\n".join([""] * start + lines[start:]))
    line_of = LineFinder(body)
    links = tuple(Form(match[1], line_of(match.start())) for match in _LINK.finditer(body))
    for pattern in (_TARGET, _HIDDEN):
        body = pattern.sub(lambda match: blank(match[0]), body)
    return TextPage(path, source, locale, body, links)


@remembered
def _find(path: PurePosixPath, text: str, matcher: Matcher) -> list[Match]:
    return matcher.find(text)


class Usage:
    """Which pages use which concepts. Built once; every page is read once."""

    def __init__(self, glossary: Glossary, pages: Iterable[TextPage]) -> None:
        self.pages = list(pages)
        self.matches: dict[PurePosixPath, list[Match]] = {}
        self.concepts: dict[PurePosixPath, frozenset[str]] = {}
        matchers = {locale: matcher_of(glossary, locale, with_avoided=True) for locale in glossary.pages}
        known = set(glossary.ids)
        for page in self.pages:
            matches = _find(page.path, page.text, matchers[page.locale]) if page.locale in matchers else []
            self.matches[page.path] = matches
            used = {match.concept for match in matches if not match.is_avoided}
            self.concepts[page.path] = frozenset(used | ({link.text for link in page.links} & known))

    def pages_of(self, locale: str) -> Mapping[str, list[PurePosixPath]]:
        """The source pages that use each concept, in the text that readers of `locale` see of them."""
        seen = {page.source: page for page in self.pages if page.locale == SOURCE}
        seen |= {page.source: page for page in self.pages if page.locale == locale}
        found: dict[str, list[PurePosixPath]] = {}
        for source in sorted(seen):
            for concept in self.concepts[seen[source].path]:
                found.setdefault(concept, []).append(source)
        return found


def terms_used(
    glossary: Glossary, texts: Iterable[str], locale: str, linked: Iterable[str] = ()
) -> list[tuple[str, str, str, str]]:
    """For books: the concepts that texts in `locale` use, in the alphabet's order.

    `linked` are ids that the texts link by hand. Each comes as id, term, plain definition, and the English term
    (empty in English). A concept whose definition is not translated has the English one.
    """
    matcher = matcher_of(glossary, locale)
    used = {match.concept for text in texts for match in matcher.find(text)} | set(linked)
    key = sort_key(locale)
    found = []
    for concept in used:
        word, defined = glossary.word(concept, locale), glossary.defined(concept, locale)
        english = glossary.word(concept, SOURCE)
        if english and defined:
            shown = word or english
            beside = english.term if shown.locale != SOURCE else ""
            found.append((concept, shown.term, plain(defined.definition), beside))
    return sorted(found, key=lambda entry: (key(entry[1]), entry[0]))


def plain(markdown: str) -> str:
    """A line of Markdown as text: links and emphasis lose their marks."""
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", markdown)
    return re.sub(r"(\*\*|__|\*|`)(.+?)\1", r"\2", text)
