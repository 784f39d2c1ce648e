"""Brings sources to MkDocs: citations on pages, "Cite this page", metadata, and a feed for each language."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.utils import write_file

from ..asking import Subject
from ..content.model import ContentPage, Project
from ..host import is_first_language, language_of, layout_of
from ..layout import Kind, Layout
from ..locales import SOURCE
from .config import PapersConfig
from .feed import FeedEntry, render_feed
from .metadata import highwire_tags, script_of
from .model import Library
from .parse import read_library
from .record import PageRecord, forms_of, later
from .style import Style

EXTENSION = "journey.papers.markdown"


class PapersPlugin(BasePlugin[PapersConfig]):
    """The adapter. Checks run with those of the pages, in `journey-content`."""

    layout: Layout
    library = Subject[Library]("library")
    styles: dict[tuple[PurePosixPath, str], Style]
    names: dict[str, str]
    """The site's name by language."""

    def on_config(self, config: MkDocsConfig) -> None:
        if is_first_language(config):
            i18n = config.plugins.get("i18n")
            names = {one.locale: one.site_name for one in i18n.config.languages if one.site_name} if i18n else {}
            self.names = dict.fromkeys(layout_of(config).locales, config.site_name) | names
            self.read(config)

    def read(self, config: MkDocsConfig) -> None:
        """Read all works and all citations."""
        self.layout = layout_of(config)
        self.library = read_library(self.layout)
        self.styles = {}

    def on_page_markdown(self, markdown: str, /, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        config.mdx_configs.setdefault(EXTENSION, {})["style"] = self.style_for(self._path_of(page)) or ""
        return markdown

    def on_env(self, env: Environment, /, *, config: MkDocsConfig, files: Files) -> Environment:
        """Write the feed of the language being built; templates find its address in `feed`."""
        locale = language_of(config)
        project, below = self._project(config), "" if locale == SOURCE else f"{locale}/"
        pages = [file.page for file in files.documentation_pages() if file.page is not None]
        found = [project.pages[path] for page in pages if (path := self._path_of(page)) in project.pages]
        entries = [self._entry(one, config) for one in found if one.locale == locale]
        feed, home = f"{below}{self.config.feed}", config.site_url or ""
        name = self.names[locale]
        data = render_feed(home + feed, home + below, name, self._author(config, locale), locale, entries)
        env.globals["feed"] = feed if self.config.feed and home and data else ""
        if env.globals["feed"]:
            write_file(data, str(Path(config.site_dir) / feed))
        return env

    def on_page_context(self, context: Any, /, *, page: Page, config: MkDocsConfig, nav: Any) -> Any:
        path = self._path_of(page)
        written = self._project(config).pages.get(path)
        cites = self.library.pages.get(path)
        context["cite_forms"], context["scholarly"] = (), None
        if written is None:
            return context
        citable = bool(page.meta.get("cite") or (cites and cites.clusters))
        if not (citable or self._teaches(written)):
            return context
        record = self.record_of(written, page.meta, config)
        if citable:
            context["cite_forms"] = tuple(forms_of(record))
        i18n = config.plugins.get("i18n")
        if record.url and (i18n is None or str(i18n.current_language) == written.locale):
            tags = tuple(highwire_tags(record)) if citable or _is_paper(written) else ()
            context["scholarly"] = {"tags": tags, "json": script_of(record)}
        return context

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """What renders pages after the build, such as books, must not take the last page's works for its own."""
        config.mdx_configs.get(EXTENSION, {}).pop("style", None)

    def style_for(self, path: PurePosixPath) -> Style | None:
        """The works that a page can cite, in its language; each made once a build."""
        bibliography, locale = self.library.works_for(path), self.layout.source_of(path)[1]
        if bibliography is None:
            return None
        return self.styles.setdefault((path.parent, locale), Style(bibliography, locale))

    def record_of(self, page: ContentPage, meta: Any, config: MkDocsConfig) -> PageRecord:
        """What is said of a page; `meta` is its front matter with what a translation takes from its source."""
        project, home = self._project(config), config.site_url or ""
        urls = {
            locale: home + self.layout.page_url(page.source, locale)
            for locale in self.layout.locales
            if (one := project.in_locale(page.source, locale)) and one.locale == locale
        }
        style, cites = self.style_for(page.path), self.library.pages.get(page.path)
        cited = [style.references[key] for key in cites.keys if key in style.references] if style and cites else []
        return PageRecord(
            id=str(meta.get("id") or page.source.with_suffix("").name),
            title=str(meta.get("title", "")),
            description=str(meta.get("description", "")),
            author=self._author(config, page.locale),
            site=self.names[page.locale],
            locale=page.locale,
            url=urls[page.locale] if home else "",
            published=str(meta.get("published", "")),
            modified=later(meta.get("published"), meta.get("reviewed_on")),
            is_paper=_is_paper(page),
            objectives=[str(text) for text in (meta.get("objectives") or {}).values()],
            sdg=[str(target) for target in meta.get("sdg") or []],
            translations=[(locale, url) for locale, url in urls.items() if locale not in (page.locale, SOURCE)],
            source_url=urls.get(SOURCE, "") if page.is_translation else "",
            cited=cited,
        )

    def _entry(self, page: ContentPage, config: MkDocsConfig) -> FeedEntry:
        values = page.front_matter.values
        return FeedEntry(
            str(values.get("title", "")),
            (config.site_url or "") + self.layout.page_url(page.source, page.locale),
            str(values.get("description", "")),
            later(values.get("published"), values.get("reviewed_on")),
            str(values.get("published", "")),
        )

    def _author(self, config: MkDocsConfig, locale: str) -> str:
        return self.config.cite_as or config.site_author or self.names[locale]

    def _teaches(self, page: ContentPage) -> bool:
        """Whether a page is there to learn from: all of modules and papers, and the courses."""
        top, *below = page.path.parts
        return top in self.layout.mounts or below[0] == "courses"

    def _path_of(self, page: Page) -> PurePosixPath:
        return self.layout.disk_path(PurePosixPath(page.file.src_uri))

    @staticmethod
    def _project(config: MkDocsConfig) -> Project:
        content: Any = config.plugins["journey-content"]  # the ContentPlugin, which has read the project
        project: Project = content.project
        return project


def _is_paper(page: ContentPage) -> bool:
    return page.kind is Kind.PAPER and page.source.name == "index.md"
