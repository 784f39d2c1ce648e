"""Brings search to MkDocs: collects pages of each language as they are rendered, writes their index at its end."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from ..glossary.model import Glossary
from ..glossary.parse import FILE, read_glossary
from ..glossary.usage import plain
from ..host import is_first_language, language_of, layout_of
from ..layout import Layout
from ..locales import LOCALES
from ..wording import load_wording
from .config import SearchConfig
from .extract import sections_of
from .model import SearchPage, SearchTerm
from .write import write_index

WORDS = "search."


class SearchPlugin(BasePlugin[SearchConfig]):
    """The adapter."""

    layout: Layout
    glossary: Glossary
    locale: str
    pages: dict[str, SearchPage]
    collects = True
    """Whether pages are collected as they are rendered; a preview renders them in any order and asks later."""

    def on_config(self, config: MkDocsConfig) -> None:
        if is_first_language(config):
            self.read(config)

    def read(self, config: MkDocsConfig) -> None:
        """Read the glossary, whose forms are found too."""
        self.layout = layout_of(config)
        self.glossary = read_glossary(self.layout)

    def on_nav(self, nav: Any, /, *, config: MkDocsConfig, files: Files) -> Any:
        self.locale = language_of(config)
        self.pages = {}
        return nav

    @event_priority(-100)
    def on_page_content(self, html: str, /, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        if self.collects and (found := self.describe(page, html, self.locale)):
            self.pages[page.file.src_uri] = found
        return html

    def describe(self, page: Page, html: str, site_locale: str) -> SearchPage | None:
        """What is found of a page in the index of a language; a page that is not translated is found in its own."""
        path = PurePosixPath(page.file.src_uri)
        source, locale = self.layout.source_of(path)
        if locale != site_locale:
            return None
        return SearchPage(
            page.url,
            str(page.title),
            str(page.parent.title) if page.parent else "",
            _group(source),
            str(page.meta.get("description") or ""),
            sections_of(path, html),
        )

    def on_page_context(self, context: Any, /, *, page: Page, config: MkDocsConfig, nav: Any) -> Any:
        context["search_group"] = _group(self.layout.source_of(PurePosixPath(page.file.src_uri))[0])
        return context

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        for path, data in self.index_of(self.locale, self.pages).items():
            place = Path(config.site_dir, path)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)

    def index_of(self, locale: str, found: Mapping[str, SearchPage]) -> dict[str, bytes]:
        """The files of a language's index, by path from the site's root, from its pages by `src_uri`."""
        words = {key.removeprefix(WORDS): text for key, text in load_wording(locale).items() if key.startswith(WORDS)}
        pages = [found[key] for key in sorted(found)]
        return write_index(locale, LOCALES[locale].direction, words, pages, self._terms(locale))

    def _terms(self, locale: str) -> list[SearchTerm]:
        glossary_url = self.layout.page_url(PurePosixPath(self.layout.docs, FILE), locale)
        terms = []
        for concept in self.glossary.ids if locale in self.glossary.pages else ():
            word, defined = self.glossary.word(concept, locale), self.glossary.defined(concept, locale)
            if word:
                definition = plain(defined.definition) if defined and defined.locale == locale else ""
                forms = tuple(form.text for form in (*word.abbreviations, *word.variants))
                terms.append(SearchTerm(f"{glossary_url}#{concept}", word.term, forms, definition))
        return terms


def _group(source: PurePosixPath) -> str:
    """Modules and papers each have a file of their own."""
    return "/".join(source.parts[:2]) if len(source.parts) > 2 else ""
