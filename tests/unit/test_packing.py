"""Questions for another process: there they are asked again, and digests say whether the answers are the same."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import PurePosixPath

import pytest

from journey.asking import Notebook, current_subjects, present, restore, witnessed
from journey.packing import UNPACKABLE, Desk, Names, PackedNotebook

NO_NAMES = Names()


class Colour(Enum):
    RED = 1
    BLUE = 2


@dataclass(frozen=True)
class Book:
    title: str
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Shelf:
    books: Mapping[str, object] = field(default_factory=dict)

    def longest(self) -> object:
        return max(self.books.values(), key=lambda one: len(str(one)), default="")

    def broken(self) -> str:
        raise KeyError("nothing")


class Said:
    def __init__(self, fingerprint: str) -> None:
        self.fingerprint, self.asked = fingerprint, 0

    def ask(self) -> int:
        self.asked += 1
        return self.asked


class Own:
    """An object of the generator."""


@pytest.fixture(autouse=True)
def own_subjects() -> Iterator[None]:
    before = current_subjects()
    yield
    restore(before)


def sent(notebook: Notebook, names: Names = NO_NAMES) -> PackedNotebook:
    packed: PackedNotebook = pickle.loads(pickle.dumps(Desk(names).pack(notebook)))
    return packed


def test_everything_is_asked_again() -> None:
    present("shelf", shelf := Shelf({"a": "Apple", "b": "Bee"}))
    with Notebook().opened() as notebook:
        asked = witnessed("shelf", shelf)
        assert asked.longest() == "Apple" and "z" not in asked.books
        with pytest.raises(KeyError):
            asked.broken()
    packed = sent(notebook)
    assert Desk().holds(packed)
    present("shelf", Shelf({"a": "Apple", "c": "Cow"}))
    assert Desk().holds(packed)
    present("shelf", Shelf({"a": "Apple", "z": "Bee"}))
    assert not Desk().holds(packed)


def test_a_subject_that_says_it_is_the_same_is_not_asked_again() -> None:
    present("said", Said("one"))
    with Notebook().opened() as notebook:
        notebook.note("said", "ask", (), 1)
    packed, again, other = sent(notebook), Said("one"), Said("two")
    present("said", again)
    assert Desk().holds(packed) and again.asked == 0
    present("said", other)
    desk = Desk()
    assert desk.holds(packed) and other.asked == 1
    assert desk.holds(sent(notebook)) and other.asked == 1, "what many ask is asked once"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
        (1, 1.0),
        (1, True),
        ("1", 1),
        ([1], (1,)),
        ("text", PurePosixPath("text")),
        (Colour.RED, Colour.BLUE),
        (Book("a"), Book("b")),
        (Book("a"), ("a",)),
        ([Book("a"), Book("b")], [Book("b"), Book("a")]),
        (Said("one"), Said("two")),
        (None, ""),
    ],
)
def test_what_looks_different_has_another_digest(one: object, other: object) -> None:
    assert Desk().digest(one) != Desk().digest(other)


def test_what_counts_for_nothing_and_shared_parts_change_no_digest() -> None:
    desk, title = Desk(), "".join(["a", "bc"])
    assert desk.digest(Book("a", line=1)) == desk.digest(Book("a", line=2))
    assert desk.digest([title, title, Book(title)]) == desk.digest(["abc", "".join(["ab", "c"]), Book("abc")])
    assert desk.digest(Said("one")) == desk.digest(Said("one"))


def test_a_digest_is_the_same_in_every_process() -> None:
    code = "from journey.packing import Desk; from datetime import date; print(Desk().digest({'a': [1, date(2026, 1, 2)]}).hex())"
    found = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1 and found != {""}


def test_the_generators_objects_go_by_name() -> None:
    known = {"page": Own(), "file": Own()}
    names = Names(
        lambda value: next((("own", name) for name, one in known.items() if one is value), None), _found(known)
    )
    desk = Desk(names)
    assert desk.digest(known["page"]) != desk.digest(known["file"])
    present("shelf", shelf := Shelf({"a": known["page"]}))
    with Notebook().opened() as notebook:
        assert witnessed("shelf", shelf).books["a"] is known["page"]
    packed = sent(notebook, names)
    renewed = dict(known, page=Own())
    known.update(renewed)
    present("shelf", Shelf({"a": known["page"]}))
    assert Desk(names).holds(packed)
    present("shelf", Shelf({"a": known["file"]}))
    assert not Desk(names).holds(packed)


def test_what_nobody_can_compare_is_not_packed() -> None:
    for value in (Own(), [Own()], lambda: 1):
        with pytest.raises(UNPACKABLE):
            Desk().digest(value)
    present("shelf", Shelf({"a": Own()}))
    with Notebook().opened() as notebook:
        notebook.note("shelf", "longest", (), "before")
    assert not Desk().holds(sent(notebook)), "an answer that can not be compared is another"


def _found(known: Mapping[str, object]):  # type: ignore[no-untyped-def]
    return lambda name: known[name[1]]
