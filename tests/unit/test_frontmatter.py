"""Front matter is read with lines, and every mistake gets a place and a way out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.documents import DocumentError
from journey.frontmatter import check_front_matter, parse_front_matter


def test_keys_know_their_lines() -> None:
    front = parse_front_matter("---\ntitle: A\nobjectives:\n  m1-o1: Name it.\n---\n\nText")
    assert front.line_of(("title",)) == 2
    assert front.line_of(("objectives", "m1-o1")) == 4
    assert front.line_of(("objectives", "missing")) == 3
    assert front.end_line == 5


def test_a_page_without_front_matter_has_no_values() -> None:
    assert parse_front_matter("Text\n---\n").values == {}


def test_dates_stay_the_text_that_was_typed() -> None:
    assert parse_front_matter("---\nreviewed_on: 2026-11-25\n---\n").values == {"reviewed_on": "2026-11-25"}


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("---\ntitle: Module 1: Coordination\n---\n", 2, "quotation marks"),
        ("---\ntitle: A\ntitle: B\n---\n", 3, "stands twice"),
        ("---\ntitle: A\n", 1, "never closed"),
        ("---\n- a\n- b\n---\n", 2, "key: value"),
        ("---\ntitle: A\n\tlevel: introductory\n---\n", 3, "tab"),
        ("---\ntitle: \x07\n---\n", 2, "may not stand here"),
    ],
)
def test_what_can_not_be_read_says_where_and_why(text: str, line: int, words: str) -> None:
    with pytest.raises(DocumentError) as caught:
        parse_front_matter(text)
    assert caught.value.line == line
    assert words in caught.value.problem


def test_a_misspelt_key_gets_a_suggestion() -> None:
    front = parse_front_matter("---\ntitle: A\ndescripton: B\n---\n")
    problems = {problem.kind: problem for problem in check_front_matter(front, "page")}
    assert problems["unknown"].hint == "Did you mean `description`?"
    assert problems["unknown"].line == 3
    assert problems["missing"].message == "the key `description` is missing"


@pytest.mark.parametrize("value", ["2026-13-01", "25.11.2026", "soon"])
def test_a_date_that_is_none_is_a_wrong_value(value: str) -> None:
    front = parse_front_matter(f"---\ntitle: A\ndescription: B\nreviewed_on: {value}\n---\n")
    assert [problem.kind for problem in check_front_matter(front, "page")] == ["value"]


@given(st.text())
def test_no_text_makes_the_reader_crash(text: str) -> None:
    for page in (text, f"---\n{text}\n---\n"):
        try:
            front = parse_front_matter(page)
        except DocumentError as error:
            assert error.line >= 1
        else:
            list(check_front_matter(front, "unit"))
