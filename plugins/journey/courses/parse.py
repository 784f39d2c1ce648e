"""Reads `courses/*.yml` below docs: one plan a file, checked against a schema, and `rubric.yml`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

from jsonschema import Draft202012Validator

from ..diagnostics import Diagnostic
from ..documents import Document, DocumentError, check_schema, parse_document
from ..layout import Layout
from ..locales import SOURCE
from ..memory import remembered
from .model import Course, CourseBook, Criterion, Lesson, Reading, Rubric, Session, Task, Text, Week

FOLDER = "courses"
RUBRIC = "rubric.yml"
_SCHEMAS = Path(__file__).parents[1] / "schemas"


@cache
def load_schema(name: str = "course") -> Mapping[str, Any]:
    """The schema of a course or of the `rubric` (JSON Schema 2020-12); its descriptions are written for editors."""
    schema: Mapping[str, Any] = json.loads((_SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
    return schema


def read_courses(layout: Layout, lessons: Mapping[PurePosixPath, Lesson]) -> CourseBook:
    """Read every course of a project and its rubric. Never raises for bad content."""
    courses: dict[str, Course] = {}
    rubric: Rubric | None = None
    problems: list[Diagnostic] = []
    folder = PurePosixPath(layout.docs, FOLDER)
    for path in layout.iter_files():
        if path.parent == folder and path.suffix == ".yml":
            found = parse_file(path, layout.read(path))
            if isinstance(found, Course):
                courses[found.id] = found
            elif isinstance(found, Rubric):
                rubric = found
            else:
                problems += found
    return CourseBook(courses, rubric, tuple(problems), lessons)


@remembered
def parse_file(path: PurePosixPath, data: bytes) -> Course | Rubric | list[Diagnostic]:
    """A course, the rubric, or everything that is wrong with the file."""
    try:
        document = parse_document(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return [Diagnostic(path, line, "K001", "this line is not UTF-8 text", "Save the file again as UTF-8.")]
    except DocumentError as error:
        hint = "Compare it with another course: weeks are a list, and each week begins with a dash."
        return [Diagnostic(path, error.line, "K001", error.problem, hint)]
    name = "rubric" if path.name == RUBRIC else "course"
    problems = list(_breaches(path, document, load_schema(name)))
    if problems:
        return problems
    return _rubric(path, document) if name == "rubric" else _course(path, document)


def _breaches(path: PurePosixPath, document: Document, schema: Mapping[str, Any]) -> Iterator[Diagnostic]:
    kinds = [schema, *schema["$defs"].values()]
    described = ((name, field) for kind in kinds for name, field in kind.get("properties", {}).items())
    # What stands in a list is explained by its own key, not by the list's.
    describe = {
        name: str(field.get("description", "")) for name, field in described if name not in ("weeks", "criteria")
    }
    for problem in check_schema(document, Draft202012Validator(schema), describe):
        yield Diagnostic(path, problem.line, "K002", problem.message, problem.hint)


def _text(value: Any) -> Text:
    return {SOURCE: value} if isinstance(value, str) else dict(value or {})


def _course(path: PurePosixPath, document: Document) -> Course:
    values = document.values
    weeks = tuple(_week(document, number, week) for number, week in enumerate(values["weeks"], start=1))
    return Course(
        path.stem,
        path,
        values["minutes_a_week"],
        values["attendance"],
        dict(values["marks"]),
        weeks,
        document.line_of(("marks",)),
    )


def _week(document: Document, number: int, week: Mapping[str, Any]) -> Week:
    def line(*key: str | int) -> int:
        return document.line_of(("weeks", number - 1, *key))

    def readings(name: str) -> tuple[Reading, ...]:
        return tuple(Reading(PurePosixPath(page), line(name, n)) for n, page in enumerate(week.get(name) or []))

    sessions = tuple(
        Session(one["kind"], one["day"], one["minutes"], _text(one.get("topic")), line("sessions", n))
        for n, one in enumerate(week.get("sessions", []))
    )
    tasks = tuple(
        Task(
            one["kind"],
            one["day"],
            one["minutes"],
            _text(one.get("text")),
            PurePosixPath(one["page"]) if "page" in one else None,
            line("tasks", n),
        )
        for n, one in enumerate(week.get("tasks", []))
    )
    return Week(
        number,
        _text(week["title"]),
        readings("required"),
        readings("further"),
        sessions,
        tasks,
        _text(week.get("heavy")),
        line(),
    )


def _rubric(path: PurePosixPath, document: Document) -> Rubric:
    criteria = tuple(
        Criterion(one["id"], _text(one["title"]), one["weight"], tuple(map(_text, one["levels"])))
        for one in document.values["criteria"]
    )
    return Rubric(path, document.line_of(("criteria",)), criteria)
