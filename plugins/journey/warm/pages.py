"""The pages of one language as the templates made them, with everything that was asked on the way."""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ..asking import Notebook

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
    notebook: Notebook
    html: str


class Pages:
    """Pages of an earlier build that still hold, and those made in this one."""

    def __init__(self, packed: Mapping[str, bytes], names: Names) -> None:
        self._earlier, self._names = packed, names
        self._packed: dict[str, bytes] = {}

    def find(self, uri: str, stamp: object) -> str | None:
        """The page, if it would come out the same."""
        packed = self._earlier.get(uri)
        if packed is None:
            return None
        made = _Unpickler(packed, self._names).load()
        if made.stamp != stamp or not made.notebook.holds():
            return None
        self._packed[uri] = packed
        html: str = made.html
        return html

    def keep(self, uri: str, made: MadePage) -> None:
        """Keep a page, unless it can not be packed."""
        file = io.BytesIO()
        try:
            _Pickler(file, self._names).dump(made)
        except (pickle.PicklingError, TypeError, AttributeError, RecursionError):
            return
        self._packed[uri] = file.getvalue()

    @property
    def is_new(self) -> bool:
        """Whether anything is not as the earlier build had it."""
        return self._packed != self._earlier

    def pack(self) -> dict[str, bytes]:
        """All pages of this build, for another one."""
        return self._packed


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
