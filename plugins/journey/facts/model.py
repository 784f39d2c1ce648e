"""A fact, the files that facts are defined in, and the places where they are quoted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
