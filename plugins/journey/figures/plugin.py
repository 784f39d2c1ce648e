"""Brings drawings to MkDocs: reads them once a build and hands them to the Markdown of every page."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from ..asking import Subject
from ..checks import showings_of
from ..host import is_first_language, layout_of
from ..layout import Layout
from .config import FiguresConfig
from .model import FigureBook
from .parse import read_figures

EXTENSION = "journey.figures.markdown"


class FiguresPlugin(BasePlugin[FiguresConfig]):
    """The adapter. Checks run with those of the pages, in `journey-content`."""

    layout: Layout
    book = Subject[FigureBook]("figures")

    def on_config(self, config: MkDocsConfig) -> None:
        if is_first_language(config):
            self.read(config)

    def read(self, config: MkDocsConfig) -> None:
        """Read all drawings and their words."""
        content: Any = config.plugins["journey-content"]  # the ContentPlugin, which has read the project
        self.layout = layout_of(config)
        self.book = read_figures(self.layout, showings_of(content.project))

    def on_page_markdown(self, markdown: str, /, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        uri = page.file.src_uri
        locale = self.layout.source_of(PurePosixPath(uri))[1]
        config.mdx_configs.setdefault(EXTENSION, {}).update(
            book=self.book, layout=self.layout, src_uri=uri, locale=locale
        )
        return markdown
