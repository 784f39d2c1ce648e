"""The model of a site that a preview keeps: MkDocs' build, taken apart into steps that can be done when they are needed.

They are the model of every language (settings, files, navigation, titles), the text of one page, one page in its
template, and what is written once a language.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, InclusionLevel, get_files, set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from ..asking import Notebook, current_subjects, present, witnessed
from ..checks import check_everything
from ..diagnostics import Findings
from ..layout import Look
from ..locales import LOCALES, SOURCE
from .beside import align
from .internals import OURS, context_of, list_theme_once, make_files_once, write_theme_template
from .markdown import LINK_LOG, render
from .memo import Memo, Rendered
from .model import Language, Links, Shown, SitePage


class Site:
    """The model of the site in all its languages, made anew when files come or go or settings change."""

    def __init__(
        self, config: MkDocsConfig, memo: Memo, bytecode: jinja2.BytecodeCache, look: Look | None = None
    ) -> None:
        """`look` is what was seen of the content already."""
        self.config, self.memo = config, memo
        memo.begin()
        self.content: Any = config.plugins["journey-content"]
        if "journey-search" in config.plugins:
            search: Any = config.plugins["journey-search"]
            search.collects = False  # it is asked when the texts of a language are there
        self._bytecode = bytecode
        self._i18n = config.plugins.get("i18n")
        list_theme_once(config)
        make_files_once()
        content: Any = self.content
        content.checks_later, content.next_look = True, look
        self.languages: dict[str, Language] = {}
        self.by_dest: dict[Path, SitePage] = {}
        self.written_once: list[Path] = []
        self._by_source: dict[Path, list[File]] = {}
        self.root = Path(config.config_file_path).parent
        self.site_dir = Path(config.site_dir)
        for code in self._codes():
            self._add_language(code)

    # --- the model -----------------------------------------------------------------------------

    def _codes(self) -> list[str]:
        if self._i18n is None:
            return [str(self.config.theme.get("language") or SOURCE)]
        default = str(self._i18n.default_language)
        return [default, *(code for code in self._i18n.build_languages if code != default)]

    def _add_language(self, code: str) -> None:
        config = self.config
        if self._i18n is not None:
            if self.languages:
                self._i18n.current_language = code
            self._i18n.building = True  # it would build the other languages when one is done
        config.plugins.on_config(config)
        config.plugins.on_pre_build(config=config)
        files = get_files(config)
        env = config.theme.get_env()
        env.bytecode_cache = self._bytecode
        files.add_files_from_theme(env, config)
        files = config.plugins.on_files(files, config=config)
        set_exclusions(files, config)
        nav = config.plugins.on_nav(get_navigation(files, config), config=config, files=files)
        settings, theme = dict(config.data), {key: config.theme[key] for key in config.theme}
        language = self.languages[code] = Language(code, settings, theme, files, nav, env)
        layout = self.content.layout
        for file in files.documentation_pages():
            if file.page is None:
                Page(None, file, config)
            path = layout.disk_path(PurePosixPath(file.src_uri))
            page = SitePage(language, file, layout.source_of(path)[0], path, Links(files, file, get_relative_url))
            language.pages.append(page)
            self.by_dest[page.dest] = page
            self.read_head(page)
        self._show_views(language, everyone=True)

    def activate(self, language: Language) -> None:
        """Settings and plugins as they are while this language is built; its titles and views as they are now."""
        self.config.data.update(language.settings)
        for key, value in language.theme.items():
            self.config.theme[key] = value
        if self._i18n is not None:
            self._i18n.current_language = language.code
        if language.awaits:
            language.awaits = False
            try:
                for page in language.pages:
                    if page.source in language.unread:
                        self.read_head(page)
                self._show_views(language)
            except BaseException:
                language.awaits = True
                raise
            language.unread.clear()

    def read_head(self, site_page: SitePage) -> None:
        """Title and front matter, from the bytes as they were seen. A title that only the text has needs the text."""
        page = site_page.page
        page.read_source(self.config)
        self.content.take_facts(page)
        site_page.data = self.content.look.contents.get(site_page.path)
        if "title" not in page.meta:
            self.render_text(site_page)

    def refresh(self, changed: frozenset[PurePosixPath], look: Look) -> None:
        """Read changed content as `look` has it; `changed` are files below the project, none of which came or went."""
        self.content.look = look
        for name in OURS:
            plugin = self.config.plugins.get(name)
            if plugin is not None and hasattr(plugin, "read"):
                plugin.read(self.config)
        sources = {self.content.layout.source_of(path)[0] for path in changed if path.suffix == ".md"}
        for language in self.languages.values():
            language.awaits = True
            language.unread |= sources

    def _show_views(self, language: Language, everyone: bool = False) -> None:
        """Let the adapters renew what templates ask of them."""
        before = {} if everyone else language.env.globals
        if everyone:
            before = dict(language.env.globals)
            self.config.plugins.on_env(language.env, config=self.config, files=language.files)
            names = [name for name in language.env.globals if language.env.globals[name] is not before.get(name)]
            language.views = tuple(name for name in names if not _is_plain(language.env.globals[name]))
            self._plain_names = tuple(name for name in names if _is_plain(language.env.globals[name]))
        else:
            for name in OURS:
                plugin = self.config.plugins.get(name)
                if plugin is not None and hasattr(plugin, "on_env"):
                    plugin.on_env(language.env, config=self.config, files=language.files)
        for name in language.views:
            present(f"{name} {language.code}", language.env.globals[name])
        plain = {name: language.env.globals.get(name) for name in self._plain_names}
        heads = [(one.file.src_uri, str(one.page.title), one.page.meta) for one in language.pages]
        if heads != language.heads or plain != language.plain:
            language.heads, language.plain = heads, plain
            language.version += 1

    # --- one page ------------------------------------------------------------------------------

    def text_of(self, site_page: SitePage) -> Rendered:
        """The page's text after Markdown, new only if something that it was made from has changed."""
        rendered = site_page.rendered
        present("links", site_page.links)
        if rendered and site_page.rendered_from is site_page.data and self.memo.holds(rendered.notebook):
            return rendered
        return self.render_text(site_page)

    def render_text(self, site_page: SitePage) -> Rendered:
        """Run the events of a page's text, and Markdown if the memo has no result that holds."""
        page, config, links = site_page.page, self.config, site_page.links
        notebook = Notebook()
        config._current_page = page
        present("files", site_page.language.files)
        try:
            with notebook.opened():
                config.plugins.on_pre_page(page, config=config, files=links)  # type: ignore[arg-type]
                page.read_source(config)
                page.markdown = config.plugins.on_page_markdown(
                    page.markdown or "",
                    page=page,
                    config=config,
                    files=links,  # type: ignore[arg-type]
                )

            def finish(content: str) -> str:
                return config.plugins.on_page_content(content, page=page, config=config, files=links)  # type: ignore[arg-type]

            found = render(page, config, links, self.memo, notebook, finish)
        finally:
            config._current_page = None
        site_page.rendered, site_page.rendered_from = found, self.content.look.contents.get(site_page.path)
        return found

    def show(self, site_page: SitePage) -> str:
        """The page in its template, new only if something that it was made from has changed."""
        language, page = site_page.language, site_page.page
        self.activate(language)
        rendered = self.text_of(site_page)
        stamp = (rendered.content, rendered.toc, page.title, page.meta, language.version)
        shown = site_page.shown
        if shown and shown.stamp == stamp and shown.notebook.holds():
            return shown.html
        notebook = Notebook()
        with notebook.opened():
            html = self._run_template(language, page)
        site_page.shown = Shown(html, stamp, notebook)
        return html

    def show_beside(self, site_page: SitePage, code: str) -> str | None:
        """The page with another language's text beside its own; None if it has none, or shows that language already."""
        language = self.languages.get(code)
        other = next((one for one in language.pages if one.source == site_page.source), None) if language else None
        if language is None or other is None or other.path == site_page.path:
            return None
        self.activate(language)
        beside = self.text_of(other).content
        self.activate(site_page.language)
        rows, env = align(self.text_of(site_page).content, beside), site_page.language.env
        codes = [self.content.layout.source_of(one.path)[1] for one in (site_page, other)]
        try:
            template = env.get_template("journey/beside.html")
        except jinja2.TemplateNotFound:
            return None
        page = site_page.page
        content = page.content
        page.content = template.render(rows=rows, here=LOCALES[codes[0]], beside=LOCALES[codes[1]])
        try:
            return self._run_template(site_page.language, page)
        finally:
            page.content = content

    def _run_template(self, language: Language, page: Page) -> str:
        config, nav = self.config, language.nav
        config._current_page = page
        try:
            page.active = True
            context = context_of(page, nav, [one.file for one in language.pages], config)
            template = language.env.get_template(page.meta.get("template", "main.html"))
            context = config.plugins.on_page_context(context, page=page, config=config, nav=nav)
            for name in language.views:
                context[name] = witnessed(  # type: ignore[literal-required]
                    f"{name} {language.code}", language.env.globals[name], whole=True
                )
            output = template.render(context)
            return config.plugins.on_post_page(output, page=page, config=config)
        finally:
            page.active = False
            config._current_page = None

    # --- what is written once ------------------------------------------------------------------

    def iter_pages(self) -> Iterator[SitePage]:
        """Every page of every language."""
        for language in self.languages.values():
            yield from language.pages

    def iter_statics(self, sources: Iterable[Path] | None = None) -> Iterator[File]:
        """Every file that is copied, or those that come from some sources; each place once, as the last language has it."""
        if not self._by_source:
            places: dict[str, File] = {}
            for language in self.languages.values():
                for file in language.files:
                    if not file.is_documentation_page() and InclusionLevel.is_included(file.inclusion):  # type: ignore[no-untyped-call]
                        places[file.abs_dest_path] = file
            for file in places.values():
                self._by_source.setdefault(Path(str(file.abs_src_path)), []).append(file)
        for source in self._by_source if sources is None else sources:
            yield from self._by_source.get(source, ())

    def write_templates(self) -> list[Path]:
        """Write what belongs to no page, as the last language leaves it; gives the files."""
        language = list(self.languages.values())[-1]
        self.activate(language)
        written = []
        for name in sorted(self.config.theme.static_templates):
            write_theme_template(name, language.env, language.files, self.config, language.nav)
            written += [self.site_dir / name, *([self.site_dir / f"{name}.gz"] if name == "sitemap.xml" else [])]
        return written

    def templates_stamp(self) -> tuple[object, ...]:
        """What those depend on."""
        for language in self.languages.values():
            self.activate(language)
        versions = tuple((one.code, one.version) for one in self.languages.values())
        return versions, current_subjects().get("wording")

    def search_stamp(self, language: Language) -> tuple[object, ...]:
        """What the index of a language depends on."""
        plugin: Any = self.config.plugins.get("journey-search")
        self.activate(language)
        texts = [self.text_of(one).content for one in language.pages]
        return language.version, getattr(plugin, "glossary", None), current_subjects().get("wording"), texts

    def search_files(self, language: Language) -> dict[str, bytes]:
        """The index of a language, by path below the site; nothing without the plugin."""
        plugin: Any = self.config.plugins.get("journey-search")
        if plugin is None:
            return {}
        self.activate(language)
        found = {}
        for one in language.pages:
            rendered, page = self.text_of(one), one.page
            stamp = (rendered.content, str(page.title), page.meta.get("description"))
            if one.found is None or one.found[0] != stamp:
                one.found = stamp, plugin.describe(page, rendered.content, language.code)
            if one.found[1] is not None:
                found[one.file.src_uri] = one.found[1]
        files: dict[str, bytes] = plugin.index_of(language.code, found)
        return files

    def check_anchors(self, said: set[str]) -> None:
        """Say which links lead to places that do not exist, as MkDocs does at the end of every language; once each."""
        level, logger, now = self.config.validation.links.anchors, logging.getLogger(LINK_LOG), set()

        def is_new(record: logging.LogRecord) -> bool:
            now.add(record.getMessage())
            return record.getMessage() not in said

        logger.addFilter(is_new)
        try:
            for language in self.languages.values():
                for one in language.pages:
                    one.page.validate_anchor_links(files=language.files, log_level=level)
        finally:
            logger.removeFilter(is_new)
        said.clear()
        said.update(now)

    def find_problems(self) -> Findings:
        """What the checks of all capabilities find in the files as they were seen."""
        return Findings(check_everything(self.content.layout, self.content.project))

    def take_findings(self, findings: Findings) -> bool:
        """Show findings on their pages and say those that are new; whether there is any difference."""
        before = self.content.findings
        self.content.take_findings(findings, self.content.policy(self.config))
        return bool(before != findings)

    def copy(self, file: File) -> None:
        """Copy one file to its place."""
        target = Path(file.abs_dest_path)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(str(file.abs_src_path), target)

    def extra_files(self) -> list[Path]:
        """Files that adapters write by themselves: feeds."""
        return [self.site_dir / str(feed) for one in self.languages.values() if (feed := one.env.globals.get("feed"))]


def _is_plain(value: object) -> bool:
    return value is None or isinstance(value, (str, bool, int, float))
