"""Brings quizzes to MkDocs: reads the bank once a build and hands it to the Markdown of every page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from ..asking import Subject
from ..content.catalogue import LearningModule
from ..content.model import ContentPage, Project
from ..host import is_first_language, language_of, layout_of, pages_of
from ..layout import Layout
from .bank import Bank, read_bank
from .config import QuizConfig
from .progress import Label, LabelledModule, ProgressView, build_progress_data

EXTENSION = "journey.quizzes.markdown"


class QuizPlugin(BasePlugin[QuizConfig]):
    """The adapter. Checks run with those of the pages, in `journey-content`."""

    layout: Layout
    bank = Subject[Bank]("bank")

    def on_config(self, config: MkDocsConfig) -> None:
        if is_first_language(config):
            self.read(config)

    def read(self, config: MkDocsConfig) -> None:
        """Read the items of all pages, banks and finals."""
        self.layout = layout_of(config)
        self.bank = read_bank(self.layout)

    def on_page_markdown(self, markdown: str, /, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        locale = self.layout.source_of(PurePosixPath(page.file.src_uri))[1]
        config.mdx_configs.setdefault(EXTENSION, {}).update(locale=locale, bank=self.bank)
        return markdown

    def on_env(self, env: Environment, /, *, config: MkDocsConfig, files: Files) -> Environment:
        """Templates find in `quiz_progress` what the page "My progress" needs, in the language being built."""
        content: Any = config.plugins["journey-content"]  # the ContentPlugin, which has read the project
        locale = language_of(config)
        urls = {source: page.file.url for source, page in pages_of(self.layout, files).items()}
        catalogue, project, layout, bank = content.catalogue, content.project, self.layout, self.bank

        def build() -> dict[str, Any]:
            words = _Words(project, catalogue.modules, locale, urls)
            modules = [words.of(one.page, one.page.path.parent) for one in catalogue.modules]
            known = {module.folder for module in modules}
            others = [words.of(page, folder, optional=True) for folder, page in _other_places(project, bank, known)]
            return build_progress_data(bank, layout, [*modules, *others], urls)

        env.globals["quiz_progress"] = ProgressView(build)
        return env


def _other_places(
    project: Project, bank: Bank, known: set[PurePosixPath]
) -> Iterator[tuple[PurePosixPath, ContentPage]]:
    """Folders that are no modules and ask questions: papers with their page, tests of courses with the course's page."""
    asking = {text.path.parent for text in bank.sources.values()}
    asking |= {assessment.path.parent for assessment in bank.assessments.values()}
    for folder in sorted(asking - known):
        page = project.pages.get(folder / "index.md") or project.pages.get(folder.with_suffix(".md"))
        if page:
            yield folder, page


@dataclass(frozen=True)
class _Words:
    """Titles and objectives in a language where they are translated."""

    project: Project
    modules: Sequence[LearningModule]
    locale: str
    urls: Mapping[PurePosixPath, str]

    def of(self, page: ContentPage, folder: PurePosixPath, optional: bool = False) -> LabelledModule:
        """The words of the module, paper or course that `page` is the first page of; its questions are in `folder`."""
        name = str(page.front_matter.values.get("id", "")) or folder.name
        return LabelledModule(name, folder, self._label(page, "title"), self._objectives, optional)

    @cached_property
    def _objectives(self) -> Mapping[str, Label]:
        """All objectives, each leading to the page that it is learnt in: a unit rather than its module."""
        found: dict[str, Label] = {}
        modules = (page for module in self.modules for page in (*(unit.page for unit in module.units), module.page))
        for page in (*modules, *self.project.iter_sources()):
            for objective in page.front_matter.values.get("objectives") or {}:
                found.setdefault(objective, self._label(page, "objectives", objective))
        return found

    def _label(self, page: ContentPage, *keys: str) -> Label:
        for words in (self.project.in_locale(page.path, self.locale), page):
            value = words.front_matter.values if words else {}
            for key in keys:
                value = value.get(key, {}) if isinstance(value, dict) else {}
            if words and isinstance(value, str):
                return Label(value, words.locale, self.urls.get(page.path, ""))
        return Label("", page.locale, self.urls.get(page.path, ""))
