"""Brings facts to MkDocs: reads them once a build, links quotations to them, feeds the page that lists them."""

from __future__ import annotations

import posixpath
from pathlib import PurePosixPath
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from ..asking import Subject
from ..checks import citable_pages_of, quotations_of
from ..host import is_first_language, language_of, layout_of, line_to_html, pages_of
from ..layout import Layout
from .config import FactsConfig
from .model import FactBook
from .page import FactsView
from .parse import read_facts

EXTENSION = "journey.facts.markdown"


class FactsPlugin(BasePlugin[FactsConfig]):
    """The adapter. Checks run with those of the pages, in `journey-content`."""

    layout: Layout
    book = Subject[FactBook]("facts")

    def on_config(self, config: MkDocsConfig) -> None:
        if is_first_language(config):
            self.read(config)

    def read(self, config: MkDocsConfig) -> None:
        """Read the facts, and which pages quote them."""
        content: Any = config.plugins["journey-content"]  # the ContentPlugin, which has read the project
        self.layout = layout_of(config)
        self.book = read_facts(self.layout, quotations_of(content.project), citable_pages_of(content.project))

    def on_page_markdown(self, markdown: str, /, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        facts = files.get_file_from_path(self.config.page)
        way = posixpath.relpath(self._url(self.config.page), self._url(page.file.src_uri) or ".") + "/" if facts else ""
        config.mdx_configs.setdefault(EXTENSION, {}).update(book=self.book, page=way)
        return markdown

    def on_env(self, env: Environment, /, *, config: MkDocsConfig, files: Files) -> Environment:
        """Templates find in `facts` what the page of all facts lists, with the pages that quote each."""
        locale = language_of(config)
        pages = pages_of(self.layout, files)
        here = PurePosixPath(self.layout.docs, self.config.page)
        env.globals["facts"] = FactsView(self.book, locale, _to_html, pages, here)
        return env

    def _url(self, src_uri: str) -> str:
        """The address of a page in its own language's tree; both ends of a link lie in the same one."""
        return self.layout.page_url(self.layout.source_of(self.layout.disk_path(PurePosixPath(src_uri)))[0])


def _to_html(text: str) -> str:
    return line_to_html(text).removeprefix("<p>").removesuffix("</p>")
