"""Brings quizzes to MkDocs: reads the bank once a build and hands it to the Markdown of every page."""

from __future__ import annotations

from pathlib import PurePosixPath

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from ..host import is_first_language, layout_of
from ..layout import Layout
from .bank import Bank, read_bank
from .config import QuizConfig

EXTENSION = "journey.quizzes.markdown"


class QuizPlugin(BasePlugin[QuizConfig]):
    """The adapter. Checks run with those of the pages, in `journey-content`."""

    layout: Layout
    bank: Bank

    def on_config(self, config: MkDocsConfig) -> None:
        if is_first_language(config):
            self.layout = layout_of(config)
            self.bank = read_bank(self.layout)

    def on_page_markdown(self, markdown: str, /, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        locale = self.layout.source_of(PurePosixPath(page.file.src_uri))[1]
        config.mdx_configs.setdefault(EXTENSION, {}).update(locale=locale, bank=self.bank)
        return markdown
