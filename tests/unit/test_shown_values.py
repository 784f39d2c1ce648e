"""The number on a page is held against the fact, however it is written."""

from __future__ import annotations

from decimal import Decimal
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.diagnostics import Diagnostic
from journey.facts.model import Fact
from journey.facts.parse import parse_facts
from journey.facts.shown import shows


def fact(value: Decimal | str) -> Fact:
    return Fact("x", "X", value, "", "2020", "world", "S", "", "2026-11-25", "", PurePosixPath("facts.yml"), 1)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("46.9", "46.9 %"),
        ("46.9", "47 %"),
        ("46.9", "46,9 %"),
        ("46.9", "٤٦٫٩ فیصد"),
        ("46.9", "៤៦,៩ ភាគរយ"),
        ("4100000", "4.1 million"),
        ("4100000", "4 100 000"),
        ("4100000", "4,100,000 people"),
        ("4100000", "41 لاکھ"),
        ("4100000", "410万"),
        ("4.1", "4.1 million"),
        ("987", "about 1000"),
        ("244000000000", "244 billion yuan"),
        ("-3", "−3 points"),
        ("12", "see the source"),
    ],
)
def test_the_value_is_recognised(value: str, text: str) -> None:
    assert shows(fact(Decimal(value)), text)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("46.9", "49.6 %"),
        ("46.9", "46 %"),
        ("4100000", "4.1 thousand"),
        ("1400", "1000"),
        ("270", "10,000"),
        ("0.2", "0"),
    ],
)
def test_another_value_is_not(value: str, text: str) -> None:
    assert not shows(fact(Decimal(value)), text)


def test_a_value_that_is_text_keeps_its_digits() -> None:
    assert shows(fact("12–18"), "12 to 18 months")
    assert not shows(fact("12–18"), "12 to 16 months")


@given(st.integers(1, 10**12), st.sampled_from([",", " ", "\u202f", "’", ""]))
def test_any_grouping_of_thousands_is_read(number: int, sign: str) -> None:
    assert shows(fact(Decimal(number)), f"{number:,}".replace(",", sign))


@given(st.text(max_size=40))
def test_no_text_makes_it_crash(text: str) -> None:
    shows(fact(Decimal("46.9")), text)


@pytest.mark.parametrize(("value", "wrong"), [("1,200", True), ("4 100 000", True), ("1200", False), ("46.9", False)])
def test_a_number_with_signs_for_thousands_is_no_value(value: str, wrong: bool) -> None:
    fields = "label: X\n  year: 2020\n  country: world\n  source: S\n  verified_on: 2026-11-25\n"
    found = list(parse_facts(PurePosixPath("facts.yml"), f"x:\n  value: {value}\n  {fields}".encode()))
    assert any(isinstance(one, Diagnostic) and one.rule == "F002" for one in found) == wrong
