"""Questions and answers: what is asked of a model is written down, and asked again."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pytest

from journey.asking import Notebook, Subject, current_subjects, present, restore


@dataclass(frozen=True)
class Shelf:
    books: Mapping[str, str] = field(default_factory=dict)
    name: str = "shelf"

    def longest(self, least: int) -> str:
        return max((one for one in self.books.values() if len(one) >= least), key=len, default="")

    def broken(self) -> str:
        raise KeyError("nothing")


class Owner:
    shelf = Subject[Shelf]("test shelf")


@pytest.fixture
def owner() -> Iterator[Owner]:
    before = current_subjects()
    owner = Owner()
    owner.shelf = Shelf({"a": "Apple", "b": "Bee"})
    yield owner
    restore(before)


def test_without_a_notebook_the_model_itself_comes(owner: Owner) -> None:
    assert type(owner.shelf) is Shelf


def test_an_answer_that_changes_is_noticed_and_another_is_not(owner: Owner) -> None:
    notebook = Notebook()
    with notebook.opened():
        assert owner.shelf.books.get("a") == "Apple"
        assert "c" not in owner.shelf.books
        assert owner.shelf.longest(2) == "Apple"
        assert owner.shelf.name == "shelf"
    owner.shelf = Shelf({"a": "Apple", "b": "Be"})
    assert notebook.holds()
    owner.shelf = Shelf({"a": "Apple", "b": "Be", "c": "C"})
    assert not notebook.holds()


@pytest.mark.parametrize(
    "now",
    [
        Shelf({"a": "Apfel", "b": "Bee"}),
        Shelf({"b": "Bee"}),
        Shelf({"a": "Apple", "b": "Bee, a long one"}),
        Shelf({"a": "Apple", "b": "Bee"}, "board"),
    ],
)
def test_every_kind_of_question_is_asked_again(owner: Owner, now: Shelf) -> None:
    notebook = Notebook()
    with notebook.opened():
        shelf = owner.shelf
        _ = (shelf.books.get("a"), shelf.longest(1), shelf.name)
    owner.shelf = now
    assert not notebook.holds()


def test_going_through_a_mapping_asks_for_all_of_it(owner: Owner) -> None:
    notebook = Notebook()
    with notebook.opened():
        assert sorted(owner.shelf.books) == ["a", "b"]
    owner.shelf = Shelf({"a": "Apple", "b": "Bee", "c": "C"})
    assert not notebook.holds()


def test_a_failure_is_an_answer_too(owner: Owner) -> None:
    notebook = Notebook()
    with notebook.opened(), pytest.raises(KeyError):
        owner.shelf.broken()
    owner.shelf = Shelf()
    assert notebook.holds()
    present("test shelf", object())
    assert not notebook.holds()


def test_what_a_model_asks_itself_is_no_question(owner: Owner) -> None:
    notebook = Notebook()
    with notebook.opened():
        owner.shelf.longest(100)
    assert len(notebook) == 1


def test_a_copy_goes_its_own_way(owner: Owner) -> None:
    notebook = Notebook()
    with notebook.opened():
        assert owner.shelf.name == "shelf"
    copy = notebook.copy()
    owner.shelf = Shelf(name="board")
    assert not copy.holds()
    owner.shelf = Shelf(name="shelf")
    assert copy.holds() and notebook.holds()


@pytest.mark.parametrize(
    ("before", "after"),
    [({"a": "1", "b": "2"}, {"b": "2", "a": "1"}), ({"a": 1}, {"a": 1.0}), ({"a": [True]}, {"a": [1]})],
)
def test_answers_that_look_different_are_different_though_they_are_equal(
    owner: Owner, before: Mapping[str, str], after: Mapping[str, str]
) -> None:
    owner.shelf = Shelf(before)
    with Notebook().opened() as notebook:
        assert dict(owner.shelf.books) == before
    owner.shelf = Shelf(dict(before))
    assert notebook.holds()
    owner.shelf = Shelf(after)
    assert before == after and not notebook.holds()


def test_a_witness_does_not_leave_the_process(owner: Owner) -> None:
    with Notebook().opened():
        for witness in (owner.shelf, owner.shelf.books):
            with pytest.raises(TypeError, match="witness"):
                pickle.dumps(witness)
