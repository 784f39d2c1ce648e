"""Brings courses to MkDocs: reads plans and the rubric once a build and hands them to the templates."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from ..checks import lessons_of
from ..host import is_first_language, layout_of
from ..layout import Layout
from ..locales import SOURCE
from ..quizzes.progress import scored_items_by_page
from .config import CoursesConfig
from .model import CourseBook
from .parse import read_courses
from .view import CourseView


class CoursesPlugin(BasePlugin[CoursesConfig]):
    """The adapter. Checks run with those of the pages, in `journey-content`."""

    layout: Layout
    book: CourseBook
    view: CourseView

    def on_config(self, config: MkDocsConfig) -> None:
        if is_first_language(config):
            content: Any = config.plugins["journey-content"]  # the ContentPlugin, which has read the project
            self.layout = layout_of(config)
            self.book = read_courses(self.layout, lessons_of(content.project))

    def on_env(self, env: Environment, /, *, config: MkDocsConfig, files: Files) -> Environment:
        """Templates find the rubric in `courses`, and a page of a course its plan in `plan`."""
        i18n = config.plugins.get("i18n")
        quizzes: Any = config.plugins["journey-quizzes"]  # the QuizPlugin, which has read the bank
        locale = str(i18n.current_language if i18n else config.theme.get("language") or SOURCE)
        pages, locales = {}, {}
        for file in files.documentation_pages():
            source, written = self.layout.source_of(self.layout.disk_path(PurePosixPath(file.src_uri)))
            if file.page is not None:
                pages[source], locales[source] = file.page, written
        self.view = CourseView(self.book, locale, pages, locales, scored_items_by_page(quizzes.bank))
        env.globals["courses"] = self.view
        return env

    def on_page_context(self, context: Any, /, *, page: Page, config: MkDocsConfig, nav: Any) -> Any:
        source, _ = self.layout.source_of(self.layout.disk_path(PurePosixPath(page.file.src_uri)))
        context["plan"] = self.view.plan(source)
        return context
