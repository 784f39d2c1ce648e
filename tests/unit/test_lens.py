"""Countries side by side: which figures stand together, which become bars, and what is said where there is none."""

from __future__ import annotations

from decimal import Decimal
from pathlib import PurePosixPath

from journey.facts.lens import THEMES, compare_countries
from journey.facts.model import Fact, FactBook
from journey.locales import LOCALES
from journey.wording import load_wording


def fact(name: str, country: str, value: Decimal | str, year: str = "2020", **more: str) -> Fact:
    values = {"theme": "coverage", "group": "Covered", "unit": "%", "path": "modules/facts.yml", **more}
    path = PurePosixPath(values.pop("path"))
    return Fact(
        id=name, label=name, value=value, year=year, country=country, source="S", url="", verified_on="2026-11-25",
        note="", path=path, line=1, **values,
    )  # fmt: skip


def book(*facts: Fact) -> FactBook:
    return FactBook({one.id: one for one in facts})


def test_bars_show_the_latest_figure_of_each_country_on_one_scale() -> None:
    lens = compare_countries(
        book(
            fact("pk-20", "PK", Decimal("9.2")), fact("pk-22", "PK", Decimal("20.1"), "2022"),
            fact("kh", "KH", Decimal("6.2")), fact("world", "world", Decimal("46.9")),
        ), "en",
    )  # fmt: skip
    [theme] = lens.themes
    assert list(lens.countries.values()) == ["World", "Cambodia", "Pakistan"]
    assert [(bar.country, bar.length) for bar in theme.columns[0].bars] == [
        ("world", "46.9"), ("KH", "6.2"), ("PK", "20.1"),
    ]  # fmt: skip
    assert [[seen.fact.id for seen in row.cells[0]] for row in theme.rows] == [["world"], ["kh"], ["pk-20", "pk-22"]]


def test_numbers_of_another_kind_than_percent_are_parts_of_the_greatest() -> None:
    lens = compare_countries(
        book(fact("a", "PK", Decimal(30), unit="days"), fact("b", "KH", Decimal(60), unit="days")), "en"
    )
    assert [bar.length for bar in lens.themes[0].columns[0].bars] == ["100.0", "50.0"]


def test_what_can_not_be_compared_has_no_bars() -> None:
    for other in (
        fact("b", "KH", Decimal(60), unit="days"),
        fact("b", "KH", "10–30"),
        fact("b", "KH", Decimal(-1)),
        fact("b", "PK", Decimal(3)),
        fact("b", "KH", Decimal(60), group="Another"),
    ):
        lens = compare_countries(book(fact("a", "PK", Decimal(30)), other), "en")
        assert all(not column.bars for column in lens.themes[0].columns)


def test_a_figure_without_a_group_stands_among_others_and_one_without_a_theme_nowhere() -> None:
    lens = compare_countries(
        book(fact("a", "PK", Decimal(3), group=""), fact("b", "KH", Decimal(3), theme=""), fact("c", "KE", Decimal(1))),
        "ur",
    )
    [theme] = lens.themes
    assert {row.country: [seen.fact.id for seen in row.others] for row in theme.rows} == {"PK": ["a"], "KE": []}
    assert theme.has_others
    assert lens.countries["KE"] == "کینیا"
    template = fact("d", "FJ", Decimal(1), path="modules/_template/facts.yml")
    assert compare_countries(book(template), "en").themes == ()


def test_every_theme_has_a_label_in_every_language() -> None:
    assert len(THEMES) == 6
    for locale in LOCALES:
        assert {f"lens.theme_{theme}" for theme in THEMES} <= set(load_wording(locale))
