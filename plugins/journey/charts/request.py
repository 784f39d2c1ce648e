"""What a chart block asks for: its options, read from YAML and held against what a chart can have."""

from __future__ import annotations

import difflib
import posixpath
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any

from ..diagnostics import Diagnostic
from ..documents import Document, DocumentError, parse_document
from ..locales import SOURCE
from .model import KINDS, ChartBlock, Request

OPTIONS = ("data", "kind", "x", "y", "by", "facet", "where")
REQUIRED = ("data", "kind", "x", "y")


@lru_cache(maxsize=1000)
def parse_request(block: ChartBlock) -> tuple[Request | None, list[Diagnostic]]:
    """The request of a block; None for a translation, which has a caption only, and for options that make no chart."""
    problems = []
    if not block.caption:
        hint = "Below the options, after an empty line, write one sentence that says what to see."
        problems.append(Diagnostic(block.path, block.line, "D010", f"the chart `{block.id}` has no caption", hint))
    if block.locale != SOURCE:
        if block.options.strip():
            what = f"the data of `{block.id}` is chosen on the English page"
            hint = "Leave only the caption here: a translation carries words, the English page carries facts."
            problems.append(Diagnostic(block.path, block.options_line, "D013", what, hint))
        return None, problems
    try:
        document = parse_document(block.options, block.options_line)
    except DocumentError as error:
        hint = "Options are `key: value`, one a line, indented by four spaces."
        return None, [*problems, Diagnostic(block.path, error.line, "D010", error.problem, hint)]
    faults = list(_faults(block, document))
    if faults:
        return None, [*problems, *faults]
    return _request(block, document), problems


def _faults(block: ChartBlock, document: Document) -> Iterator[Diagnostic]:
    values = document.values

    def fault(key: str, what: str, hint: str) -> Diagnostic:
        return Diagnostic(block.path, document.lines.get((key,), block.line), "D010", what, hint)

    for key in values:
        if key not in OPTIONS:
            close = difflib.get_close_matches(str(key), OPTIONS, n=1)
            hint = f"Did you mean `{close[0]}`?" if close else f"Options: {', '.join(OPTIONS)}."
            yield fault(str(key), f"a chart has no option `{key}`", hint)
    for key in REQUIRED:
        if key not in values:
            yield fault(
                key, f"the option `{key}` is missing", "A chart needs data, kind, x and y, indented by four spaces."
            )
    if "kind" in values and values["kind"] not in KINDS:
        yield fault("kind", f"there is no kind `{values['kind']}`", f"Kinds: {', '.join(KINDS)}.")
    for key in ("data", "x", "by", "facet"):
        if key in values and not (isinstance(values[key], str) and values[key]):
            yield fault(key, f"`{key}` names one thing", f"Write a name behind it: {key}: year.")
    if "y" in values and not all(isinstance(one, str) for one in _as_list(values["y"])):
        yield fault("y", "`y` names a column or a list of columns", "y: coverage, or y: [women, men].")
    if len(_as_list(values.get("y"))) > 1 and "by" in values:
        yield fault("by", "`by` and a list of columns are two ways to say the same", "Keep one of them.")
    if "where" in values and not isinstance(values["where"], dict):
        yield fault("where", "`where` names columns and the values to keep", "where: {group: [all, women]}.")


def _request(block: ChartBlock, document: Document) -> Request:
    values: Mapping[str, Any] = document.values
    return Request(
        id=block.id,
        data=PurePosixPath(posixpath.normpath(posixpath.join(block.path.parent, values["data"]))),
        kind=values["kind"],
        x=values["x"],
        y=tuple(_as_list(values["y"])),
        by=values.get("by", ""),
        facet=values.get("facet", ""),
        where={str(key): tuple(map(str, _as_list(kept))) for key, kept in values.get("where", {}).items()},
        path=block.path,
        line=block.line,
        lines=document.lines,
    )


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
