"""Questions that were asked while something was made, for another process, which asks them again.

Of each answer only a digest goes along, that says what `asking` would find by comparing: values, types, order, of
dataclasses the fields by which they are equal, of an object with a fingerprint that alone. A subject that is the same
as a whole is not asked at all.
"""

from __future__ import annotations

import hashlib
import io
import pickle
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from pathlib import PurePath
from types import BuiltinFunctionType, FunctionType
from typing import Any

from .asking import MISSING, Fingerprint, Notebook, ask, closed, compared_fields, fingerprint_of, subject

Name = tuple[str, str]

UNPACKABLE = (pickle.PicklingError, TypeError, AttributeError, RecursionError, ValueError, KeyError)
"""What packing raises for values that can not leave their process; the last two where they are nested too deeply."""
_BY_THEMSELVES = (PurePath, Enum, date, Decimal, type, type(MISSING), FunctionType, BuiltinFunctionType, str, tuple)
"""Classes whose pickle says what they are equal to."""


@dataclass(frozen=True)
class Names:
    """The generator's own objects by names that outlive a process; questions and answers hold them."""

    name_of: Callable[[object], Name | None] = lambda value: None
    """Nothing for what is no object of the generator."""
    find: Callable[[Name], object] = lambda name: object()
    """Something that equals nothing, if there is no such object now."""


@dataclass(frozen=True)
class PackedNotebook:
    """Names of subjects with what was asked of them and a digest of the answer; subjects that have one by their fingerprint."""

    questions: tuple[tuple[str, bytes, bytes], ...]
    seen: dict[str, Fingerprint | None]


class Desk:
    """Where notebooks are packed and asked again: what many of them ask is kept once, and asked once."""

    def __init__(self, names: Names = Names()) -> None:
        self._names = names
        self._known: dict[tuple[str, bytes], tuple[object, bytes]] = {}
        self._bytes: dict[bytes, bytes] = {}

    def pack(self, notebook: Notebook) -> PackedNotebook:
        """Raises one of `UNPACKABLE`."""
        questions = tuple((name, self._pack(steps), self.digest(answer)) for name, steps, answer in notebook)
        return PackedNotebook(questions, {name: fingerprint_of_all(name, one) for name, one in notebook.seen.items()})

    def share(self, packed: Iterable[PackedNotebook]) -> None:
        """Let what is packed from here on share its bytes with notebooks that were packed before."""
        for one in packed:
            for _, question, digest in one.questions:
                self._bytes.setdefault(question, question)
                self._bytes.setdefault(digest, digest)

    def holds(self, packed: PackedNotebook) -> bool:
        """Whether every question has the answer that it had."""
        same = {name for name, seen in packed.seen.items() if seen and seen == fingerprint_of_all(name, subject(name))}
        with closed():
            for name, question, digest in packed.questions:
                if name in same:
                    continue
                now = subject(name)
                last = self._known.get((name, question))
                if last is None or last[0] is not now:
                    last = self._known[name, question] = now, self._answer(now, question)
                if last[1] != digest:
                    return False
        return True

    def digest(self, value: object) -> bytes:
        """The same for two values only if they look the same on a page; raises one of `UNPACKABLE`."""
        file = io.BytesIO()
        _Digester(file, self._names).dump(value)
        return self._once(hashlib.sha256(file.getvalue()).digest())

    def _answer(self, now: object, question: bytes) -> bytes:
        try:
            return self.digest(ask(now, _Unpickler(question, self._names).load()))
        except UNPACKABLE:
            return b""

    def _pack(self, steps: object) -> bytes:
        file = io.BytesIO()
        _Pickler(file, self._names).dump(steps)
        return self._once(file.getvalue())

    def _once(self, data: bytes) -> bytes:
        return self._bytes.setdefault(data, data)


def fingerprint_of_all(name: str, subject: object) -> Fingerprint | None:
    """The fingerprint of a subject: its own, or one of all that a dataclass holds; None for others."""
    own = fingerprint_of(subject)
    if own is not None or not is_dataclass(subject):
        return own
    last = _all.get(name)
    if last is None or last[0] is not subject:
        file = io.BytesIO()
        try:
            _WholeDigester(file, Names()).dump(subject)
            found = Fingerprint(f"all {hashlib.sha256(file.getvalue()).hexdigest()}")
        except UNPACKABLE:
            found = None
        last = _all[name] = subject, found
    return last[1]


_all: dict[str, tuple[object, Fingerprint | None]] = {}
"""The last subject of each name with its fingerprint."""


class _Named:
    """Stands for an object that goes by its name."""


class _Digester(pickle.Pickler):
    """Writes nothing that could be read again: only what two values must have in common."""

    def __init__(self, file: io.BytesIO, names: Names) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self.fast = True  # the same bytes, whichever of its parts are one object
        self._names = names

    def reducer_override(self, value: Any) -> Any:
        """As pickle asks it: what an object that is no plain value is made of."""
        kind: Any = type(value)
        names = self.fields_of(kind)
        if not names or _may_have_fingerprint(kind):
            found = fingerprint_of(value)
            if found is not None:
                return Fingerprint, (found.text,)
        if names:
            return kind, tuple([getattr(value, name) for name in names])
        name = self._names.name_of(value)
        if name is not None:
            return _Named, name
        if isinstance(value, _BY_THEMSELVES):
            return NotImplemented
        raise TypeError(f"nobody knows what a {kind.__qualname__} is equal to")

    def fields_of(self, kind: Any) -> tuple[str, ...]:
        """The fields of a dataclass that count."""
        return compared_fields(kind)


class _WholeDigester(_Digester):
    """Looks at everything that a model could answer from; a function in it could answer anything."""

    def reducer_override(self, value: Any) -> Any:
        if isinstance(value, (FunctionType, BuiltinFunctionType)):
            raise TypeError("nobody knows what a function is made from")
        return super().reducer_override(value)

    def fields_of(self, kind: Any) -> tuple[str, ...]:
        return _all_fields(kind)


@cache
def _all_fields(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()


@cache
def _may_have_fingerprint(kind: Any) -> bool:
    """Whether objects of a dataclass have one: as a property, or as a field."""
    return hasattr(kind, "fingerprint") or "fingerprint" in _all_fields(kind)


class _Pickler(pickle.Pickler):
    def __init__(self, file: io.BytesIO, names: Names) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self._names = names

    def persistent_id(self, value: Any) -> Any:
        found = fingerprint_of(value)
        return ("fingerprint", found.text) if found is not None else self._names.name_of(value)


class _Unpickler(pickle.Unpickler):
    def __init__(self, packed: bytes, names: Names) -> None:
        super().__init__(io.BytesIO(packed))
        self._find = names.find

    def persistent_load(self, name: Any) -> Any:
        return Fingerprint(name[1]) if name[0] == "fingerprint" else self._find(name)
