"""Brings the glossary to MkDocs: links terms on every page, and feeds the page that lists all concepts."""

from __future__ import annotations

import posixpath
from functools import cache, partial
from pathlib import PurePosixPath

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from ..asking import Subject, present, witnessed
from ..host import is_first_language, language_of, layout_of, line_to_html, pages_of
from ..layout import Layout
from .config import GlossaryConfig
from .match import Matcher, matcher_of
from .model import Glossary
from .page import GlossaryView
from .parse import FILE, read_glossary
from .usage import Usage, read_text_pages

EXTENSION = "journey.glossary.markdown"


class GlossaryPlugin(BasePlugin[GlossaryConfig]):
    """The adapter. Checks run with those of the pages, in `journey-content`."""

    layout: Layout
    glossary = Subject[Glossary]("glossary")
    matchers: dict[str, Matcher]

    def on_config(self, config: MkDocsConfig) -> None:
        if is_first_language(config):
            self.read(config)

    def read(self, config: MkDocsConfig) -> None:
        """Read the glossary; which pages use it is found out when somebody asks."""
        self.layout = layout_of(config)
        self.glossary = glossary = read_glossary(self.layout)
        self.matchers = {locale: matcher_of(glossary, locale) for locale in glossary.pages}
        for locale, matcher in self.matchers.items():
            present(f"terms {locale}", matcher)
        self.usage = cache(partial(_usage, glossary, self.layout))

    def on_page_markdown(self, markdown: str, /, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        source, locale = self.layout.source_of(PurePosixPath(page.file.src_uri))
        way = ""
        if not self.glossary.is_empty:
            here = self.layout.page_url(self.layout.disk_path(source))
            way = posixpath.relpath(self._url, here or ".") + "/"
        is_glossary = source.name == FILE and locale in self.glossary.pages
        matcher = self.matchers.get(locale) if self.config.automatic and not is_glossary else None
        matcher = witnessed(f"terms {locale}", matcher) if matcher else None
        config.mdx_configs.setdefault(EXTENSION, {}).update(
            glossary=self.glossary, matcher=matcher, page="" if is_glossary else way, locale=locale
        )
        if is_glossary:  # the template lists the concepts; the words before the first stay
            return markdown.split("\n## ", 1)[0] + "\n"
        return markdown

    def on_env(self, env: Environment, /, *, config: MkDocsConfig, files: Files) -> Environment:
        """Templates find in `glossary` the concepts by letter and the pages that use them, in the language being built."""
        locale = language_of(config)
        pages = pages_of(self.layout, files)
        env.globals["glossary"] = GlossaryView(self.glossary, self.usage, locale, _to_html, pages)
        return env

    @property
    def _url(self) -> str:
        return self.layout.page_url(PurePosixPath(self.layout.docs, FILE))


def _usage(glossary: Glossary, layout: Layout) -> Usage:
    return Usage(glossary, read_text_pages(layout))


def _to_html(text: str) -> str:
    """Links between concepts stay on the page."""
    return line_to_html(text.replace("](term:", "](#"))
