"""Data with its provenance, a chart as its page asks for it, and the words of both in any language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from ..diagnostics import Diagnostic
from ..locales import SOURCE

Words = Mapping[str, str]
"""One text by locale; a text without a language is English."""

KINDS = ("bar", "line", "stacked", "dots")
"""bar compares amounts, line shows a course in time, stacked shows parts of a whole, dots compares moments."""

MOST_SERIES = 4
"""Series that can be told apart without colour: by pattern, dash and mark."""


@dataclass(frozen=True)
class Text:
    """A text and the language that it is in, which need not be the reader's."""

    text: str
    locale: str


def in_locale(words: Words, locale: str, otherwise: str = "") -> Text:
    """The text in `locale`, or in English, or `otherwise`, which is in English too."""
    if locale in words:
        return Text(words[locale], locale)
    return Text(words.get(SOURCE, otherwise), SOURCE)


@dataclass(frozen=True)
class Provenance:
    """Where data comes from: `data/<name>.yml`."""

    path: PurePosixPath
    title: Words
    source: str
    """Who published the figures, in Markdown."""
    url: str
    table: str
    """The table, series or page in the source."""
    licence: str
    accessed: str
    """The day on which the figures were taken, `2026-11-25`."""
    note: Words
    """Breaks in method and other things without which the data misleads; may be empty."""
    units: Mapping[str, Words]
    """Column to unit."""
    columns: Mapping[str, Words]
    """Column to label."""
    values: Mapping[str, Mapping[str, Words]]
    """Column to value to label."""
    lines: Mapping[tuple[str | int, ...], int] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """The rows of a CSV file. Every row has a cell for every column; `lines` are the lines that rows begin in."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]

    def cells(self, column: str) -> list[str]:
        """The cells of one column, from top to bottom; raises ValueError for a column that is not there."""
        index = self.columns.index(column)
        return [row[index] for row in self.rows]


@dataclass(frozen=True)
class Dataset:
    """A table with its provenance."""

    path: PurePosixPath
    table: Table
    provenance: Provenance


@dataclass(frozen=True)
class Request:
    """What the English page asks for: the lines below `/// chart | id`."""

    id: str
    data: PurePosixPath
    kind: str
    x: str
    y: tuple[str, ...]
    by: str = ""
    facet: str = ""
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Column to the values that are kept, in the order in which they are shown."""
    path: PurePosixPath = field(default_factory=PurePosixPath)
    """The page."""
    line: int = 0
    lines: Mapping[tuple[str | int, ...], int] = field(default_factory=dict)

    def columns(self) -> list[tuple[str, str]]:
        """Every column that the chart names, with the option that names it."""
        named = [("x", self.x), *(("y", one) for one in self.y), ("by", self.by), ("facet", self.facet)]
        return [(option, column) for option, column in named if column] + [("where", one) for one in self.where]

    def line_of(self, option: str) -> int:
        """The line of an option on the page."""
        return self.lines.get((option,), self.line)


@dataclass(frozen=True)
class Chart:
    """A request with the data that it asks for."""

    request: Request
    dataset: Dataset

    @property
    def id(self) -> str:
        return self.request.id


@dataclass(frozen=True)
class ChartBlock:
    """`/// chart | id` on a page, as written; `options` is the text of its indented lines."""

    id: str
    path: PurePosixPath
    locale: str
    line: int
    options: str
    options_line: int
    caption: str


@dataclass(frozen=True)
class ChartBook:
    """All data and charts of a project, and what was wrong with their files."""

    tables: Mapping[PurePosixPath, Table] = field(default_factory=dict)
    provenances: Mapping[PurePosixPath, Provenance] = field(default_factory=dict)
    """By the path of the CSV file that each belongs to."""
    requests: Mapping[str, Request] = field(default_factory=dict)
    blocks: Sequence[ChartBlock] = ()
    problems: Sequence[Diagnostic] = ()

    def find_chart(self, chart_id: str) -> Chart | None:
        """The chart with this id if everything that it needs could be read."""
        request = self.requests.get(chart_id)
        if request is None or request.data not in self.tables or request.data not in self.provenances:
            return None
        dataset = Dataset(request.data, self.tables[request.data], self.provenances[request.data])
        return Chart(request, dataset)
