"""From rows to what is drawn: panels of series of values, in the order of the data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from .model import MOST_SERIES, Chart, Request, Table
from .table import parse_cell

_TIME = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2]))?")


@dataclass(frozen=True)
class Series:
    """Values that belong together; `values` has one for every place of the chart, None where there is none."""

    column: str
    """The column that `name` is a value of; empty if `name` is itself a column."""
    name: str
    values: tuple[Decimal | None, ...]
    gaps: frozenset[int] = frozenset()
    """Places whose cell is empty: somebody asked and there is no value. Elsewhere nobody asked."""

    def known(self) -> list[tuple[int, Decimal]]:
        """The values that there are, with their places."""
        return [(place, value) for place, value in enumerate(self.values) if value is not None]


@dataclass(frozen=True)
class Panel:
    """One of several charts that share their scales; `name` is a value of the facet's column, empty without one."""

    name: str
    series: tuple[Series, ...]


@dataclass(frozen=True)
class Plot:
    """All that a drawing needs to know, without words: places on x in order, and the panels."""

    places: tuple[str, ...]
    panels: tuple[Panel, ...]

    @property
    def moments(self) -> tuple[Decimal, ...] | None:
        """The places as years with fractions if every one is a year or a month, rising; otherwise None."""
        found = []
        for place in self.places:
            match = _TIME.fullmatch(place)
            if not match:
                return None
            found.append(int(match[1]) + (Decimal(int(match[2]) - 1) / 12 if match[2] else Decimal(0)))
        return tuple(found) if found == sorted(found) else None

    @property
    def series(self) -> tuple[Series, ...]:
        """The series of the first panel; those of the others have the same names."""
        return self.panels[0].series

    def all_values(self) -> list[Decimal]:
        return [value for panel in self.panels for one in panel.series for value in one.values if value is not None]


def build_plot(chart: Chart) -> Plot:
    """The plot of a chart; raises ValueError, in words for editors, if its data does not fit what it asks for."""
    request, table = chart.request, chart.dataset.table
    rows = list(_kept_rows(request, table))
    if not rows:
        raise ValueError("no row is left after `where`")
    places = _order(request, request.x, [row[request.x] for row in rows])
    panels = []
    for facet in _order(request, request.facet, [row[request.facet] for row in rows]) if request.facet else ("",):
        within = [row for row in rows if not request.facet or row[request.facet] == facet]
        panels.append(Panel(facet, tuple(_series(request, rows, within, places))))
    plot = Plot(places, tuple(panels))
    if problem := _misfit(request, plot):
        raise ValueError(problem)
    return plot


def _kept_rows(request: Request, table: Table) -> Iterator[dict[str, str]]:
    for row in table.rows:
        cells = dict(zip(table.columns, row, strict=True))
        if all(cells[column] in values for column, values in request.where.items()):
            yield cells


def _order(request: Request, column: str, found: list[str]) -> tuple[str, ...]:
    """Each value once: times rising, otherwise as `where` lists them or as the data has them."""
    distinct = list(dict.fromkeys(found))
    if listed := request.where.get(column):
        return tuple(value for value in listed if value in distinct)
    return tuple(sorted(distinct)) if all(map(_TIME.fullmatch, distinct)) else tuple(distinct)


def _series(
    request: Request, rows: list[dict[str, str]], within: list[dict[str, str]], places: tuple[str, ...]
) -> Iterator[Series]:
    names = _order(request, request.by, [row[request.by] for row in rows]) if request.by else request.y
    for name in names:
        cells: dict[str, str] = {}
        empty: set[str] = set()
        for row in within:
            if request.by and row[request.by] != name:
                continue
            if not (value := row[request.y[0] if request.by else name]):
                empty.add(row[request.x])
                continue
            if row[request.x] in cells:
                who = f" of {name}" if request.by else ""
                raise ValueError(f"there are two values{who} at `{row[request.x]}`")
            cells[row[request.x]] = value
        values = tuple(parse_cell(cells.get(place, "")) for place in places)
        gaps = frozenset(number for number, place in enumerate(places) if place in empty and place not in cells)
        yield Series(request.by, name, values, gaps)


def _misfit(request: Request, plot: Plot) -> str:
    if len(plot.series) > MOST_SERIES:
        return f"{len(plot.series)} series can not be told apart without colour, {MOST_SERIES} can"
    if not plot.all_values():
        return "there is no number to draw"
    if request.kind == "line" and plot.moments is None:
        return f"a line runs through time, but `{request.x}` holds other things than years (2019) and months (2019-07)"
    if request.kind == "stacked" and len(plot.series) < 2:
        return "there is only one series, so nothing lies on top of anything"
    if request.kind == "stacked" and min(plot.all_values()) < 0:
        return "parts of a whole can not be less than nothing"
    return ""
