"""Reads data, provenance and the chart blocks of all pages. Never raises for bad content: problems are collected."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

from ..diagnostics import Diagnostic
from ..documents import Document, DocumentError, check_schema, parse_document
from ..layout import Layout
from ..locales import SOURCE
from ..markup import LineFinder, find_blocks, mask_code
from ..memory import remembered
from .model import ChartBlock, ChartBook, Provenance, Request, Table, Words
from .request import parse_request
from .table import parse_table

FOLDER = "data"
BLOCK = "chart"
SCHEMA_PATH = Path(__file__).parents[1] / "schemas" / "provenance.json"

_OPENING = re.compile(rf"^/{{3,}}[ \t]*{BLOCK}\b", re.M)
_INDENTED = re.compile(r"^(?: {4}|\t)\s*\S")


@cache
def load_schema() -> Mapping[str, Any]:
    """The schema of provenance (JSON Schema 2020-12); its descriptions are written for editors."""
    schema: Mapping[str, Any] = json.loads(SCHEMA_PATH.read_text(encoding="utf-8"))
    return schema


def read_charts(layout: Layout) -> ChartBook:
    """Every `data/*.csv` of modules and papers with its `.yml`, and every chart block of every page."""
    files = list(layout.iter_files())
    tables: dict[PurePosixPath, Table] = {}
    provenances: dict[PurePosixPath, Provenance] = {}
    blocks: list[ChartBlock] = []
    problems: list[Diagnostic] = []
    present = frozenset(files)
    data = {path for path in files if path.suffix == ".csv" and is_data(layout, path)}
    for path in files:
        if path in data:
            table, found = parse_table(path, layout.read(path))
            problems += found
            if table:
                tables[path] = table
            if path.with_suffix(".yml") not in present:
                problems.append(_without_provenance(path))
        elif path.suffix == ".yml" and is_data(layout, path):
            if path.with_suffix(".csv") not in data:
                what = f"there is no {path.with_suffix('.csv').name} that this could speak of"
                problems.append(
                    Diagnostic(path, 1, "D007", what, "Give both files the same name, or take this one out.")
                )
            provenance, found = parse_provenance(path, layout.read(path))
            problems += found
            if provenance:
                provenances[path.with_suffix(".csv")] = provenance
        elif path.suffix == ".md":
            blocks += _read_blocks(path, layout.source_of(path)[1], layout.read(path))
    requests: dict[str, Request] = {}
    for block in blocks:
        request, found = parse_request(block)
        problems += found
        if request:
            requests.setdefault(request.id, request)
    return ChartBook(tables, provenances, requests, tuple(blocks), tuple(problems))


def is_data(layout: Layout, path: PurePosixPath) -> bool:
    """Whether a file lies in a folder `data/` of a module or paper; below docs/ all files would be published."""
    return path.parent.name == FOLDER and path.parts[0] in layout.mounts


@remembered
def _read_blocks(path: PurePosixPath, locale: str, data: bytes) -> tuple[ChartBlock, ...]:
    return parse_blocks(path, locale, data.decode("utf-8-sig", "replace"))


def parse_blocks(path: PurePosixPath, locale: str, text: str) -> tuple[ChartBlock, ...]:
    """The chart blocks of a page's text, with lines of the file."""
    return tuple(_iter_blocks(path, locale, text))


def _iter_blocks(path: PurePosixPath, locale: str, text: str) -> Iterator[ChartBlock]:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not _OPENING.search(text):
        return  # nearly every page
    masked = mask_code(text)
    lines = text.split("\n")
    for block in find_blocks(masked, LineFinder(masked))[0]:
        if block.name != BLOCK or not block.closed or not block.argument:
            continue
        options, caption = split_body(lines[block.line : block.end - 1])
        yield ChartBlock(block.argument, path, locale, block.line, options, block.line + 1, caption)


def split_body(lines: list[str]) -> tuple[str, str]:
    """The indented lines at the top of a block, as YAML, and the caption below them."""
    count = 0
    while count < len(lines) and _INDENTED.match(lines[count]):
        count += 1
    options = "\n".join(line.expandtabs(4)[4:] for line in lines[:count])
    return options, " ".join(line.strip() for line in lines[count:] if line.strip())


@remembered
def parse_provenance(path: PurePosixPath, data: bytes) -> tuple[Provenance | None, list[Diagnostic]]:
    """The provenance in the bytes of a `.yml` file; None and what is wrong if it does not say enough."""
    try:
        document = parse_document(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        hint = "Save the file again as UTF-8."
        return None, [Diagnostic(path, line, "D006", "this line is not UTF-8 text", hint)]
    except DocumentError as error:
        hint = "Provenance is `key: value`, one a line."
        return None, [Diagnostic(path, error.line, "D006", error.problem, hint)]
    fields: Mapping[str, Any] = load_schema()["$defs"]["fields"]
    describe = {name: str(one["description"]) for name, one in fields.items()}
    validator = Draft202012Validator(load_schema(), format_checker=FormatChecker())
    problems = list(check_schema(document, validator, describe))
    if problems:
        return None, [Diagnostic(path, one.line, "D006", one.message, one.hint) for one in problems]
    return _provenance(path, document), []


def _provenance(path: PurePosixPath, document: Document) -> Provenance:
    values = document.values
    return Provenance(
        path=path,
        title=_words(values["title"]),
        source=values["source"],
        url=values["url"],
        table=values["table"],
        licence=values["licence"],
        accessed=values["accessed"],
        note=_words(values.get("note", {})),
        units={str(name): _words(words) for name, words in values.get("units", {}).items()},
        columns={str(name): _words(words) for name, words in values.get("columns", {}).items()},
        values={
            str(column): {str(value): _words(words) for value, words in labels.items()}
            for column, labels in values.get("values", {}).items()
        },
        lines=document.lines,
    )


def _words(value: str | Mapping[str, str]) -> Words:
    return {SOURCE: value} if isinstance(value, str) else dict(value)


def _without_provenance(path: PurePosixPath) -> Diagnostic:
    keys = ", ".join(load_schema()["required"])
    name = path.with_suffix(".yml").name
    return Diagnostic(
        path,
        1,
        "D005",
        f"nothing says where this data comes from: {name} is missing",
        f"Write it beside the data, with {keys}.",
    )
