"""A fact, the files that facts are defined in, and the places where they are quoted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import PurePosixPath

from ..diagnostics import Diagnostic

SCHEME = "fact:"
"""What a link to a fact begins with: `[46.9 %](fact:world-coverage-2020)`."""


@dataclass(frozen=True)
class Fact:
    """One figure with all that makes it one: what it counts, when, and who says so."""

    id: str
    label: str
    value: Decimal | str
    """A number as it stands in the source; text where it is none (`"12–18"`)."""
    unit: str
    year: str
    """The year of the data, or a span of years; not the year of the publication."""
    country: str
    """ISO 3166-1 code in capitals, `world`, or the name of a region."""
    source: str
    """The work that says so, in Markdown."""
    url: str
    verified_on: str
    note: str
    path: PurePosixPath
    line: int
    theme: str = ""
    """Under what the page that compares countries shows it; empty keeps it from there."""
    group: str = ""
    """What figures of several countries have in common, in English; empty if nothing else measures the same."""
    cited_at: str = ""
    """The page in the project that speaks of it, with `#` and the id of a heading; may be empty."""

    @property
    def cited_place(self) -> tuple[PurePosixPath, str] | None:
        """The page and the id of `cited_at`."""
        page, _, anchor = self.cited_at.partition("#")
        return (PurePosixPath(page), anchor) if page else None


@dataclass(frozen=True)
class CitablePage:
    """What facts need to know of a page in the source language."""

    path: PurePosixPath
    anchors: frozenset[str]
    reviewed_on: str
    """Empty if nobody has reviewed it."""


@dataclass(frozen=True)
class Quotation:
    """A link to a fact on a page: `text` is what readers see."""

    fact: str
    text: str
    path: PurePosixPath
    source: PurePosixPath
    """The page in the source language."""
    locale: str
    line: int


@dataclass(frozen=True)
class FactBook:
    """All facts of a project by id, what was wrong with their files, and who quotes them."""

    facts: Mapping[str, Fact]
    problems: Sequence[Diagnostic] = ()
    quotations: Sequence[Quotation] = ()
    pages: Mapping[PurePosixPath, CitablePage] = field(default_factory=dict)

    @property
    def newest(self) -> str:
        """The last day on which somebody checked a fact or reviewed a page: our clock, `2026-11-25`; may be empty."""
        days = [fact.verified_on for fact in self.facts.values()]
        return max([*days, *(page.reviewed_on for page in self.pages.values())], default="")
