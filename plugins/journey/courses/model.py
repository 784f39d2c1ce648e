"""A course as its data file describes it: weeks with readings, sessions and tasks; and the rubric for peers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from ..diagnostics import Diagnostic

ABOVE_ATTENDANCE = 10
"""Points by which the mark for a certificate of achievement lies above that of attendance."""

DAYS = 7

Text = Mapping[str, str]
"""Words by language; `en` is always there."""


@dataclass(frozen=True)
class Reading:
    """A page to read, named as it lies in the project."""

    page: PurePosixPath
    line: int


@dataclass(frozen=True)
class Session:
    """A meeting of all or a live session with a tutor, on a day of its week, 1 to 7."""

    kind: str
    day: int
    minutes: int
    topic: Text
    line: int


@dataclass(frozen=True)
class Task:
    """What participants do by a day of its week, 1 to 7; `page` is where, for a test or a tool."""

    kind: str
    day: int
    minutes: int
    text: Text
    page: PurePosixPath | None
    line: int


@dataclass(frozen=True)
class Week:
    """One week; `heavy` says to readers why it has more work than the course allows."""

    number: int
    title: Text
    required: tuple[Reading, ...]
    further: tuple[Reading, ...]
    sessions: tuple[Session, ...]
    tasks: tuple[Task, ...]
    heavy: Text
    line: int

    def pages(self) -> Iterator[tuple[PurePosixPath, int]]:
        """Every page that the week names, with its line."""
        for reading in (*self.required, *self.further):
            yield reading.page, reading.line
        for task in self.tasks:
            if task.page:
                yield task.page, task.line


@dataclass(frozen=True)
class Course:
    """A model plan. `id` is the name of its file; `marks` are percent of the final mark by kind of work."""

    id: str
    path: PurePosixPath
    minutes_a_week: int
    attendance: int
    marks: Mapping[str, int]
    weeks: tuple[Week, ...]
    marks_line: int

    @property
    def page(self) -> PurePosixPath:
        """The page that stands beside the data file."""
        return self.path.with_suffix(".md")

    @property
    def achievement(self) -> int:
        return self.attendance + ABOVE_ATTENDANCE


@dataclass(frozen=True)
class Criterion:
    """What peers look at; `levels` are the words for one point to four."""

    id: str
    title: Text
    weight: int
    levels: tuple[Text, ...]


@dataclass(frozen=True)
class Rubric:
    """How peers mark a presentation: the mark is the sum of weight × level ÷ number of levels."""

    path: PurePosixPath
    line: int
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True)
class Lesson:
    """What courses need to know of a page that readers can open."""

    minutes: int
    template: str = ""
    line: int = 1
    """The line of `template` in its front matter."""


@dataclass(frozen=True)
class CourseBook:
    """All courses by id, the rubric, what was wrong with their files, and the pages of the project."""

    courses: Mapping[str, Course] = field(default_factory=dict)
    rubric: Rubric | None = None
    problems: Sequence[Diagnostic] = ()
    lessons: Mapping[PurePosixPath, Lesson] = field(default_factory=dict)

    def minutes_of(self, week: Week) -> int:
        """Minutes that a week asks for: required reading, sessions and tasks."""
        reading = sum(self.lessons[one.page].minutes for one in week.required if one.page in self.lessons)
        return reading + sum(one.minutes for one in week.sessions) + sum(one.minutes for one in week.tasks)
