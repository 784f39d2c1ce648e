"""The places of a tool that somebody fills in: empty cells, dotted lines and boxes to tick, each with a key and a label.

On the page a script makes fields of them; without it, in print and in books, they are ruled lines. A key is the
place (`t1r2c3` in a table, `c2` a box, `b4` a line), the same in every language, so that what was typed survives a change of language.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree

_DOTS = re.compile(r"…{2,}|_{4,}|\.{6,}")
_TICK = re.compile(r"^\s*(?:☐|\[[ xX]\])\s*")


def mark_blanks(tool: etree.Element) -> int:
    """Mark every blank below a tool's element, which is changed in place. Returns their number."""
    count = sum(_mark_cells(table, number) for number, table in enumerate(tool.iter("table"), start=1))
    ticks = 0
    for item in tool.iter("li"):
        line = item[0] if len(item) and item[0].tag == "p" and not (item.text or "").strip() else item
        if _TICK.match(line.text or ""):
            ticks += 1
            _mark_tick(line, ticks)
    lines = 0
    for element in list(tool.iter()):
        if "data-blank" not in element.attrib:
            lines = _mark_lines(element, lines)
    return count + ticks + lines


def _mark_tick(line: etree.Element, number: int) -> None:
    text = _TICK.sub("", line.text or "")
    line.text = None
    label = (text + _text_of(line)).strip()
    tick = etree.Element("span", {"class": "blank", "data-blank": f"c{number}", "data-kind": "tick"})
    tick.set("data-label", _DOTS.sub("", label).strip())
    tick.text, tick.tail = "☐", " " + text
    line.insert(0, tick)


def _mark_cells(table: etree.Element, number: int) -> int:
    count = 0
    heads = [_text_of(cell) for cell in table.iter("th")]
    for row_number, row in enumerate(table.iter("tr")):
        cells = row.findall("td")
        for column, cell in enumerate(cells):
            shown = _text_of(cell)
            if shown and not _DOTS.fullmatch(shown):
                continue
            count += 1
            cell.text = None
            first = _text_of(cells[0])
            names = [first if column and not _DOTS.fullmatch(first) else str(row_number)]
            names += heads[column : column + 1]
            cell.set("data-blank", f"t{number}r{row_number}c{column + 1}")
            cell.set("data-label", ", ".join(name for name in names if name))
            cell.set("data-column", "".join(heads[column : column + 1]))
    return count


def _mark_lines(element: etree.Element, count: int) -> int:
    """Dotted lines in the texts directly below an element become `<span class="blank">`; the label is what stands before."""
    said, *after = _DOTS.split(element.text or "")
    children = list(element)
    if after:
        element.text = said
        for position, text in enumerate(after):
            count += 1
            element.insert(position, _line(count, said, text))
            said = text
    for child in children:
        said += "" if child.get("data-blank") else _text_of(child)
        first, *after = _DOTS.split(child.tail or "")
        said += first
        if after:
            child.tail = first
            at = list(element).index(child) + 1
            for position, text in enumerate(after):
                count += 1
                element.insert(at + position, _line(count, said, text))
                said = text
    return count


def _line(number: int, label: str, tail: str) -> etree.Element:
    blank = etree.Element("span", {"class": "blank", "data-blank": f"b{number}"})
    blank.set("data-label", re.sub(r"^[\W_]+|[\s:،；：]+$", "", label) or "…")
    blank.tail = tail
    return blank


def _text_of(element: etree.Element) -> str:
    return re.sub(r"\s+", " ", "".join(element.itertext())).strip()
