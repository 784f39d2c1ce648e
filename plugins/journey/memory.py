"""What parsers remember: the last result for every file, as long as its bytes and all else that they were given are the same.

An unchanged file gives the same object again, so whoever compares models sees at once that nothing changed. What was
used since `begin` can be packed for the next process, without the texts that it was made from: their hashes say as much.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import PurePosixPath
from typing import Any, ParamSpec, TypeVar

Given = ParamSpec("Given")
Result = TypeVar("Result")
Key = tuple[Any, ...]

MOST = 10_000
"""Results of one function, beyond which all are forgotten."""
LONG = 100
"""Characters or bytes from which a hash stands for a text."""


class _Memory:
    """The results of one function, by the paths that it was given, or by all that it was given if there was no path."""

    def __init__(self, packed: bytes = b"") -> None:
        self.forget()
        self.begin(packed)

    def forget(self) -> None:
        """Know nothing."""
        self.results: dict[Key, tuple[tuple[Any, ...], Any]] = {}
        self._packed = b""
        self._earlier: dict[Key, tuple[tuple[Any, ...], Any]] | None = None
        """Results of an earlier process; what they were made from is given in short."""
        self.begin()

    def begin(self, packed: bytes = b"") -> None:
        """Note from here on what is used."""
        self._used: set[Key] = set()
        self._is_new = not packed
        if packed and not self.results:
            self._packed = packed

    def find(self, key: Key, everything: tuple[Any, ...]) -> tuple[Any] | None:
        """The result in a tuple of its own, if exactly this was given before."""
        self._used.add(key)
        last = self.results.get(key)
        if last is not None:
            return (last[1],) if last[0] == everything else None
        if self._earlier is None:
            self._earlier = pickle.loads(self._packed) if self._packed else {}
        old = self._earlier.get(key)
        if old is None or old[0] != _shortened(everything):
            return None
        self.results[key] = everything, old[1]
        return (old[1],)

    def keep(self, key: Key, everything: tuple[Any, ...], result: Any) -> None:
        """Remember a result in place of the last one."""
        if len(self.results) > MOST:
            self.forget()
        self.results[key] = everything, result
        self._used.add(key)
        self._is_new = True

    def pack(self) -> bytes:
        """What was used since `begin`, or all that was packed if nothing was; empty if it can not be packed."""
        if not self._used or not (self._is_new or self._used != (self._earlier or {}).keys()):
            return self._packed
        used = [(key, *self.results[key]) for key in self._used if key in self.results]
        try:
            return pickle.dumps({key: (_shortened(given), result) for key, given, result in used})
        except (pickle.PicklingError, TypeError, AttributeError, RecursionError):
            return b""


_all: dict[str, _Memory] = {}
_offered: dict[str, bytes] = {}
"""What an earlier process has packed, for functions that are not loaded yet too."""


def remembered(parse: Callable[Given, Result]) -> Callable[Given, Result]:
    """A pure function of a file, named by its path among the arguments, that remembers the last result by path.

    A function that is given no path remembers all results.
    """
    return _remembered(parse, lambda everything: everything)


def remembered_in_short(parse: Callable[Given, Result]) -> Callable[Given, Result]:
    """The same for files of a finished site: only a hash of each is kept, as all of them together are large."""
    return _remembered(parse, _shortened)


def _remembered(
    parse: Callable[Given, Result], noted: Callable[[tuple[Any, ...]], tuple[Any, ...]]
) -> Callable[Given, Result]:
    name = f"{parse.__module__}.{parse.__qualname__}"
    memory = _all[name] = _Memory(_offered.get(name, b""))

    @wraps(parse)
    def call(*given: Given.args, **named: Given.kwargs) -> Result:
        everything = noted((*given, *named.items()))
        key = tuple(one for one in given if isinstance(one, PurePosixPath)) or everything
        found = memory.find(key, everything)
        if found is not None:
            result: Result = found[0]
            return result
        result = parse(*given, **named)
        memory.keep(key, everything, result)
        return result

    return call


def forget() -> None:
    """Forget everything that was parsed."""
    _offered.clear()
    for memory in _all.values():
        memory.forget()


def begin(packed: Mapping[str, bytes]) -> None:
    """Take in what an earlier process has packed; what is used from here on will be packed next."""
    _offered.clear()
    _offered.update(packed)
    for name, memory in _all.items():
        memory.begin(packed.get(name, b""))


def pack() -> dict[str, bytes]:
    """What was used since `begin`, by function, for `begin` in another process."""
    others = {name: packed for name, packed in _offered.items() if name not in _all}
    return others | {name: packed for name, memory in _all.items() if (packed := memory.pack())}


def _shortened(everything: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(_short(one) for one in everything)


def _short(value: Any) -> Any:
    data = value if isinstance(value, bytes) else value.encode("utf-8", "surrogatepass") if _is_long(value) else b""
    return (type(value).__name__, hashlib.sha256(data).digest()) if len(data) > LONG else value


def _is_long(value: object) -> bool:
    return isinstance(value, str) and len(value) > LONG
