"""Brings pages to MkDocs: mounts folders, checks content before anything is written, feeds the templates."""

from __future__ import annotations

import gc
import logging
from pathlib import Path, PurePosixPath
from typing import Any, Literal

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from ..asking import Subject
from ..checks import RULES, check_everything
from ..diagnostics import Findings, Policy, Severity, format_text
from ..host import is_first_language, language_of, layout_of, pages_of
from ..layout import Layout, Look
from ..preview.internals import MemoryBytecode, list_theme_once, make_files_once
from ..preview.markdown import BuildMemo
from ..preview.plugin import Preview
from ..warm.host import WarmBuild, open_warm_build
from .catalogue import Catalogue, build_catalogue
from .config import ContentConfig
from .model import Project
from .parse import read_project
from .view import SiteView

EXTENSION = "journey.content.markdown"
YOUNG = 20_000
"""Objects made before Python looks for cycles. Its 700 make it look at a large model over and over: a ninth of a build after a build."""
NO_DATE = "1980-01-01"  # MkDocs wants a date for every page; templates print only reviewed_on

log = get_plugin_logger(__name__)
# What needs no repair stands on its page in the preview and in `journey check --info`; here it would hide the rest.
_LEVELS = {Severity.INFO: logging.DEBUG, Severity.WARNING: logging.WARNING, Severity.ERROR: logging.ERROR}


def policy_of(config: MkDocsConfig) -> Policy:
    """Severities as `mkdocs.yml` sets them; raises PluginError for a rule or word that does not exist."""
    try:
        return Policy.parse(RULES, config.plugins["journey-content"].config.severity)
    except ValueError as error:
        raise PluginError(f"mkdocs.yml: journey-content: severity: {error}") from None


