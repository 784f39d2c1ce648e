"""Brings quizzes to MkDocs: reads the bank once a build and hands it to the Markdown of every page."""

from __future__ import annotations

from collections.abc import Mapping
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
        modules, project, layout, bank = content.catalogue.modules, content.project, self.layout, self.bank

        def build() -> dict[str, Any]:
            labelled = [_label(project, module, locale, urls) for module in modules]
            return build_progress_data(bank, layout, labelled, urls)

        env.globals["quiz_progress"] = ProgressView(build)
        return env


def _label(project: Project, module: LearningModule, locale: str, urls: Mapping[PurePosixPath, str]) -> LabelledModule:
    """A module's title and objectives, each leading to the unit that it is learnt in."""

    def label(page: ContentPage, *keys: str) -> Label:
        for words in (project.in_locale(page.path, locale), page):
            value = words.front_matter.values if words else {}
            for key in keys:
                value = value.get(key, {}) if isinstance(value, dict) else {}
            if words and isinstance(value, str):
                return Label(value, words.locale, urls.get(page.path, ""))
        return Label("", page.locale, urls.get(page.path, ""))

    objectives: dict[str, Label] = {}
    for page in [*(unit.page for unit in module.units), module.page]:
        for objective in page.front_matter.values.get("objectives") or {}:
            objectives.setdefault(objective, label(page, "objectives", objective))
    values = module.page.front_matter.values
    return LabelledModule(str(values.get("id", "")), module.page.path.parent, label(module.page, "title"), objectives)
