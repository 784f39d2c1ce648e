"""What Markdown made of a page's text, kept with everything that was asked on the way.

The same text gives the same result again only if every question still has its answer; so a page that falls back to
English is rendered once for all languages in which its links come out the same. Results can be packed for the next
process, where every question is asked again.
"""

from __future__ import annotations

import hashlib
import logging
import pickle
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ..asking import Notebook
from ..packing import UNPACKABLE, Desk, PackedNotebook

MOST = 8
"""Results that are kept of one file: one for every language that sees it, and a few more."""


@dataclass(frozen=True)
class Said:
    """A line that was said while a page was made, to be said again whenever the page is not made again."""

    logger: str
    level: int
    message: str

    def again(self) -> None:
        """Say it, as far as anybody listens."""
        logging.getLogger(self.logger).log(self.level, "%s", self.message)


@dataclass
class Rendered:
    """The text of a page after Markdown, as the generator keeps it."""

    source: bytes
    """A hash of what was given to Markdown."""
    notebook: Notebook | PackedNotebook
    """Packed, as long as the result is one of an earlier process."""
    content: str
    toc: Any
    title: str | None
    """The text of a heading of the first level, if the page begins with one."""
    anchors: frozenset[str]
    links: Mapping[str, Mapping[str, str]]
    """Pages that are linked to, by their place in the generator's tree: anchor to link as written."""
    warnings: tuple[Said, ...] = field(default=())
    is_complete: bool = True
    """Whether everything that was said stands in `warnings`."""
    packed: bytes = b""
    """This, as it came from an earlier process."""


def hash_of(text: str) -> bytes:
    """Stands for a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


class Memo:
    """The last results of every file."""

    def __init__(self, packed: Mapping[str, Sequence[bytes]] | None = None) -> None:
        """`packed` are results of an earlier process."""
        self._packed = packed or {}
        self._desk = Desk()
        self._unpacked: set[str] = set()
        self._results: dict[str, list[Rendered]] = {}
        self._used: dict[str, list[Rendered]] = {}
        self.hits = self.misses = 0

    def begin(self) -> None:
        """Another model begins: what the last one had no use for goes, with all that it holds of models before."""
        self._results, self._used = {uri: list(used) for uri, used in self._used.items()}, {}

    def find(self, uri: str, text: str) -> Rendered | None:
        """A result for this text that still holds, with a notebook of its own; None if there is none."""
        if uri not in self._unpacked:
            self._unpacked.add(uri)
            self._results[uri] = [replace(pickle.loads(one), packed=one) for one in self._packed.get(uri, ())]
        source = hash_of(text)
        for result in self._results.get(uri, ()):
            if result.source == source and self.holds(result.notebook):
                self.hits += 1
                self._use(uri, result)
                own = result.notebook.copy() if isinstance(result.notebook, Notebook) else result.notebook
                return replace(result, notebook=own)
        self.misses += 1
        return None

    def holds(self, notebook: Notebook | PackedNotebook) -> bool:
        """Whether every question has the answer that it had."""
        return notebook.holds() if isinstance(notebook, Notebook) else self._desk.holds(notebook)

    def keep(self, uri: str, result: Rendered) -> None:
        """Keep a result; the oldest of its file goes."""
        self._results[uri] = [result, *self._results.get(uri, ())][:MOST]
        self._use(uri, result)

    def _use(self, uri: str, result: Rendered) -> None:
        others = [one for one in self._used.get(uri, ()) if one is not result]
        self._used[uri] = [result, *others][:MOST]

    def pack(self) -> dict[str, list[bytes]]:
        """Every result that was found or kept, for another process; what can not be packed is left out."""
        return {uri: [packed for one in used if (packed := self._pack(one))] for uri, used in self._used.items()}

    def _pack(self, result: Rendered) -> bytes:
        if result.packed or not result.is_complete:
            return result.packed
        try:
            assert isinstance(result.notebook, Notebook)
            return pickle.dumps(replace(result, notebook=self._desk.pack(result.notebook)), pickle.HIGHEST_PROTOCOL)
        except UNPACKABLE:
            return b""
