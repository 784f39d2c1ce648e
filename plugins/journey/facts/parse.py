"""Reads `facts.yml` files: a map from the id of a fact to its fields, checked against a schema."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

from ..diagnostics import Diagnostic
from ..documents import Document, DocumentError, check_schema, parse_document
from ..layout import Layout
from ..memory import remembered
from .model import CitablePage, Fact, FactBook, Quotation

FILE = "facts.yml"
SCHEMA_PATH = Path(__file__).parents[1] / "schemas" / "facts.json"


@cache
def load_schema() -> Mapping[str, Any]:
    """The schema of `facts.yml` (JSON Schema 2020-12); its descriptions are written for editors."""
    schema: Mapping[str, Any] = json.loads(SCHEMA_PATH.read_text(encoding="utf-8"))
    return schema


def read_facts(layout: Layout, quotations: Iterable[Quotation] = (), pages: Iterable[CitablePage] = ()) -> FactBook:
    """Read every `facts.yml` of a project, templates included. Never raises for bad content."""
    facts: dict[str, Fact] = {}
    problems: list[Diagnostic] = []
    for path in layout.iter_files():
        if path.name == FILE:
            for found in parse_facts(path, layout.read(path)):
                if isinstance(found, Diagnostic):
                    problems.append(found)
                elif found.id in facts:
                    problems.append(_taken(found, facts[found.id]))
                else:
                    facts[found.id] = found
    return FactBook(facts, problems, tuple(quotations), {page.path: page for page in pages})


@remembered
def parse_facts(path: PurePosixPath, data: bytes) -> tuple[Fact | Diagnostic, ...]:
    """The facts of one file; what can not be read comes as a diagnostic in its place."""
    return tuple(_iter_facts(path, data))


def _iter_facts(path: PurePosixPath, data: bytes) -> Iterator[Fact | Diagnostic]:
    try:
        document = parse_document(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        yield Diagnostic(path, line, "F001", "this line is not UTF-8 text", "Save the file again as UTF-8.")
        return
    except DocumentError as error:
        yield Diagnostic(
            path, error.line, "F001", error.problem, "A fact is its id with a colon, and its fields indented below."
        )
        return
    fields: Mapping[str, Any] = load_schema()["$defs"]["fields"]
    describe = {name: str(field["description"]) for name, field in fields.items()}
    validator = Draft202012Validator(load_schema(), format_checker=FormatChecker())
    broken = set()
    for problem in check_schema(document, validator, describe):
        broken.add(problem.key[0] if problem.key else "")
        yield Diagnostic(path, problem.line, "F002", problem.message, problem.hint)
    for name in document.values:
        if name not in broken:
            yield _fact(path, document, name)


def _fact(path: PurePosixPath, document: Document, name: str) -> Fact:
    entry = document.values[name]
    value = entry["value"]
    return Fact(
        id=name,
        label=entry["label"],
        value=value if isinstance(value, str) else Decimal(str(value)),
        unit=entry.get("unit", ""),
        year=str(entry["year"]),
        country=entry["country"],
        source=entry["source"],
        url=entry.get("url", ""),
        verified_on=entry["verified_on"],
        note=entry.get("note", ""),
        path=path,
        line=document.line_of((name,)),
        theme=entry.get("theme", ""),
        group=entry.get("group", ""),
        cited_at=entry.get("cited_at", ""),
    )


def _taken(fact: Fact, first: Fact) -> Diagnostic:
    return Diagnostic(
        fact.path,
        fact.line,
        "F003",
        f"the fact `{fact.id}` is already defined in {first.path}:{first.line}",
        "Quote that one if it is the same figure; otherwise give this one an id of its own.",
    )
