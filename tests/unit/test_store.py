"""What a build keeps on disk comes back whole, or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from journey.asking import hash_of_files
from journey.warm import store
from journey.warm.ground import ground_of
from journey.warm.store import Store

VALUE = {"a": b"1" * 1000, "b": [b"2"]}


@pytest.fixture
def kept(tmp_path: Path) -> Store:
    one = Store(tmp_path / ".cache")
    assert one.save("texts", "ground", VALUE)
    return one


def test_a_value_comes_back_on_the_same_ground_only(kept: Store) -> None:
    assert kept.load("texts", "ground") == VALUE
    assert kept.load("texts", "other ground") is None
    assert kept.load("pages", "ground") is None


def test_no_bit_of_a_file_can_change_unseen(kept: Store) -> None:
    path = kept.folder / "texts"
    data = path.read_bytes()
    for place in range(0, len(data), 97):
        path.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        assert kept.load("texts", "ground") is None
        path.write_bytes(data[:place])
        assert kept.load("texts", "ground") is None


def test_a_value_that_is_too_large_is_not_kept(kept: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "LIMIT", 10)
    assert not kept.save("texts", "ground", VALUE)
    assert list(kept.folder.iterdir()) == []


def test_what_a_killed_build_left_goes_after_a_while_and_that_of_a_running_one_stays(kept: Store) -> None:
    old, new = kept.folder / "texts-1.new", kept.folder / "texts-2.new"
    for path in (old, new):
        path.touch()
    os.utime(old, (0, 0))
    kept.save("pages", "ground", VALUE)
    kept.keep_only({"pages"})
    assert sorted(path.name for path in kept.folder.iterdir()) == ["pages", "texts-2.new"]


def test_where_nothing_can_be_written_nothing_is_kept_and_nothing_raised(tmp_path: Path) -> None:
    (tmp_path / ".cache").touch()
    assert not Store(tmp_path / ".cache").save("texts", "ground", VALUE)
    folder = Store(tmp_path / "folder")
    (folder.folder / "texts").mkdir(parents=True)
    assert not folder.save("texts", "ground", VALUE)
    assert folder.load("texts", "ground") is None
    folder.keep_only(set())
    assert [path.name for path in folder.folder.iterdir()] == ["texts"]


def test_a_ground_is_that_of_all_its_values_and_files(tmp_path: Path) -> None:
    assert ground_of({"a": 1, "b": [True]}) == ground_of({"a": 1, "b": [True]}) != ground_of({"b": [True], "a": 1})
    assert (
        len({ground_of("a", "b"), ground_of("ab"), ground_of(["a", "b"]), ground_of("a", 1), ground_of("a", "1")}) == 5
    )
    with pytest.raises(TypeError):
        ground_of(object())
    one, other = tmp_path / "a.txt", tmp_path / "b.txt"
    one.write_text("1")
    first = hash_of_files([one], tmp_path)
    one.rename(other)
    assert hash_of_files([other], tmp_path) != first
