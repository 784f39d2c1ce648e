"""The checks on data and charts; `rules.yml` describes them for editors."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..diagnostics import Diagnostic
from ..locales import LOCALES, SOURCE
from ..rulebook import Rulebook
from .model import ChartBook, Request, Table
from .series import build_plot
from .table import parse_cell
from .view import iter_unlabelled

RULEBOOK: Rulebook[ChartBook] = Rulebook(Path(__file__).with_name("rules.yml"))
rule = RULEBOOK.rule


def _of_parser(book: ChartBook, rule_id: str) -> Iterator[Diagnostic]:
    return (problem for problem in book.problems if problem.rule == rule_id)


@rule("D001")
def check_encoding(book: ChartBook) -> Iterator[Diagnostic]:
    yield from _of_parser(book, "D001")


@rule("D002")
def check_rows(book: ChartBook) -> Iterator[Diagnostic]:
    yield from _of_parser(book, "D002")


@rule("D003")
def check_headings(book: ChartBook) -> Iterator[Diagnostic]:
    yield from _of_parser(book, "D003")


@rule("D004")
def check_columns(book: ChartBook) -> Iterator[Diagnostic]:
    yield from _of_parser(book, "D004")


@rule("D005")
def check_has_provenance(book: ChartBook) -> Iterator[Diagnostic]:
    yield from _of_parser(book, "D005")


@rule("D006")
def check_provenance(book: ChartBook) -> Iterator[Diagnostic]:
    yield from _of_parser(book, "D006")
    for data, provenance in book.provenances.items():
        table = book.tables.get(data)
        for key in ("units", "columns", "values"):
            for column in getattr(provenance, key):
                if table and column not in table.columns:
                    line = provenance.lines.get((key, column), 1)
                    what = f"{data.name} has no column `{column}`"
                    yield Diagnostic(provenance.path, line, "D006", what, _meant(column, table.columns))


@rule("D007")
def check_has_data(book: ChartBook) -> Iterator[Diagnostic]:
    yield from _of_parser(book, "D007")


@rule("D008")
def check_numbers(book: ChartBook) -> Iterator[Diagnostic]:
    for path, table in book.tables.items():
        provenance = book.provenances.get(path)
        drawn = {column for request in book.requests.values() if request.data == path for column in request.y}
        for column in table.columns:
            if column not in drawn and not (provenance and column in provenance.units):
                continue
            for cell, line in zip(table.cells(column), table.lines, strict=True):
                if cell and parse_cell(cell) is None:
                    what = f'"{cell}" in the column `{column}` is no number'
                    hint = "Write digits with a full stop (46.9, 1653207) and no sign or unit; leave the cell empty if there is no value."
                    yield Diagnostic(path, line, "D008", what, hint)


@rule("D009")
def check_used(book: ChartBook) -> Iterator[Diagnostic]:
    used = {request.data for request in book.requests.values()}
    for path in book.tables:
        if path not in used:
            hint = f"Show it: /// chart with data: {path.parent.name}/{path.name}. Readers can not find it otherwise."
            yield Diagnostic(path, 1, "D009", "no chart shows this data", hint)


@rule("D010")
def check_options(book: ChartBook) -> Iterator[Diagnostic]:
    yield from _of_parser(book, "D010")


@rule("D011")
def check_names(book: ChartBook) -> Iterator[Diagnostic]:
    broken = {problem.path for problem in book.problems}
    for request in book.requests.values():
        table = book.tables.get(request.data)
        if table:
            yield from _unknown_names(request, table)
        elif request.data not in broken:
            near = [str(path) for path in book.tables]
            hint = _meant(str(request.data), near) if near else "Data lies in a folder data/ of a module or paper."
            what = f"there is no data {request.data}"
            yield Diagnostic(request.path, request.line_of("data"), "D011", what, hint)


@rule("D012")
def check_fits(book: ChartBook) -> Iterator[Diagnostic]:
    for request in book.requests.values():
        chart = book.find_chart(request.id)
        if chart is None or any(_unknown_names(request, chart.dataset.table)):
            continue
        try:
            build_plot(chart)
        except ValueError as error:
            hint = "Choose rows with `where`, part the chart with `by` or `facet`, or take another kind."
            yield Diagnostic(request.path, request.line, "D012", f"`{request.id}`: {error}", hint)


@rule("D013")
def check_options_stay_in_source(book: ChartBook) -> Iterator[Diagnostic]:
    yield from _of_parser(book, "D013")


@rule("D014")
def check_labels(book: ChartBook) -> Iterator[Diagnostic]:
    for block in book.blocks:
        chart = book.find_chart(block.id)
        if chart is None or block.locale == SOURCE or block.locale not in LOCALES:
            continue
        if any(_unknown_names(chart.request, chart.dataset.table)):
            continue
        try:
            missing = list(iter_unlabelled(chart, block.locale))
        except ValueError:
            continue  # D012 speaks of it
        if missing:
            more = f" and {len(missing) - 1} more" if missing[1:] else ""
            what = f"`{missing[0]}`{more} of {chart.dataset.provenance.path.name} has no words in this language"
            hint = f"Add {block.locale}: … there, so that nothing in the chart is English."
            yield Diagnostic(block.path, block.line, "D014", what, hint)


def _unknown_names(request: Request, table: Table) -> Iterator[Diagnostic]:
    for option, column in request.columns():
        line = request.line_of(option)
        if column not in table.columns:
            what = f"{request.data.name} has no column `{column}`"
            yield Diagnostic(request.path, line, "D011", what, _meant(column, table.columns))
        elif option == "where":
            cells = table.cells(column)
            for value in request.where[column]:
                if value not in cells:
                    what = f"the column `{column}` has no value `{value}`"
                    yield Diagnostic(request.path, line, "D011", what, _meant(value, dict.fromkeys(cells)))


def _meant(name: str, names: Iterable[str]) -> str:
    """Who was meant, or all that there are."""
    known = list(names)
    close = difflib.get_close_matches(name, known, n=1)
    return f"Did you mean `{close[0]}`?" if close else f"There are: {', '.join(known[:12])}."
