"""Items, banks and assessments as frozen values. Texts are pieces of Markdown that know their line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import PurePosixPath
from typing import Any

from ..numbers import Span


class Kind(Enum):
    """The ten kinds of item."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    TRUE_FALSE = "true-false"
    NUMBER = "number"
    TEXT = "text"
    GAPS = "gaps"
    MATCHING = "matching"
    ORDERING = "ordering"
    REFLECTION = "reflection"
    SCALE = "scale"

    @property
    def is_scored(self) -> bool:
        return self not in (Kind.REFLECTION, Kind.SCALE)


@dataclass(frozen=True)
class Piece:
    """A piece of Markdown and the line that it starts on."""

    text: str
    line: int


@dataclass(frozen=True)
class Option:
    """A choice, or a step to put in order. `right` is None where the author set no mark."""

    key: str
    text: Piece
    right: bool | None = None
    feedback: Piece | None = None


@dataclass(frozen=True)
class Gap:
    """A gap in a text: words that are accepted, or choices of which one is right."""

    name: str
    line: int
    accepted: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    right: int | None = None
    """Which of the choices is right, counted from 0; None where it is not marked."""


@dataclass(frozen=True)
class Pair:
    """A row of a matching item: what stands left belongs to what stands right."""

    key: str
    left: Piece
    right: Piece


@dataclass(frozen=True)
class ItemText:
    """An item as it is written in one file: in the source with its key, in a translation the words only."""

    id: str
    path: PurePosixPath
    line: int
    locale: str
    stem: Piece
    header: Mapping[str, Any] = field(default_factory=dict)
    header_lines: Mapping[str, int] = field(default_factory=dict)
    options: tuple[Option, ...] = ()
    answers: tuple[Piece, ...] = ()
    """The texts behind `=`, one a line."""
    gaps: tuple[Gap, ...] = ()
    pair_head: tuple[str, str] = ("", "")
    pairs: tuple[Pair, ...] = ()
    steps: tuple[Option, ...] = ()
    hints: tuple[Piece, ...] = ()
    why: Piece | None = None
    model: Piece | None = None
    assessment: str = ""
    """The id of the quiz that it is written in, if any."""


@dataclass(frozen=True)
class Item:
    """An item that can be asked: words of one language, key of the source."""

    words: ItemText
    source: ItemText
    kind: Kind
    spans: tuple[Span, ...] = ()

    @property
    def id(self) -> str:
        return self.source.id

    @property
    def objective(self) -> str:
        return str(self.source.header.get("objective", ""))

    @property
    def points(self) -> int:
        """Points for a right answer; none for what is not scored."""
        return int(self.source.header.get("points", 1)) if self.kind.is_scored else 0

    @property
    def is_translated(self) -> bool:
        return self.words is not self.source

    def right_keys(self) -> frozenset[str]:
        """The letters of the right options."""
        return frozenset(option.key for option in self.source.options if option.right)


class AssessmentKind(Enum):
    """What an assessment is for."""

    SELF_CHECK = "self-check"
    PRE_TEST = "pre-test"
    POST_TEST = "post-test"
    FINAL = "final"


@dataclass(frozen=True)
class Assessment:
    """A quiz: items that it holds, names, or draws from the banks of its folder by objective."""

    id: str
    path: PurePosixPath
    line: int
    locale: str
    header: Mapping[str, Any] = field(default_factory=dict)
    header_lines: Mapping[str, int] = field(default_factory=dict)
    nested: tuple[str, ...] = ()
    intro: Piece | None = None

    @property
    def kind(self) -> AssessmentKind:
        try:
            return AssessmentKind(self.header.get("kind", "self-check"))
        except ValueError:
            return AssessmentKind.SELF_CHECK
