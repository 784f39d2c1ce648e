"""Reads data: CSV as RFC 4180 has it, with commas and a row of headings, UTF-8, nothing guessed."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import PurePosixPath

from ..diagnostics import Diagnostic
from ..memory import remembered
from .model import Table

_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def parse_cell(text: str) -> Decimal | None:
    """The number in a cell: digits with a full stop, `46.9`, `-3`; None if it is none, or empty."""
    return Decimal(text) if _NUMBER.fullmatch(text) and text.isascii() else None


@remembered
def parse_table(path: PurePosixPath, data: bytes) -> tuple[Table | None, list[Diagnostic]]:
    """The table in the bytes of a CSV file; None and what is wrong if any of it can not be trusted.

    A sign for the order of bytes at the beginning is passed over. Blanks around a cell do not count.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        what = f"this line is not UTF-8 text (byte {data[error.start]:#04x})"
        hint = "Save the file again as CSV UTF-8 (in a spreadsheet: Save as, CSV UTF-8, with commas)."
        return None, [Diagnostic(path, line, "D001", what, hint)]
    try:
        lines, rows = _read_rows(text)
    except csv.Error as error:
        hint = 'A cell with a comma or a line break stands between quotation marks: "Asia, Pacific".'
        return None, [Diagnostic(path, text.count("\n") + 1, "D002", f"this is no CSV: {error}", hint)]
    found = [Diagnostic(path, *problem) for problem in _faults(lines, rows)]
    if found:
        return None, found
    return Table(tuple(rows[0]), tuple(map(tuple, rows[1:])), tuple(lines[1:])), []


def _read_rows(text: str) -> tuple[list[int], list[list[str]]]:
    """Rows without the empty ones, each with the line that it begins in."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    lines, rows, line = [], [], 1
    for row in reader:
        if row:
            lines.append(line)
            rows.append([cell.strip() for cell in row])
        line = reader.line_num + 1
    return lines, rows


def _faults(lines: list[int], rows: list[list[str]]) -> Iterator[tuple[int, str, str, str]]:
    if len(rows) < 2:
        yield 1, "D003", "there is no data below the headings", "The first line names the columns, data follows below."
        return
    heads = rows[0]
    if len(heads) == 1 and ";" in heads[0]:
        yield lines[0], "D003", "the columns are parted by semicolons", "Save the file as CSV with commas."
        return
    for number, head in enumerate(heads, start=1):
        if not head:
            yield lines[0], "D003", f"column {number} has no heading", "Give every column a short English name."
        elif head in heads[: number - 1]:
            first = heads.index(head) + 1
            what = f"the heading `{head}` stands over columns {first} and {number}"
            yield lines[0], "D004", what, "Give one of them another name, or take it out."
    for line, row in zip(lines[1:], rows[1:], strict=True):
        if len(row) != len(heads):
            what = f"this row has {len(row)} cells, the headings are {len(heads)}"
            hint = "An empty cell still needs its comma; a cell with a comma in it stands between quotation marks."
            yield line, "D002", what, hint
