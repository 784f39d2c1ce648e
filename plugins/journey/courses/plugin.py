"""Brings courses to MkDocs: reads plans and the rubric once a build and hands them to the templates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import PurePosixPath
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from ..asking import Subject, witnessed
from ..checks import lessons_of
from ..host import is_first_language, language_of, layout_of, pages_of
from ..layout import Layout
from ..quizzes.bank import Bank
from ..quizzes.progress import scored_items_by_page
from .config import CoursesConfig
from .model import CourseBook
from .parse import read_courses
from .view import CourseView


class CoursesPlugin(BasePlugin[CoursesConfig]):
    """The adapter. Checks run with those of the pages, in `journey-content`."""

    layout: Layout
    book = Subject[CourseBook]("course-book")

    def __init__(self) -> None:
        super().__init__()
        self.views: dict[str, CourseView] = {}

    def on_config(self, config: MkDocsConfig) -> None:
        if is_first_language(config):
            self.read(config)

    def read(self, config: MkDocsConfig) -> None:
        """Read the plans and the rubric, with what the pages that they name take."""
        content: Any = config.plugins["journey-content"]  # the ContentPlugin, which has read the project
        self.layout = layout_of(config)
        self.book = read_courses(self.layout, lessons_of(content.project))

    def on_env(self, env: Environment, /, *, config: MkDocsConfig, files: Files) -> Environment:
        """Templates find the rubric in `courses`, and a page of a course its plan in `plan`."""
        quizzes: Any = config.plugins["journey-quizzes"]  # the QuizPlugin, which has read the bank
        locale = language_of(config)
        pages = pages_of(self.layout, files)
        locales = {source: self.layout.source_of(PurePosixPath(page.file.src_uri))[1] for source, page in pages.items()}
        view = self.views[locale] = CourseView(self.book, locale, pages, locales, _items_on_pages(quizzes.bank))
        env.globals["courses"] = view
        return env

    def on_page_context(self, context: Any, /, *, page: Page, config: MkDocsConfig, nav: Any) -> Any:
        source, _ = self.layout.source_of(self.layout.disk_path(PurePosixPath(page.file.src_uri)))
        locale = language_of(config)
        context["plan"] = witnessed(f"courses {locale}", self.views[locale]).plan(source)
        return context


def _items_on_pages(bank: Bank) -> Callable[[PurePosixPath], Iterable[str]]:
    """The scored items of a page; all are looked for when the first page of a course is asked."""

    @cache
    def items() -> Mapping[PurePosixPath, Iterable[str]]:
        return scored_items_by_page(bank)

    return lambda path: items().get(path, ())
