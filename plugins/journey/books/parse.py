"""Reads the definitions of books: `books/*.yml` beside the content of a module or paper."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

from jsonschema import Draft202012Validator

from ..diagnostics import Diagnostic
from ..documents import Document, DocumentError, check_schema, parse_document
from ..layout import Layout
from ..memory import remembered
from .model import BookDefinition, BookShelf, PageOutline, Part

SCHEMA_PATH = Path(__file__).parent.parent / "schemas" / "book.json"
FOLDER = "books"


def read_books(layout: Layout, pages: Iterable[PageOutline] = ()) -> BookShelf:
    """Read every definition of a project. Never raises for bad content: problems are kept, the book left out."""
    books: dict[str, BookDefinition] = {}
    problems: list[Diagnostic] = []
    duplicates: list[BookDefinition] = []
    for path in layout.iter_files():
        if path.parent.name != FOLDER or path.suffix not in (".yml", ".yaml") or path.parts[0] not in layout.mounts:
            continue
        try:
            document = _parse(path, layout.read_text(path))
        except UnicodeDecodeError:
            problems.append(Diagnostic(path, 1, "B001", "this file is not UTF-8 text", "Save it again as UTF-8."))
            continue
        except DocumentError as error:
            hint = "A book's definition is `key: value`, one a line; `journey new book` writes one to start from."
            problems.append(Diagnostic(path, error.line, "B001", error.problem, hint))
            continue
        found = [
            Diagnostic(path, problem.line, "B002", problem.message, problem.hint)
            for problem in check_schema(document, validator(), descriptions())
        ]
        problems += found
        if not found:
            book = build_book(path, document)
            if book.id in books:
                duplicates.append(book)
            else:
                books[book.id] = book
    return BookShelf(books, problems, {page.path: page for page in pages}, duplicates)


@remembered
def _parse(path: PurePosixPath, text: str) -> Document:
    return parse_document(text)


def build_book(path: PurePosixPath, document: Document) -> BookDefinition:
    """A book from a document that its schema allows."""
    values = document.values
    parts = tuple(
        Part(
            PurePosixPath(part.get("page") or part["picks"]),
            document.line_of(("parts", index)),
            tuple(part.get("sections", ())),
            "picks" in part,
            part.get("title", {}),
            part.get("budget", 0),
        )
        for index, part in enumerate(values["parts"])
    )
    flags: dict[str, Any] = {
        name: values.get(name, False) for name in ("answers", "index_of_forms", "glossary", "large_print")
    }
    return BookDefinition(
        id=values["id"],
        path=path,
        document=document,
        title=values["title"],
        subtitle=values.get("subtitle", {}),
        trim=values["trim"],
        audience=values["audience"],
        languages=tuple(values["languages"]),
        parts=parts,
        budget=values.get("budget", 0),
        cover=values.get("cover", {}),
        **flags,
    )


@cache
def load_schema() -> Mapping[str, Any]:
    """The schema of a definition (JSON Schema 2020-12, `schemas/book.json`)."""
    schema: Mapping[str, Any] = json.loads(SCHEMA_PATH.read_text(encoding="utf-8"))
    return schema


@cache
def validator() -> Draft202012Validator:
    return Draft202012Validator(load_schema())


@cache
def descriptions() -> Mapping[str, str]:
    """What an editor should write, by the name of the key."""
    fields = {**load_schema()["$defs"]["part"]["properties"], **load_schema()["properties"]}
    return {name: str(field.get("description", "")) for name, field in fields.items()}
