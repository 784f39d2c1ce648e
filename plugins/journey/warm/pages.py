"""The pages of one language as the templates made them, with everything that was asked on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..asking import Notebook
from ..packing import UNPACKABLE, Desk, Names, PackedNotebook


@dataclass
class MadePage:
    """A page: `stamp` is what it was made from besides what was asked."""

    stamp: object
    asked: PackedNotebook
    html: bytes
    """In UTF-8, which takes half the memory of a text with a single dash in it."""


class Pages:
    """Pages of an earlier build that still hold, and those made in this one."""

    def __init__(self, earlier: Mapping[str, MadePage], names: Names) -> None:
        self._earlier, self._desk = earlier, Desk(names)
        self._used: dict[str, MadePage] = {}
        self._shares = False

    def find(self, uri: str, stamp: object) -> str | None:
        """The page, if it would come out the same."""
        made = self._earlier.get(uri)
        if made is None or made.stamp != stamp or not self._desk.holds(made.asked):
            return None
        self._used[uri] = made
        return made.html.decode()

    def keep(self, uri: str, stamp: object, notebook: Notebook, html: str) -> None:
        """Keep a page, unless what was asked for it can not be packed."""
        if not self._shares:
            self._shares = True
            self._desk.share(made.asked for made in self._earlier.values())
        try:
            self._used[uri] = MadePage(stamp, self._desk.pack(notebook), html.encode())
        except UNPACKABLE:
            return

    @property
    def is_new(self) -> bool:
        """Whether anything is not as the earlier build had it."""
        earlier = self._earlier
        return earlier.keys() != self._used.keys() or any(earlier[uri] is not made for uri, made in self._used.items())

    def pack(self) -> dict[str, MadePage]:
        """All pages of this build, for another one."""
        return self._used
