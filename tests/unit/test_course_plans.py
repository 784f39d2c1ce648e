"""Courses as data: what is wrong is said with file and line; minutes are added up; our own plans keep their shape."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

from journey.checks import check_everything, lessons_of
from journey.content.catalogue import build_catalogue
from journey.content.parse import read_project
from journey.courses.model import CourseBook
from journey.courses.parse import parse_file, read_courses
from journey.courses.view import CourseView
from journey.diagnostics import Diagnostic
from journey.layout import Layout
from journey.locales import LOCALES
from support import ROOT

PAGE = "---\ntitle: {}\ndescription: A page.\n{}---\n\nThis page says something.\n"
PLAN = """\
# a plan
minutes_a_week: 300
attendance: 60
marks: { tests: 100 }
weeks:
  - title: First
    required: [docs/about.md]
  - title: Second
    required:
      - docs/about.md
      - docs/nowhere.md
  - title: Third
"""


@pytest.fixture(scope="module")
def ours() -> CourseBook:
    layout = Layout(ROOT)
    return read_courses(layout, lessons_of(read_project(layout)))


def project(folder: Path, plan: str) -> Layout:
    (folder / "docs" / "courses").mkdir(parents=True)
    (folder / "docs" / "about.md").write_text(PAGE.format("About", ""), encoding="utf-8")
    (folder / "docs" / "courses" / "lake.md").write_text(PAGE.format("Lake", "template: course.html\n"), "utf-8")
    (folder / "docs" / "courses" / "lake.yml").write_text(plan, encoding="utf-8")
    return Layout(folder)


def test_a_missing_page_and_a_week_without_reading_are_errors_with_file_and_line(tmp_path: Path) -> None:
    found = [
        (str(one.path), one.line, one.rule)
        for one in check_everything(project(tmp_path, PLAN))
        if one.rule.startswith("K")
    ]
    assert found == [("docs/courses/lake.yml", 11, "K003"), ("docs/courses/lake.yml", 12, "K004")]


def test_a_page_of_a_bank_is_no_reading(tmp_path: Path) -> None:
    layout = project(
        tmp_path, PLAN.replace("docs/nowhere.md", "modules/lake/bank.md").replace("  - title: Third\n", "")
    )
    (tmp_path / "modules" / "lake").mkdir(parents=True)
    (tmp_path / "modules" / "lake" / "bank.md").write_text("# Bank\n", encoding="utf-8")
    assert [one.rule for one in check_everything(layout) if one.rule.startswith("K")] == ["K003"]


@pytest.mark.parametrize(
    ("wrong", "line", "words"),
    [
        ("weeks:\n  - title: A\n    requierd: [docs/about.md]\n", 6, "Did you mean `required`?"),
        ("weeks:\n  - title: A\n    sessions:\n      - { kind: live, day: 9, minutes: 60 }\n", 7, "1 to 7"),
        ("weeks:\n  - title: { ur: ا }\n", 5, "`en` is missing"),
    ],
)
def test_what_the_schema_does_not_know_is_said_with_its_line(wrong: str, line: int, words: str) -> None:
    head = "minutes_a_week: 300\nattendance: 60\nmarks: { tests: 100 }\n"
    found = parse_file(PurePosixPath("docs/courses/x.yml"), (head + wrong).encode())
    assert isinstance(found, list) and isinstance(found[0], Diagnostic)
    assert (found[0].rule, found[0].line) == ("K002", line)
    assert words in found[0].message + found[0].hint


def test_our_courses_have_the_shape_that_the_evaluation_describes(ours: CourseBook) -> None:
    assert sorted(ours.courses) == ["coverage-extension", "good-governance", "leadership"]
    for course in ours.courses.values():
        assert len(course.weeks) == 6
        kinds = [[session.kind for session in week.sessions] for week in course.weeks]
        assert all(kind.count("live") == 2 for kind in kinds)
        assert ["meeting" in kind for kind in kinds] == [True, False, False, False, False, True]
        assert course.achievement - course.attendance == 10
        assert any(task.kind == "peer-marking" for task in course.weeks[-1].tasks)
        assert all(set(week.title) == set(LOCALES) for week in course.weeks)


def test_module_two_is_the_required_reading_of_week_four(ours: CourseBook) -> None:
    week = ours.courses["leadership"].weeks[3]
    names = [reading.page.name for reading in week.required]
    assert [name[:2] for name in names] == ["in", "01", "02", "03", "04", "05", "06", "07", "08"]
    assert {reading.page.parent for reading in week.required} == {PurePosixPath("modules/ict-data-management")}
    assert ours.minutes_of(week) > ours.courses["leadership"].minutes_a_week and week.heavy


def test_the_plan_counts_days_from_the_first_day_and_falls_back_to_english(ours: CourseBook) -> None:
    view = CourseView(ours, "ur", {}, {}, lambda path: ())
    shown = view.plan(PurePosixPath("docs/courses/leadership.md"))
    assert shown and view.plan(PurePosixPath("docs/about.md")) is None
    assert [(week.first_day, week.last_day) for week in shown.weeks][-1] == (36, 42)
    assert shown.weeks[5].sessions[2].day == 40
    assert shown.weeks[0].title.locale.code == "ur"
    topic = shown.weeks[0].sessions[0].topic
    assert topic and topic.locale.code == "en"
    assert sum(criterion.weight for criterion in view.rubric) == 100
    assert view.points(view.rubric[1], 1) == "6.25"


def test_only_pages_with_a_plan_are_offered_as_courses() -> None:
    courses = build_catalogue(read_project(Layout(ROOT))).courses
    assert [page.path.name for page in courses] == ["coverage-extension.md", "good-governance.md", "leadership.md"]
