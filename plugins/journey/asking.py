"""What is asked while something is made, with the answers: asked again, they say whether it would come out the same.

A capability hands its models out as `Subject`s. While a `Notebook` is open, whoever reads one gets a `Witness` in its
place, which writes down every question. So nobody keeps lists of dependencies, and none can be forgotten.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

Step = tuple[Any, ...]
"""One step of a question: ("attribute", name), ("entry", key), ("has", key) or ("call", arguments, named)."""

_open: ContextVar[Notebook | None] = ContextVar("notebook", default=None)
_subjects: dict[str, object] = {}


class _Missing:
    """Stands for what is not there, or was not asked in this process; the same object wherever it is unpacked."""

    def __reduce__(self) -> str:
        return "MISSING"


MISSING = _Missing()


class Notebook:
    """Questions with their answers, in the order in which they were first asked."""

    def __init__(self) -> None:
        self._answers: dict[tuple[str, tuple[Step, ...]], object] = {}
        self._others: list[tuple[str, tuple[Step, ...], object]] = []
        """Questions whose arguments can not be looked up."""
        self._seen: dict[str, object] = {}

    def write(self, name: str, steps: tuple[Step, ...], answer: object) -> None:
        """Note a question to a subject and its answer."""
        self._seen.setdefault(name, _subjects.get(name))
        try:
            self._answers.setdefault((name, steps), answer)
        except TypeError:
            self._others.append((name, steps, answer))

    def note(self, name: str, method: str, arguments: tuple[object, ...], answer: object) -> None:
        """Note a call of a method and what it gave."""
        self.write(name, (("attribute", method), ("call", arguments, ())), answer)

    def copy(self) -> Notebook:
        """The same questions, for whoever asks them of other subjects."""
        other = Notebook()
        other._answers, other._others, other._seen = self._answers, self._others, dict(self._seen)
        return other

    @contextmanager
    def opened(self) -> Iterator[Notebook]:
        """Write into this notebook what is asked within."""
        token = _open.set(self)
        try:
            yield self
        finally:
            _open.reset(token)

    def holds(self) -> bool:
        """Whether every question has the answer that it had. Subjects that are the same object are not asked again."""
        changed = {name for name, seen in self._seen.items() if seen is None or _subjects.get(name) is not seen}
        if not changed:
            return True
        with closed():
            for name, steps, answer in self:
                if name in changed and not _same(ask(_subjects.get(name), steps), answer):
                    return False
        self._seen = {name: _subjects.get(name) for name in self._seen}
        return True

    def __iter__(self) -> Iterator[tuple[str, tuple[Step, ...], object]]:
        for (name, steps), answer in self._answers.items():
            yield name, steps, answer
        yield from self._others

    def __len__(self) -> int:
        return len(self._answers) + len(self._others)

    @property
    def seen(self) -> Mapping[str, object]:
        """The subjects that were asked, by name."""
        return self._seen


@contextmanager
def closed() -> Iterator[None]:
    """Nothing is written down within."""
    token = _open.set(None)
    try:
        yield
    finally:
        _open.reset(token)


T = TypeVar("T")


class Subject(Generic[T]):
    """A model that pages are made from, as an attribute of an adapter: `bank = Subject[Bank]("bank")`."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __set__(self, owner: Any, value: T) -> None:
        owner.__dict__[f"subject {self._name}"] = value
        present(self._name, value)

    def __get__(self, owner: Any, kind: type | None = None) -> T:
        try:
            value = owner.__dict__[f"subject {self._name}"]
        except KeyError:
            raise AttributeError(f"the subject {self._name} has not been read yet") from None
        return cast(T, witnessed(self._name, value))


def present(name: str, value: object) -> None:
    """Make a model known under a name; questions asked again are asked of it."""
    _subjects[name] = value


def subject(name: str) -> object:
    """What is known under a name now."""
    return _subjects.get(name)


def current_subjects() -> dict[str, object]:
    """All subjects as they are now, to come back to with `restore`."""
    return dict(_subjects)


def restore(subjects: Mapping[str, object]) -> None:
    """Come back to earlier subjects."""
    _subjects.clear()
    _subjects.update(subjects)


def open_notebook() -> Notebook | None:
    """The notebook that is open now."""
    return _open.get()


def witnessed(name: str, value: T, whole: bool = False) -> T:
    """The model itself, or a witness in its place while a notebook is open; `whole` mappings are asked for as one."""
    notebook = _open.get()
    return value if notebook is None else cast(T, Witness(value, name, notebook, whole))


