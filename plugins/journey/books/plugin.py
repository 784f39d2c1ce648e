"""Brings audiences to the site: what is not for the web is cut from a page before Markdown sees it."""

from __future__ import annotations

from pathlib import PurePosixPath

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from ..memory import remembered
from .audiences import cut_audiences
from .config import BooksConfig


class BooksPlugin(BasePlugin[BooksConfig]):
    """The adapter. `mkdocs serve` sets no books; `journey site` does, once, after the pages of all languages."""

    @event_priority(50)  # before anything that reads a page's text
    def on_page_markdown(self, markdown: str, /, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        return _for_the_web(PurePosixPath(page.file.src_uri), markdown)


@remembered
def _for_the_web(path: PurePosixPath, markdown: str) -> str:
    return cut_audiences(markdown, "web")
