"""What parsers remember, in one process and for the next."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

import pytest

from journey import memory

PATH = PurePosixPath("a.md")
LONG = "word " * 100
made: list[str] = []


@memory.remembered
def parse(path: PurePosixPath, text: str) -> list[str]:
    made.append(text)
    return text.split()


@memory.remembered_in_short
def weigh(path: PurePosixPath, data: bytes) -> int:
    made.append(str(path))
    return len(data)


@pytest.fixture(autouse=True)
def nothing_known() -> Iterator[None]:
    memory.forget()
    made.clear()
    yield
    memory.forget()


def next_process() -> dict[str, bytes]:
    """What is packed, taken in by a process that knows nothing else."""
    packed = memory.pack()
    memory.forget()
    memory.begin(packed)
    made.clear()
    return packed


def test_the_same_text_gives_the_same_object_again() -> None:
    assert parse(PATH, LONG) is parse(PATH, LONG)
    assert parse(PATH, "other") == ["other"]
    assert len(made) == 2


def test_the_next_process_makes_only_what_is_other() -> None:
    parse(PATH, LONG)
    parse(PurePosixPath("b.md"), "short")
    weigh(PATH, LONG.encode())
    next_process()
    assert parse(PATH, LONG) == LONG.split()
    assert weigh(PATH, LONG.encode()) == len(LONG)
    assert made == []
    assert parse(PurePosixPath("b.md"), "shirt") == ["shirt"]
    assert weigh(PATH, LONG.encode() + b"!") == len(LONG) + 1
    assert made == ["shirt", "a.md"]


def test_what_was_not_used_is_not_packed_again() -> None:
    parse(PATH, LONG)
    parse(PurePosixPath("b.md"), LONG)
    next_process()
    parse(PATH, LONG)
    next_process()
    parse(PurePosixPath("b.md"), LONG)
    assert made == [LONG]


def test_a_function_that_nobody_called_keeps_what_it_had() -> None:
    weigh(PATH, b"1")
    packed = next_process()
    parse(PATH, LONG)
    both = next_process()
    assert packed.items() <= both.items()
    assert len(both) == 2
    weigh(PATH, b"1")
    assert made == []


def test_what_can_not_be_packed_is_left_out() -> None:
    @memory.remembered
    def odd(path: PurePosixPath) -> object:
        return lambda: path

    odd(PATH)
    parse(PATH, LONG)
    assert [name.rsplit(".", 1)[1] for name in memory.pack()] == ["parse"]