class _Unpacked:
    """Whatever holds a witness can not go to another process: it would ask the model of this one."""

    def __reduce__(self) -> str:
        raise TypeError("a witness can not be packed")


class Witness(_Unpacked):
    """Stands for a model and writes down what is asked of it."""

    def __init__(self, subject: Any, name: str, notebook: Notebook, whole: bool) -> None:
        self._w = (subject, name, notebook, whole)

    def __getattr__(self, attribute: str) -> Any:
        if attribute.startswith("_"):
            raise AttributeError(attribute)
        subject, name, notebook, whole = self._w
        steps: tuple[Step, ...] = (("attribute", attribute),)
        try:
            value = getattr(subject, attribute)
        except AttributeError as error:
            notebook.write(name, steps, _raised(error))
            raise
        if isinstance(value, Mapping) and not whole:
            return MappingWitness(value, name, steps, notebook)
        if callable(value):
            return _witness_call(value, name, steps, notebook)
        notebook.write(name, steps, value)
        return value


class MappingWitness(_Unpacked, Mapping[Any, Any]):
    """Stands for a mapping of a model; to go through all of it is to ask for all of it."""

    def __init__(self, subject: Mapping[Any, Any], name: str, steps: tuple[Step, ...], notebook: Notebook) -> None:
        self._w = (subject, name, steps, notebook)

    def __getitem__(self, key: Any) -> Any:
        subject, name, steps, notebook = self._w
        value = subject.get(key, MISSING)
        notebook.write(name, (*steps, ("entry", key)), value)
        if value is MISSING:
            raise KeyError(key)
        return value

    def __contains__(self, key: object) -> bool:
        subject, name, steps, notebook = self._w
        notebook.write(name, (*steps, ("has", key)), key in subject)
        return key in subject

    def __iter__(self) -> Iterator[Any]:
        subject, name, steps, notebook = self._w
        notebook.write(name, steps, subject)
        return iter(subject)

    def __len__(self) -> int:
        subject, name, steps, notebook = self._w
        notebook.write(name, steps, subject)
        return len(subject)


def _witness_call(method: Callable[..., Any], name: str, steps: tuple[Step, ...], notebook: Notebook) -> Any:
    def call(*arguments: Any, **named: Any) -> Any:
        question = (*steps, ("call", arguments, tuple(named.items())))
        token = _open.set(None)  # what a model asks of itself is no question
        try:
            answer = method(*arguments, **named)
        except Exception as error:
            notebook.write(name, question, _raised(error))
            raise
        finally:
            _open.reset(token)
        notebook.write(name, question, answer)
        return answer

    return call


def ask(value: Any, steps: tuple[Step, ...]) -> object:
    """The answer to a question; a failure is one too."""
    try:
        for kind, *rest in steps:
            if kind == "attribute":
                value = getattr(value, rest[0])
            elif kind == "entry":
                value = value.get(rest[0], MISSING)
            elif kind == "has":
                value = rest[0] in value
            else:
                value = value(*rest[0], **dict(rest[1]))
    except Exception as error:
        return _raised(error)
    return value


@dataclass(frozen=True)
class Fingerprint:
    """Stands for an object of another process."""

    text: str


def hash_of_files(paths: Iterable[Path], root: Path) -> str:
    """One hash of files, their places below `root` included, in the order of their paths."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(f"{path.relative_to(root)}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def fingerprint_of(value: object) -> Fingerprint | None:
    """An object may have a `fingerprint`, a text that says all that it was made from."""
    if isinstance(value, Fingerprint):
        return value
    text = getattr(value, "fingerprint", None)
    return Fingerprint(text) if text and isinstance(text, str) else None


def _raised(error: Exception) -> tuple[str, type, tuple[object, ...]]:
    return "raised", type(error), error.args


def _same(one: Any, other: Any) -> bool:
    """Whether two answers look the same on a page: equal, of the same types (1 is not 1.0), and in the same order."""
    if one is other:
        return True
    if type(one) is not type(other):
        return False
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(map(_same, one, other))
    if isinstance(one, dict):
        return len(one) == len(other) and all(map(_same, one.items(), other.items()))
    names = compared_fields(one.__class__)
    return all(_same(getattr(one, name), getattr(other, name)) for name in names) if names else bool(one == other)


@cache
def compared_fields(kind: Hashable) -> tuple[str, ...]:
    """The fields by which two objects of a dataclass are equal; none for other classes, and where only the same is equal."""
    if not is_dataclass(kind) or not kind.__dataclass_params__.eq:  # type: ignore[attr-defined]
        return ()
    return tuple(field.name for field in fields(kind) if field.compare)
