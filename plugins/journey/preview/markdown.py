"""Markdown of pages with a memo: what came out before comes again where every question still has its answer."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from ..asking import Notebook, present
from .memo import Memo, Rendered, Said, hash_of
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
        for said in found.warnings:
            said.again()
    page.content, page.toc, page._title_from_render = found.content, found.toc, found.title
    page.present_anchor_ids = set(found.anchors)
    page.links_to_anchors = {
        file: dict(anchors) for uri, anchors in found.links.items() if (file := links.file_at(uri)) is not None
    }
    return found


def _run(page: Page, config: MkDocsConfig, links: Links, notebook: Notebook, finish: Callable[[str], str]) -> Rendered:
    with Listening(LINK_LOG) as heard:
        Page.render(page, config, links)  # type: ignore[arg-type]
        content = finish(page.content or "")
    return Rendered(
        hash_of(page.markdown or ""),
        notebook,
        content,
        page.toc,
        page._title_from_render,
        frozenset(page.present_anchor_ids or ()),
        {file.src_uri: dict(anchors) for file, anchors in (page.links_to_anchors or {}).items()},
        tuple(heard.said),
        is_complete=not heard.others,
    )


class BuildMemo:
    """The memo of one run of `mkdocs build`, in which every language that falls back to English has the same texts."""

    def __init__(self, packed: Mapping[str, Sequence[bytes]] | None = None) -> None:
        """`packed` are texts of an earlier run."""
        self._memo = Memo(packed)
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
            present("files", files)
            links = Links(files, page.file, get_relative_url)
            render(page, config, links, self._memo, self._notebook)

        vars(page)["render"] = render_page

    @property
    def made(self) -> int:
        """Texts that Markdown had to make."""
        return self._memo.misses

    def pack(self) -> dict[str, list[bytes]]:
        """The texts of this run, for another one."""
        return self._memo.pack()


def is_verbose() -> bool:
    """Whether MkDocs says details for debugging; it looks at links in another way then."""
    return logging.getLogger(LINK_LOG).isEnabledFor(logging.DEBUG)


class Listening:
    """Holds back what a logger says within, says it at the end, and hears whether others speak.

    Also what a quiet build says to nobody is heard, so that a louder one can say it; details for debugging are not.
    """

    def __init__(self, name: str = "") -> None:
        self.said: list[Said] = []
        self.others = False
        self._logger = logging.getLogger(name) if name else None
        self._handler = _Ear(self._hear)
        self._ancestors = [logging.getLogger(), logging.getLogger("mkdocs")]  # the second may keep what it hears

    def _hear(self, record: logging.LogRecord) -> None:
        if self._logger is not None and record.name == self._logger.name:
            self.said.append(Said(record.name, record.levelno, record.getMessage()))
        else:
            self.others = True

    def __enter__(self) -> Listening:
        for logger in self._ancestors:
            logger.addHandler(self._handler)
        if self._logger is not None:
            self._before = self._logger.level, self._logger.propagate
            self._logger.addHandler(self._handler)
            self._logger.setLevel(min(logging.INFO, self._logger.getEffectiveLevel()))
            self._logger.propagate = False
        return self

    def __exit__(self, *_: object) -> None:
        for logger in self._ancestors:
            logger.removeHandler(self._handler)
        if self._logger is not None:
            self._logger.removeHandler(self._handler)
            self._logger.setLevel(self._before[0])
            self._logger.propagate = self._before[1]
        for said in self.said:
            said.again()


class _Ear(logging.Handler):
    """Hands on what is said."""

    def __init__(self, hear: Callable[[logging.LogRecord], None]) -> None:
        super().__init__(1)
        self._hear = hear

    def emit(self, record: logging.LogRecord) -> None:
        self._hear(record)
