"""All facts for the page that lists them: by country, each with the pages that quote it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import PurePosixPath

from ..places import WORLD, place_name
from .model import Fact, FactBook


@dataclass(frozen=True)
class ListedFact:
    """A fact as it is listed; `pages` are the source pages that quote it, in the order of their paths."""

    fact: Fact
    shown: str
    source: str
    """HTML of the source."""
    note: str
    pages: tuple[PurePosixPath, ...]


@dataclass(frozen=True)
class Place:
    """A country or region with its facts in the order of label and year."""

    code: str
    name: str
    facts: tuple[ListedFact, ...]


def list_facts(
    book: FactBook, locale: str, to_html: Callable[[str], str], published: Iterable[PurePosixPath]
) -> list[Place]:
    """The facts by place, the world first, then by the place's name in `locale`.

    `to_html` renders a line of Markdown; `published` are the pages that readers can open.
    """
    readable = set(published)
    by_place: dict[str, list[Fact]] = {}
    for fact in book.facts.values():
        if not any(part.startswith("_") for part in fact.path.parts):
            by_place.setdefault(fact.country, []).append(fact)
    pages: dict[str, set[PurePosixPath]] = {}
    for quotation in book.quotations:
        pages.setdefault(quotation.fact, set()).add(quotation.source)
    places = [
        Place(
            code,
            place_name(code, locale),
            tuple(
                ListedFact(
                    fact,
                    show_value(fact),
                    to_html(fact.source),
                    to_html(fact.note),
                    tuple(sorted(pages.get(fact.id, set()) & readable)),
                )
                for fact in sorted(facts, key=lambda fact: (fact.label, fact.year))
            ),
        )
        for code, facts in by_place.items()
    ]
    return sorted(places, key=lambda place: (place.code != WORLD, place.name))


def show_value(fact: Fact) -> str:
    """The value with thin spaces between thousands and its unit: `4 100 000 people`, `46.9%`."""
    value = f"{fact.value:,f}".replace(",", "\u202f") if isinstance(fact.value, Decimal) else fact.value
    return f"{value}{'' if fact.unit in ('%', '') else ' '}{fact.unit}"
