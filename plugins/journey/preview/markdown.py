"""Markdown of pages with a memo: what came out before comes again where every question still has its answer."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from ..asking import Notebook, present
from .memo import Memo, Rendered
from .model import Links

LINK_LOG = "mkdocs.structure.pages"
"""Where MkDocs says what is wrong with a page's links."""


def render(
    page: Page,
    config: MkDocsConfig,
    links: Links,
    memo: Memo,
    notebook: Notebook,
    finish: Callable[[str], str] = lambda content: content,
) -> Rendered:
    """The page's text after Markdown and `finish`, with all warnings; `notebook` holds what was asked so far."""
    present("links", links)
    found = memo.find(page.file.src_uri, page.markdown or "")
    if found is None:
        with notebook.opened():
            found = _run(page, config, links, notebook, finish)
        memo.keep(page.file.src_uri, found)
    else:
        for record in found.warnings:
            logging.getLogger(record.name).handle(record)
    page.content, page.toc, page._title_from_render = found.content, found.toc, found.title
    page.present_anchor_ids = set(found.anchors)
    page.links_to_anchors = {
        file: dict(anchors) for uri, anchors in found.links.items() if (file := links.file_at(uri)) is not None
    }
    return found


def _run(page: Page, config: MkDocsConfig, links: Links, notebook: Notebook, finish: Callable[[str], str]) -> Rendered:
    kept = _Keep()
    logger = logging.getLogger(LINK_LOG)
    logger.addHandler(kept)
    try:
        Page.render(page, config, links)  # type: ignore[arg-type]
        content = finish(page.content or "")
    finally:
        logger.removeHandler(kept)
    return Rendered(
        page.markdown or "",
        notebook,
        content,
        page.toc,
        page._title_from_render,
        frozenset(page.present_anchor_ids or ()),
        {file.src_uri: dict(anchors) for file, anchors in (page.links_to_anchors or {}).items()},
        tuple(kept.records),
    )


class BuildMemo:
    """The memo of one run of `mkdocs build`, in which every language that falls back to English has the same texts."""

    def __init__(self) -> None:
        self._memo = Memo()
        self._notebook = Notebook()
        self._close: Callable[[], None] | None = None

    def begin(self) -> None:
        """Write down what is asked from here on, for the page that is read next."""
        self.stop()
        self._notebook = Notebook()
        stack = ExitStack()
        stack.enter_context(self._notebook.opened())
        self._close = stack.close

    def stop(self) -> None:
        """Write nothing down."""
        if self._close is not None:
            self._close()
        self._close = None

    def stand_in(self, page: Page) -> None:
        """Let MkDocs get the page's text from the memo."""

        def render_page(config: MkDocsConfig, files: Files) -> None:
            self.stop()
            links = Links(files, page.file, get_relative_url)
            render(page, config, links, self._memo, self._notebook)

        vars(page)["render"] = render_page


class _Keep(logging.Handler):
    """Keeps what is said while a page is rendered."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.records: list[Any] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)