class ContentPlugin(BasePlugin[ContentConfig]):
    """The adapter. Every event runs once per language; reading and checking happens in the first only."""

    layout: Layout
    look: Look | None = None
    """The files as all adapters read them."""
    next_look: Look | None = None
    """The files as the next build shall see them, where a preview has looked already."""
    project = Subject[Project]("project")
    catalogue: Catalogue
    findings = Subject[Findings]("findings")
    memo: BuildMemo | None = None
    warm: WarmBuild | None = None
    """What the last build kept, and what this one will keep."""
    bytecode = MemoryBytecode()
    """Templates, compiled once for the environments of all languages."""
    remembers = True
    """Whether a page that comes out the same in several languages, or as in the last build, is rendered once."""
    checks_later = False
    """Whether somebody else runs the checks: a preview shows pages first."""

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        self.is_preview, self.is_dirty = command == "serve", dirty
        self.checks_later, self.next_look = False, None
        gc.set_threshold(YOUNG, 20, 20)
        self.preview = Preview()
        if self.is_preview:
            self.preview.take_over(dirty)

    def on_shutdown(self) -> None:
        self.preview.end()

    @event_priority(100)  # before all others, which read the same files
    def on_config(self, config: MkDocsConfig) -> None:
        if is_first_language(config):
            self.look = None
            self.look = self.next_look or layout_of(config).take_look()
            self._begin_memo(config)
            self.findings = Findings(())
            self.read(config)
            if not self.checks_later:
                self.check(policy_of(config))
        if self.warm:
            self.warm.begin_language()

    def _begin_memo(self, config: MkDocsConfig) -> None:
        self.memo = self.warm = None
        if self.remembers and not self.checks_later:
            list_theme_once(config)
            make_files_once()
            if self.config.warm and not (self.is_preview or self.is_dirty):
                self.warm = open_warm_build(config, layout_of(config))
            self.memo = self.warm.memo if self.warm else BuildMemo()

    def read(self, config: MkDocsConfig) -> None:
        """Read all pages."""
        self.layout = layout_of(config)
        self.project = read_project(self.layout)
        self.catalogue = build_catalogue(self.project)

    def check(self, policy: Policy) -> None:
        """Run all checks and say what they found; raises PluginError for errors, but not in a preview."""
        self.take_findings(Findings(check_everything(self.layout, self.project)), policy)

    def policy(self, config: MkDocsConfig) -> Policy:
        """The severities that the settings ask for."""
        return policy_of(config)

    def take_findings(self, findings: Findings, policy: Policy) -> None:
        """Say what is new among findings and show them on their pages; raises PluginError for errors, but not in a preview."""
        known, self.findings = set(self.findings.all), findings
        for finding in findings.all:
            if finding not in known:
                log.log(_LEVELS[policy.severity(finding)], format_text(finding, RULES[finding.rule]))
        errors = sum(policy.severity(finding) is Severity.ERROR for finding in findings.all)
        if errors and not self.is_preview:
            raise PluginError(f"{errors} errors in the content; nothing was written.")

    @event_priority(1000)  # before everything that reads a page
    def on_pre_page(self, page: Page, /, *, config: MkDocsConfig, files: Files) -> Page:
        if self.memo:
            self.memo.begin()
        return page

    @event_priority(-1000)  # after everything that changes its text
    def _stand_in(self, markdown: str, /, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        if self.memo:
            self.memo.stand_in(page)
        return markdown

    def on_build_error(self, *, error: Exception) -> None:
        if self.memo:
            self.memo.stop()
        if self.warm:
            self.warm.stop()

    @event_priority(-1000)  # after i18n (-100), which builds the other languages there
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        if self.warm:
            self.warm.end_language()

    def keep(self) -> None:
        """Keep what was found out about the finished site for the next build."""
        if self.warm:
            self.warm.keep_memory()

    @event_priority(100)  # before i18n (-100), which takes only files that claim to lie in docs_dir
    def _mount(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        if self.config.own_theme_files_only:
            for file in [file for file in files if _is_from_installed_theme(file, config)]:
                files.remove(file)
        for path in self.layout.iter_published():
            files.append(File(str(path), config.docs_dir, config.site_dir, config.use_directory_urls))
        return files

    @event_priority(-200)  # after i18n, which makes every File anew: say where the file really lies
    def _restore(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        for file in files:
            if file.src_uri.split("/", 1)[0] in self.layout.mounts and not file.src_uri.startswith("assets/"):
                file.src_dir = str(self.layout.root)
                file.abs_src_path = str(self.layout.root / file.src_uri)
                file.edit_uri = f"../{file.src_uri}"
        return files

    on_files = CombinedEvent(_mount, _restore)

    def on_page_read_source(self, *, page: Page, config: MkDocsConfig) -> str | None:
        """In the preview a page that can not be read shows why, so that the others can still be seen."""
        source = self.project.pages.get(self._path_of(page.file))
        if source is None:
            return None
        if source.is_readable:
            return self.layout.read_text(source.path)
        return f"---\ntitle: {source.path.name}\n---\n"

    def _prepare(self, markdown: str, /, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        self.take_facts(page)
        options = config.mdx_configs.setdefault(EXTENSION, {})
        options.update(locale=self._locale_of(page.file), src_uri=page.file.src_uri, layout=self.layout)
        return markdown

    on_page_markdown = CombinedEvent(_prepare, _stand_in)

    def take_facts(self, page: Page) -> None:
        """A translation takes from its source what is no words; every page takes the day of its review."""
        page.meta = {**self.project.facts_for(self._path_of(page.file)), **page.meta}
        page.update_date = str(page.meta.get("reviewed_on", NO_DATE))

    @event_priority(-1000)  # after everything that gives templates something
    def on_env(self, env: Environment, /, *, config: MkDocsConfig, files: Files) -> Environment:
        pages = pages_of(self.layout, files)
        if self.remembers and env.bytecode_cache is None:
            env.bytecode_cache = self.bytecode
        view = SiteView(self.layout, self.project, self.catalogue, language_of(config), pages)
        env.globals["journey"] = view
        env.globals["is_preview"] = self.is_preview
        if self.warm:
            return self.warm.stand_in(env, config.theme.static_templates, language_of(config), files)
        return env

    @event_priority(1000)  # before everything that asks something for a page
    def on_page_context(self, context: Any, /, *, page: Page, config: MkDocsConfig, nav: Any) -> Any:
        if self.warm:
            self.warm.begin_page(page)
        path = self._path_of(page.file)
        found = self.findings.on(path) if self.is_preview else ()
        policy = self.policy(config) if found else None
        remarks = [one for one in found if policy and policy.severity(one) is Severity.INFO]
        context["problems"] = [
            ("page.problems", [one for one in found if one not in remarks]),
            ("page.remarks", remarks),
        ]
        return context

    def on_serve(self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        for mount in self.layout.mounts if not self.preview.attach(server) else ():
            if (self.layout.root / mount).is_dir():
                server.watch(str(self.layout.root / mount))
        return server

    def _path_of(self, file: File) -> PurePosixPath:
        return self.layout.disk_path(PurePosixPath(file.src_uri))

    def _locale_of(self, file: File) -> str:
        return self.layout.source_of(PurePosixPath(file.src_uri))[1]


def _is_from_installed_theme(file: File, config: MkDocsConfig) -> bool:
    """Whether a file is neither the project's own content nor in its `custom_dir`."""
    path = Path(file.abs_src_path or "")
    own = [config.docs_dir, config.theme.custom_dir]
    return not any(folder and path.is_relative_to(folder) for folder in own)
