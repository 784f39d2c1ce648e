"""What Markdown made of a page's text, kept with everything that was asked on the way.

The same text gives the same result again only if every question still has its answer; so a page that falls back to
English is rendered once for all languages in which its links come out the same.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ..asking import Notebook

MOST = 8
"""Results that are kept of one file: one for every language that sees it, and a few more."""


@dataclass
class Rendered:
    """The text of a page after Markdown, as the generator keeps it."""

    text: str
    """What was given to Markdown."""
    notebook: Notebook
    content: str
    toc: Any
    title: str | None
    """The text of a heading of the first level, if the page begins with one."""
    anchors: frozenset[str]
    links: Mapping[str, Mapping[str, str]]
    """Pages that are linked to, by their place in the generator's tree: anchor to link as written."""
    warnings: tuple[logging.LogRecord, ...] = field(default=())


class Memo:
    """The last results of every file."""

    def __init__(self) -> None:
        self._results: dict[str, list[Rendered]] = {}
        self.hits = self.misses = 0

    def find(self, uri: str, text: str) -> Rendered | None:
        """A result for this text that still holds, with a notebook of its own; None if there is none."""
        for result in self._results.get(uri, ()):
            if result.text == text:
                notebook = result.notebook.copy()
                if notebook.holds():
                    self.hits += 1
                    return replace(result, notebook=notebook)
        self.misses += 1
        return None

    def keep(self, uri: str, result: Rendered) -> None:
        """Keep a result; the oldest of its file goes."""
        self._results[uri] = [result, *self._results.get(uri, ())][:MOST]
