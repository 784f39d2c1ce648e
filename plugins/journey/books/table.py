"""Tables: cells with their alignment, and what the page needs to know to share out the widths of columns."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from typing import TYPE_CHECKING

from .html import text_of
from .literals import array, literal
from .printed import WalkError

if TYPE_CHECKING:
    from .walk import Walk

_ALIGN = re.compile(r"text-align:\s*(left|right|center)")
_CJK = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")


def render_table(walk: Walk, table: etree.Element) -> str:
    """A table as a call of `data-table`; raises WalkError for one without a head or with cells that span rows."""
    rows = list(table.iter("tr"))
    head = [cell for row in rows[:1] for cell in row if cell.tag == "th"]
    body = [list(row) for row in (rows[1:] if head and len(head) == len(rows[0]) else rows)]
    excerpt = text_of(table)[:80]
    if not head or len(head) != len(rows[0]):
        raise WalkError("a table has no head", "Give its columns names, in the first row.", excerpt)
    columns = len(head)
    for row in body:
        if len(row) != columns or any(cell.get("rowspan") or cell.get("colspan") for cell in row):
            hint = "Give every row as many cells as the head has, none of them joined."
            raise WalkError(f"a row of the table has not {columns} cells", hint, text_of(row[0]) if row else excerpt)
    by_column = [[typeset_text(walk, cell) for cell in column] for column in zip(head, *body, strict=True)]
    caption = table.find("caption")
    names = array(walk.inlines(cell) for cell in head)  # before the rows: a note belongs where it is named first
    cells = [cell_code(walk, cell) for row in body for cell in row]
    aligned = [(_ALIGN.search(cell.get("style", "")) or ("", "start"))[1] for cell in head]
    most = max((len(text) for column in by_column for text in column[1:]), default=0)
    arguments = {
        "columns": str(columns),
        "head": names,
        "aligned": array({"left": "left", "right": "right", "center": "center"}.get(one, "start") for one in aligned),
        "longest": array(
            literal(max((word for t in column for word in words(t)), key=len, default="x")) for column in by_column
        ),
        "natural": array(literal(_fullest(column)) for column in by_column),
        "most": str(most),
        "rows": array(cells),
    }
    if caption is not None:
        arguments["caption"] = walk.inlines(caption)
    if any(walk.is_note_mark(mark) for cell in head for mark in cell.iter("sup")):
        arguments["repeat"] = "false"  # a repeated head would repeat the label of its note, which Typst refuses
    page = walk.page
    named = ", ".join(f"{key}: {value}" for key, value in arguments.items())
    return f'data-table("{page.locale}", "{page.trim}", {literal(excerpt[:40])}, {named})'


def cell_code(walk: Walk, cell: etree.Element) -> str:
    """One cell; an empty one of a tool is room to write in."""
    if "data-blank" in cell.attrib and not text_of(cell) and not len(cell):
        return f'write-space("{walk.page.trim}")'
    code = walk.flow(cell)
    return f"strong({code})" if cell.tag == "th" else code


def _fullest(column: list[str]) -> str:
    """The fullest text of a column, its head first; a column to write in wants room for some words."""
    return max(column, key=len) if any(column[1:]) else max(column[0], "x" * 24, key=len)


def typeset_text(walk: Walk, cell: etree.Element) -> str:
    """The text of a cell as it will be set, without note marks."""
    return walk.page.typeset(text_of(cell))


def words(text: str) -> list[str]:
    """The pieces of a text that a line can not break."""
    pieces: list[str] = []
    for word in re.split(r"[ \u200b]+", text):
        if _CJK.search(word):
            pieces += ["\u4e2d\u4e2d"]  # two signs, since some may not begin or end a line
        else:
            pieces += re.split(r"(?<=[-–/])", word)
    return [piece for piece in pieces if piece]
