"""CSV out and in: one line a concept, one group of columns a language, UTF-8 with a byte order mark for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ...locales import SOURCE
from ..model import ConceptText, Glossary

FIELDS = ("term", "definition", "abbr", "also", "avoid", "confidence")
BOM = "\ufeff"


class TableError(ValueError):
    """The table can not be read; the message names line and column."""


@dataclass(frozen=True)
class Change:
    """A cell that differs from the glossary."""

    concept: str
    locale: str
    field: str
    old: str
    new: str


def write_table(glossary: Glossary, locales: Iterable[str]) -> str:
    """The glossary as CSV, in the source's order."""
    codes = list(locales)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")  # as RFC 4180 has it
    writer.writerow(["id", *(f"{field} {code}" for code in codes for field in FIELDS), "source"])
    for concept in glossary.ids:
        row = [concept]
        for code in codes:
            word = glossary.word(concept, code)
            row += [value_of(word, field) if word else "" for field in FIELDS]
        writer.writerow([*row, glossary.words[concept, SOURCE].source])
    return BOM + out.getvalue()


def value_of(word: ConceptText, field: str) -> str:
    """A field of an entry as it stands in a cell."""
    match field:
        case "term":
            return word.term
        case "definition":
            return word.definition
        case "abbr":
            return ", ".join(form.text for form in word.abbreviations)
        case "also":
            return ", ".join(form.text for form in word.variants)
        case "avoid":
            return ", ".join(form.text for form in word.avoid)
        case "confidence":
            return "low" if word.is_doubtful else ""
    raise KeyError(field)


def read_table(text: str) -> list[tuple[str, str, Mapping[str, str]]]:
    """Id, locale and fields of every language of every line that has a term. Commas, semicolons and tabs part cells.

    Raises TableError for a missing id column, an unknown column, a row of another length or an id that stands twice.
    """
    body = text.removeprefix(BOM)
    first = body.split("\n", 1)[0]
    separator = max(",;\t", key=first.count)
    rows = list(csv.reader(io.StringIO(body), delimiter=separator))
    if not rows or "id" not in rows[0]:
        raise TableError("line 1: there is no column `id`")
    columns = [name.strip() for name in rows[0]]
    for number, name in enumerate(columns, start=1):
        if name not in ("id", "source") and name.split(" ")[0] not in FIELDS:
            raise TableError(f"line 1, column {number}: `{name}` is not known; columns are id, source, `term ur`, …")
    found: list[tuple[str, str, Mapping[str, str]]] = []
    seen: dict[str, int] = {}
    for line, row in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(columns):
            raise TableError(f"line {line}: {len(row)} cells, the first line has {len(columns)}")
        cells = dict(zip(columns, (cell.strip() for cell in row), strict=True))
        concept = cells["id"]
        if concept in seen:
            raise TableError(f"line {line}: `{concept}` stands in line {seen[concept]} already")
        seen[concept] = line
        locales = dict.fromkeys(name.split(" ")[1] for name in columns if " " in name)
        for locale in locales:
            fields = {f: cells[f"{f} {locale}"] for f in FIELDS if f"{f} {locale}" in cells}
            if any(fields.values()):
                found.append((concept, locale, fields))
    return found


def find_changes(glossary: Glossary, table: Sequence[tuple[str, str, Mapping[str, str]]]) -> list[Change]:
    """What writing the table into the glossary would change. An empty cell changes nothing: it is not a deletion.

    Raises TableError for an id that the source does not have.
    """
    ids = set(glossary.ids)
    changes = []
    for concept, locale, fields in table:
        if concept not in ids:
            raise TableError(f"there is no concept `{concept}`; a concept is written in the English glossary first")
        word = glossary.word(concept, locale)
        for field, new in fields.items():
            old = value_of(word, field) if word else ""
            if new and _normal(new) != _normal(old):
                changes.append(Change(concept, locale, field, old, new))
    return changes


def _normal(text: str) -> list[str]:
    """Cells are the same whatever their blanks; forms whatever the blanks around commas."""
    return text.replace(",", " , ").split()
