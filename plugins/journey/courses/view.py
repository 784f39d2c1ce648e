"""Courses for the templates, in one language: readings with their pages, minutes and questions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Protocol

import icu

from ..locales import LOCALES, SOURCE, Locale
from .model import DAYS, Course, CourseBook, Reading, Rubric, Text, Week


class PageLike(Protocol):
    """What we need of a generator's page."""

    @property
    def title(self) -> Any: ...
    @property
    def url(self) -> str: ...


@dataclass(frozen=True)
class Words:
    """A text in the language that it could be had in."""

    text: str
    locale: Locale


@dataclass(frozen=True)
class ShownPage:
    """A page as the plan links it. `items` are the questions on it that progress counts."""

    id: str
    page: PageLike
    locale: Locale
    minutes: int
    items: tuple[str, ...]


@dataclass(frozen=True)
class ShownSession:
    """`day` counts from the first day of the course, which is 1."""

    id: str
    kind: str
    day: int
    minutes: int
    topic: Words | None


@dataclass(frozen=True)
class ShownTask:
    """`day` counts from the first day of the course, which is 1."""

    id: str
    kind: str
    day: int
    minutes: int
    text: Words | None
    where: ShownPage | None


@dataclass(frozen=True)
class ShownWeek:
    """One week of the plan; `first_day` counts from the first day of the course, which is 1."""

    number: int
    first_day: int
    title: Words
    required: tuple[ShownPage, ...]
    further: tuple[ShownPage, ...]
    sessions: tuple[ShownSession, ...]
    tasks: tuple[ShownTask, ...]
    heavy: Words | None
    minutes: int

    @property
    def last_day(self) -> int:
        return self.first_day + DAYS - 1


@dataclass(frozen=True)
class ShownCourse:
    """A course in one language."""

    course: Course
    weeks: tuple[ShownWeek, ...]

    @property
    def minutes(self) -> int:
        return sum(week.minutes for week in self.weeks)


@dataclass(frozen=True)
class ShownCriterion:
    """A criterion of the rubric in one language."""

    id: str
    title: Words
    weight: int
    levels: tuple[Words, ...]


class CourseView:
    """What templates see as `courses`."""

    def __init__(
        self,
        book: CourseBook,
        locale: str,
        pages: Mapping[PurePosixPath, PageLike],
        locales: Mapping[PurePosixPath, str],
        items: Callable[[PurePosixPath], Iterable[str]],
    ) -> None:
        """Both maps have source pages as keys: the page that readers of `locale` get, its language; `items` gives its items."""
        self._book, self._locale = book, locale
        self._pages, self._locales, self._items = pages, locales, items

    def plan(self, path: PurePosixPath) -> ShownCourse | None:
        """The course whose page lies at `path`; None for any other page."""
        course = next((one for one in self._book.courses.values() if one.page == path), None)
        return ShownCourse(course, tuple(map(self._week, course.weeks))) if course else None

    @property
    def months(self) -> list[str]:
        """Names of the months, January first (Unicode CLDR); for browsers that do not know the language."""
        return list(self._symbols.getMonths())

    @property
    def weekdays(self) -> list[str]:
        """Names of the days of the week, Sunday first (Unicode CLDR)."""
        return list(self._symbols.getWeekdays())[1:]

    @property
    def _symbols(self) -> icu.DateFormatSymbols:
        return icu.DateFormatSymbols(icu.Locale(self._locale))

    @staticmethod
    def points(criterion: ShownCriterion, level: int) -> str:
        """The points of a level as text: weight × level ÷ number of levels, without zeros at the end."""
        return f"{criterion.weight * level / len(criterion.levels):g}"

    @property
    def rubric(self) -> tuple[ShownCriterion, ...]:
        rubric: Rubric | None = self._book.rubric
        return tuple(
            ShownCriterion(one.id, self._say(one.title), one.weight, tuple(map(self._say, one.levels)))
            for one in (rubric.criteria if rubric else ())
        )

    def _week(self, week: Week) -> ShownWeek:
        before = DAYS * (week.number - 1)
        name = f"w{week.number}"
        return ShownWeek(
            week.number,
            before + 1,
            self._say(week.title),
            self._readings(week.required),
            self._readings(week.further),
            tuple(
                ShownSession(f"{name}-s{n}", one.kind, before + one.day, one.minutes, self._maybe(one.topic))
                for n, one in enumerate(week.sessions, start=1)
            ),
            tuple(
                ShownTask(
                    f"{name}-t{n}",
                    one.kind,
                    before + one.day,
                    one.minutes,
                    self._maybe(one.text),
                    self._page(one.page) if one.page else None,
                )
                for n, one in enumerate(week.tasks, start=1)
            ),
            self._maybe(week.heavy),
            self._book.minutes_of(week),
        )

    def _readings(self, readings: Iterable[Reading]) -> tuple[ShownPage, ...]:
        return tuple(shown for one in readings if (shown := self._page(one.page)))

    def _page(self, path: PurePosixPath) -> ShownPage | None:
        page, lesson = self._pages.get(path), self._book.lessons.get(path)
        if page is None or lesson is None:
            return None
        locale = LOCALES[self._locales.get(path, SOURCE)]
        name = str(path.with_suffix(""))
        return ShownPage(name, page, locale, lesson.minutes, tuple(self._items(path)))

    def _maybe(self, text: Text) -> Words | None:
        return self._say(text) if text else None

    def _say(self, text: Text) -> Words:
        code = self._locale if self._locale in text else SOURCE
        return Words(text[code], LOCALES[code])
