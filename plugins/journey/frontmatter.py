"""Front matter: the YAML block at the top of a page, read with line numbers and checked against a schema.

MkDocs takes malformed front matter for text and says nothing; here it is an error with its line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

from .documents import Document, DocumentError, SchemaProblem, check_schema, parse_document

SCHEMA_PATH = Path(__file__).parent / "schemas" / "frontmatter.json"

_FENCE = re.compile(r"^---[ \t]*$")
_END = re.compile(r"^(---|\.\.\.)[ \t]*$")


@dataclass(frozen=True)
class FrontMatter(Document):
    """The values of a front matter block with the line of every key, counted from the top of the file."""

    end_line: int = 0
    """The line of the closing fence; 0 if the page has no front matter."""


def split_front_matter(text: str) -> tuple[str, int]:
    """The YAML between the fences and the line of the closing fence; ("", 0) if there is no block."""
    lines = text.split("\n")
    if not _FENCE.match(lines[0]):
        return "", 0
    for number, line in enumerate(lines[1:], start=2):
        if _END.match(line):
            return "\n".join(lines[1 : number - 1]) + "\n", number
    raise DocumentError(1, "the block that opens with --- is never closed with a second ---")


def parse_front_matter(text: str) -> FrontMatter:
    """Read the front matter of a page's text.

    Raises DocumentError with the line in the file when the block is not valid YAML, is not a
    map of keys to values, or names a key twice.
    """
    source, end_line = split_front_matter(text)
    document = parse_document(source, first_line=2) if end_line else Document()
    return FrontMatter(document.values, document.lines, end_line)


def day(value: object) -> str:
    """A day as editors write it, `2026-11-25`; "" for anything else, which a check of its own reports."""
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        return ""


@cache
def load_schema() -> Mapping[str, Any]:
    """The schema of every kind of page (JSON Schema 2020-12, `schemas/frontmatter.json`)."""
    schema: Mapping[str, Any] = json.loads(SCHEMA_PATH.read_text(encoding="utf-8"))
    return schema


@cache
def _validator(kind: str) -> Draft202012Validator:
    schema = {**load_schema(), "$ref": f"#/$defs/kinds/{kind}"}
    return Draft202012Validator(schema, format_checker=FormatChecker())


def allowed_keys(kind: str) -> list[str]:
    """The keys that a kind of page may have, in the schema's order."""
    return list(load_schema()["$defs"]["kinds"][kind]["properties"])


@cache
def _descriptions() -> Mapping[str, str]:
    return {name: str(field["description"]) for name, field in load_schema()["$defs"]["fields"].items()}


def check_front_matter(front_matter: FrontMatter, kind: str) -> Iterator[SchemaProblem]:
    """Everything in the front matter that the schema of this kind of page does not allow, in order."""
    return check_schema(front_matter, _validator(kind), _descriptions())
