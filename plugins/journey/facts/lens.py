"""The lens on countries: facts that have a theme, with countries as rows and what they measure as columns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

import icu

from ..places import WORLD, place_name
from .model import Fact, FactBook
from .parse import load_schema
from .view import show_value

THEMES: tuple[str, ...] = tuple(load_schema()["$defs"]["fields"]["theme"]["enum"])
"""All themes in the order in which they are shown; their labels are the strings `lens.theme_<theme>`."""


@dataclass(frozen=True)
class Seen:
    """A fact as a cell shows it."""

    fact: Fact
    shown: str


@dataclass(frozen=True)
class Bar:
    """A country's latest figure of a column; `length` is a share of the longest possible bar, 0 to 100."""

    country: str
    seen: Seen
    length: str


@dataclass(frozen=True)
class Column:
    """Figures that measure the same; no bars if they are no numbers of one unit, or of one country only."""

    label: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Row:
    """A country with a cell for each column, and the figures that no other country has."""

    country: str
    cells: tuple[tuple[Seen, ...], ...]
    others: tuple[Seen, ...]


@dataclass(frozen=True)
class Theme:
    """One table of the page."""

    id: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    @property
    def has_others(self) -> bool:
        return any(row.others for row in self.rows)


@dataclass(frozen=True)
class Lens:
    """All tables, and the countries in their order, each with its name in the reader's language."""

    themes: tuple[Theme, ...]
    countries: dict[str, str]


def compare_countries(book: FactBook, locale: str) -> Lens:
    """The facts that have a theme; the world first, then countries by their names in `locale`."""
    chosen = [
        fact for fact in book.facts.values() if fact.theme and not any(part.startswith("_") for part in fact.path.parts)
    ]
    names = {code: place_name(code, locale) for code in {fact.country for fact in chosen}}
    alphabet = icu.Collator.createInstance(icu.Locale(locale))
    order = sorted(names, key=lambda code: (code != WORLD, alphabet.getSortKey(names[code])))
    themes = [
        _theme(theme, sorted((fact for fact in chosen if fact.theme == theme), key=_by_year), order) for theme in THEMES
    ]
    return Lens(tuple(theme for theme in themes if theme.rows), {code: names[code] for code in order})


def _by_year(fact: Fact) -> tuple[str, str]:
    return fact.year, fact.id


def _theme(theme: str, facts: list[Fact], order: list[str]) -> Theme:
    groups = sorted({fact.group for fact in facts if fact.group})
    rows = []
    for country in order:
        own = [fact for fact in facts if fact.country == country]
        if own:
            cells = tuple(tuple(_see(fact for fact in own if fact.group == group)) for group in groups)
            rows.append(Row(country, cells, tuple(_see(fact for fact in own if not fact.group))))
    columns = tuple(Column(group, _bars([f for f in facts if f.group == group], order)) for group in groups)
    return Theme(theme, columns, tuple(rows))


def _see(facts: Iterable[Fact]) -> list[Seen]:
    return [Seen(fact, show_value(fact)) for fact in facts]


def _bars(facts: list[Fact], order: list[str]) -> tuple[Bar, ...]:
    """One bar a country, by its latest figure; percentages are parts of a hundred, other units of the greatest."""
    latest = {fact.country: fact for fact in facts}  # sorted by year, so the last one stays
    numbers = {code: fact.value for code, fact in latest.items() if isinstance(fact.value, Decimal)}
    alike = len({fact.unit for fact in latest.values()}) == 1 and len(numbers) == len(latest)
    if len(latest) < 2 or not alike or min(numbers.values()) < 0:
        return ()
    percent = facts[0].unit == "%" and max(numbers.values()) <= 100
    whole = Decimal(100) if percent else max(numbers.values()) or Decimal(1)
    return tuple(
        Bar(code, Seen(latest[code], show_value(latest[code])), f"{numbers[code] * 100 / whole:.1f}")
        for code in order
        if code in latest
    )
