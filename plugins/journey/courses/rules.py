"""The checks on courses and their rubric; `rules.yml` describes them for editors."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from ..diagnostics import Diagnostic
from ..rulebook import Rulebook
from .model import CourseBook

RULEBOOK: Rulebook[CourseBook] = Rulebook(Path(__file__).with_name("rules.yml"))
rule = RULEBOOK.rule

TEMPLATE = "course.html"


def _of_parser(book: CourseBook, rule_id: str) -> Iterator[Diagnostic]:
    return (problem for problem in book.problems if problem.rule == rule_id)


@rule("K001")
def check_readable(book: CourseBook) -> Iterator[Diagnostic]:
    yield from _of_parser(book, "K001")


@rule("K002")
def check_fields(book: CourseBook) -> Iterator[Diagnostic]:
    yield from _of_parser(book, "K002")


@rule("K003")
def check_pages(book: CourseBook) -> Iterator[Diagnostic]:
    for course in book.courses.values():
        for week in course.weeks:
            for page, line in week.pages():
                if page not in book.lessons:
                    yield Diagnostic(
                        course.path, line, "K003", f"{page} is no page that readers can open", _closest(page, book)
                    )


@rule("K004")
def check_reading(book: CourseBook) -> Iterator[Diagnostic]:
    for course in book.courses.values():
        for week in course.weeks:
            if not week.required:
                yield Diagnostic(
                    course.path,
                    week.line,
                    "K004",
                    f"week {week.number} has no required reading",
                    "Name at least one page under `required`.",
                )


@rule("K005")
def check_load(book: CourseBook) -> Iterator[Diagnostic]:
    for course in book.courses.values():
        for week in course.weeks:
            minutes = book.minutes_of(week)
            if minutes > course.minutes_a_week and not week.heavy:
                yield Diagnostic(
                    course.path,
                    week.line,
                    "K005",
                    f"week {week.number} asks for {minutes} minutes; {course.minutes_a_week} are allowed",
                    "Move a page to `further` or to another week, or tell readers the reason in `heavy`.",
                )


@rule("K006")
def check_pair(book: CourseBook) -> Iterator[Diagnostic]:
    for course in book.courses.values():
        if course.page not in book.lessons:
            hint = f"Write {course.page} with `template: {TEMPLATE}` in its front matter."
            yield Diagnostic(course.path, 1, "K006", f"there is no page {course.page.name} beside it", hint)
    broken = {problem.path for problem in book.problems}
    plans = {course.path for course in book.courses.values()} | broken
    for path, lesson in book.lessons.items():
        if lesson.template == TEMPLATE and path.with_suffix(".yml") not in plans:
            name = path.with_suffix(".yml").name
            yield Diagnostic(
                path, lesson.line, "K006", f"there is no plan {name} beside it", f"Write {name}, or take the key out."
            )


@rule("K007")
def check_tests(book: CourseBook) -> Iterator[Diagnostic]:
    for course in book.courses.values():
        tests = {
            kind: {task.page: task.line for week in course.weeks for task in week.tasks if task.kind == kind}
            for kind in ("pre-test", "post-test")
        }
        for kind, other in (("pre-test", "post-test"), ("post-test", "pre-test")):
            for page, line in tests[kind].items():
                partner = page.with_name(f"{other}.md") if page else None
                if partner not in tests[other]:
                    yield Diagnostic(
                        course.path,
                        line,
                        "K007",
                        f"this {kind} has no {other} in the course, so nobody sees what was gained",
                        f"Add a task of the kind {other}" + (f" with the page {partner}." if partner else "."),
                    )


@rule("K008")
def check_weights(book: CourseBook) -> Iterator[Diagnostic]:
    sums = [(one.path, one.marks_line, "marks", sum(one.marks.values())) for one in book.courses.values()]
    if book.rubric:
        weights = sum(criterion.weight for criterion in book.rubric.criteria)
        sums.append((book.rubric.path, book.rubric.line, "weights", weights))
    for path, line, name, total in sums:
        if total != 100:
            yield Diagnostic(path, line, "K008", f"the {name} add up to {total}, not to 100", "Change one of them.")


def _closest(page: PurePosixPath, book: CourseBook) -> str:
    close = difflib.get_close_matches(str(page), map(str, book.lessons), n=1)
    return f"Did you mean {close[0]}?" if close else "Write the English page as it lies in the project."
