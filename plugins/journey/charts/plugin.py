"""Brings charts to MkDocs: reads data and blocks once a build and hands them to the Markdown of every page."""

from __future__ import annotations

from pathlib import PurePosixPath

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from ..asking import Subject
from ..host import is_first_language, layout_of
from ..layout import Layout
from .config import ChartsConfig
from .model import ChartBook
from .parse import read_charts

EXTENSION = "journey.charts.markdown"


class ChartsPlugin(BasePlugin[ChartsConfig]):
    """The adapter. Checks run with those of the pages, in `journey-content`."""

    layout: Layout
    book = Subject[ChartBook]("charts")

    def on_config(self, config: MkDocsConfig) -> None:
        if is_first_language(config):
            self.read(config)

    def read(self, config: MkDocsConfig) -> None:
        """Read all data and all blocks."""
        self.layout = layout_of(config)
        self.book = read_charts(self.layout)

    def on_page_markdown(self, markdown: str, /, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        uri = page.file.src_uri
        locale = self.layout.source_of(PurePosixPath(uri))[1]
        config.mdx_configs.setdefault(EXTENSION, {}).update(
            book=self.book, layout=self.layout, src_uri=uri, locale=locale
        )
        return markdown

    def on_page_content(self, html: str, /, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """What is rendered outside of pages, such as books, gets no drawing made for the page before."""
        config.mdx_configs[EXTENSION].update(src_uri="")
        return html
