"""Markdown of books: the block `/// pocket | id`, and pages rendered for print with the site's own extensions."""

from __future__ import annotations

import xml.etree.ElementTree as etree
from collections.abc import Callable, Sequence
from pathlib import PurePosixPath
from typing import Any

from markdown import Extension, Markdown
from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block

from ..papers.style import Style
from ..quizzes.bank import Bank
from ..quizzes.markdown import BLOCK_PROCESSOR

NOT_IN_PRINT = frozenset({"journey.figures.markdown", "journey.glossary.markdown"})
"""Extensions that a book does without: it prints drawings from their files, and terms in a glossary of its own."""


class Pocket(Block):  # type: ignore[misc]
    """A passage that the pocket book takes as well; on the page it looks like any other text."""

    NAME = "pocket"
    ARGUMENT = True

    def on_create(self, parent: etree.Element) -> etree.Element:
        return etree.SubElement(parent, "div", {"class": "pocket", "id": self.argument.strip()})


class BooksExtension(BlocksExtension):  # type: ignore[misc]
    """The extension; add it to `markdown_extensions` as `journey.books.markdown`."""

    def extendMarkdownBlocks(self, md: Markdown, block_mgr: Any) -> None:  # noqa: N802 - the library's name
        block_mgr.register(Pocket, {})


class BookMarkdown:
    """Renders pages for print, in every language, with the extensions and options of the site."""

    def __init__(
        self,
        extensions: list[str],
        options: dict[str, Any],
        bank: Bank,
        drawings: dict[str, Any] | None = None,
        charts: dict[str, Any] | None = None,
        style_of: Callable[[PurePosixPath, str], Style | None] = lambda folder, locale: None,
    ) -> None:
        """`drawings` and `charts` are options of the extensions for drawings and charts: `book` and `layout`.

        `style_of` gives the works that pages of a folder can cite, in a language.
        """
        self._style_of = style_of
        self._charts = {"src_uri": "print.md", "form": "print", **charts} if charts else {}
        self._site_extensions = [name for name in extensions if name != "journey.glossary.markdown"]
        self._drawings = drawings or {}
        self._extensions = [name for name in extensions if name not in NOT_IN_PRINT]
        self._options, self._bank = options, bank
        self._renderers: dict[tuple[str, Style | None], Markdown] = {}

    def page(self, text: str, path: PurePosixPath, locale: str) -> str:
        """HTML of a page's text without front matter; links as they are written, a key behind every question."""
        return self._renderer(locale, path.parent).convert(text)

    def site_page(self, text: str, path: PurePosixPath, uri: str, locale: str) -> str:
        """HTML of a page as the site shows it, its drawings in it; links as they are written."""
        own = {name: dict(self._options.get(name) or {}) for name in self._site_extensions}
        own.setdefault("journey.content.markdown", {}).update(locale=locale, src_uri="")
        own.setdefault("journey.quizzes.markdown", {}).update(locale=locale, bank=self._bank, form="page")
        for name, options in {
            "journey.facts.markdown": {"page": ""},
            "journey.figures.markdown": {"src_uri": uri, "locale": locale, **self._drawings},
            "journey.charts.markdown": {**self._charts, "locale": locale},
            "journey.papers.markdown": {"style": self._style_of(path.parent, locale) or "", "linked": True},
        }.items():
            own.setdefault(name, {}).update(options)
        names = list(dict.fromkeys([*self._site_extensions, "journey.quizzes.markdown", __name__]))
        return Markdown(extensions=names, extension_configs={n: own[n] for n in names if n in own}).convert(text)

    def questions(self, item_ids: Sequence[str], folder: PurePosixPath, locale: str) -> str:
        """HTML of some questions one after the other, a key behind each; those of a final as well."""
        text = "\n\n".join(f"/// question | {one}\n///" for one in item_ids)
        return self._renderer(locale, folder).convert(text)

    def _renderer(self, locale: str, folder: PurePosixPath) -> Markdown:
        style = self._style_of(folder, locale)
        if (locale, style) not in self._renderers:
            own = {name: dict(self._options.get(name) or {}) for name in self._extensions}
            own.setdefault("journey.content.markdown", {}).update(locale=locale, src_uri="")
            own.setdefault("journey.quizzes.markdown", {}).update(locale=locale, bank=self._bank, form="print")
            own.setdefault("journey.facts.markdown", {}).update(page="")
            own.setdefault("journey.papers.markdown", {}).update(style=style or "", linked=True)
            own.setdefault("journey.charts.markdown", {}).update(locale=locale, **self._charts)
            names = list(dict.fromkeys([*self._extensions, "journey.quizzes.markdown", __name__]))
            known = {name: own[name] for name in names if name in own}
            self._renderers[locale, style] = Markdown(extensions=names, extension_configs=known)
        md = self._renderers[locale, style].reset()
        processor: Any = md.parser.blockprocessors[BLOCK_PROCESSOR]
        processor.number = 0
        return md


def body_of(text: str, end_line: int) -> str:
    """A page's text with its front matter blanked, so that lines stay."""
    lines = text.replace("\r\n", "\n").removeprefix("\ufeff").split("\n")
    return "\n".join([""] * end_line + lines[end_line:])


def makeExtension(**options: Any) -> Extension:  # noqa: N802 - the library's name
    """Entry point of Python-Markdown."""
    return BooksExtension(**options)
