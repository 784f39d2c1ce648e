"""The pages of one language as the templates made them, with everything that was asked on the way."""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ..asking import Notebook, PackedNotebook

Name = tuple[str, str]


@dataclass(frozen=True)
class Names:
    """The generator's own objects by names that outlive a process; answers hold them."""

    name_of: Callable[[object], Name | None]
    """Nothing for what is no object of the generator."""
    find: Callable[[Name], object]
    """Something that equals nothing, if there is no such object now."""


@dataclass
class MadePage:
    """A page: `stamp` is what it was made from besides what was asked."""

    stamp: object
    asked: PackedNotebook
    html: str


class Pages:
    """Pages of an earlier build that still hold, and those made in this one."""

    def __init__(self, earlier: Mapping[str, MadePage], names: Names) -> None:
        self._earlier, self._names = earlier, names
        self._used: dict[str, MadePage] = {}
        self._known: dict[tuple[str, bytes], tuple[object, bool]] = {}
        self._bytes: dict[bytes, bytes] = {}
        """Every question once, however many pages ask it."""

    def find(self, uri: str, stamp: object) -> str | None:
        """The page, if it would come out the same."""
        made = self._earlier.get(uri)
        if made is None or made.stamp != stamp or not made.asked.holds(self._loads, self._known):
            return None
        self._used[uri] = made
        return made.html

    def keep(self, uri: str, stamp: object, notebook: Notebook, html: str) -> None:
        """Keep a page, unless what was asked for it can not be packed."""
        if not self._bytes:
            self._bytes = {one: one for made in self._earlier.values() for _, one in made.asked.questions}
        try:
            self._used[uri] = MadePage(stamp, PackedNotebook(notebook, self._dumps), html)
        except (pickle.PicklingError, TypeError, AttributeError, RecursionError):
            return

    @property
    def is_new(self) -> bool:
        """Whether anything is not as the earlier build had it."""
        earlier = self._earlier
        return earlier.keys() != self._used.keys() or any(earlier[uri] is not made for uri, made in self._used.items())

    def pack(self) -> dict[str, MadePage]:
        """All pages of this build, for another one."""
        return self._used

    def _dumps(self, value: object) -> bytes:
        file = io.BytesIO()
        _Pickler(file, self._names).dump(value)
        data = file.getvalue()
        return self._bytes.setdefault(data, data)

    def _loads(self, data: bytes) -> Any:
        return _Unpickler(data, self._names).load()


class _Pickler(pickle.Pickler):
    def __init__(self, file: io.BytesIO, names: Names) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self._name_of = names.name_of

    def persistent_id(self, value: Any) -> Any:
        return self._name_of(value)


class _Unpickler(pickle.Unpickler):
    def __init__(self, packed: bytes, names: Names) -> None:
        super().__init__(io.BytesIO(packed))
        self._find = names.find

    def persistent_load(self, name: Any) -> Any:
        return self._find(name)
