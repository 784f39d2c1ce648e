"""What MkDocs, Material and static-i18n do not promise and a quick preview or a warm build leans on. `find_changed` checks it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from typing import Any

import jinja2
import mkdocs.commands.build
import mkdocs.commands.serve
import mkdocs.livereload
import mkdocs_static_i18n.suffix
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

OURS = tuple(
    f"journey-{name}"
    for name in ("content", "quizzes", "books", "facts", "figures", "charts", "glossary", "search", "papers", "courses")
)
KNOWN = frozenset({*OURS, "i18n"})
"""Plugins that a preview knows how to ask; with any other in the settings plain `serve` does the work."""

_SIGNATURES: Mapping[str, tuple[Callable[..., Any], tuple[str, ...]]] = {
    "mkdocs.commands.build.build": (mkdocs.commands.build.build, ("config", "serve_url", "dirty")),
    "mkdocs.commands.build.get_context": (
        mkdocs.commands.build.get_context,
        ("nav", "files", "config", "page", "base_url"),
    ),
    "mkdocs.commands.build._build_theme_template": (
        mkdocs.commands.build._build_theme_template,
        ("template_name", "env", "files", "config", "nav"),
    ),
    "mkdocs.structure.pages.Page.render": (Page.render, ("self", "config", "files")),
    "mkdocs.structure.pages.Page.read_source": (Page.read_source, ("self", "config")),
    "mkdocs.structure.files.Files.get_file_from_path": (Files.get_file_from_path, ("self", "path")),
    "mkdocs_static_i18n.suffix.create_i18n_file": (
        mkdocs_static_i18n.suffix.create_i18n_file,
        ("file", "current_language", "default_language", "all_languages", "config"),
    ),
    "mkdocs.livereload.LiveReloadServer.serve_request": (
        mkdocs.livereload.LiveReloadServer.serve_request,
        ("self", "environ", "start_response"),
    ),
}
_TESTED = {"mkdocs": ("1.6",), "mkdocs-material": ("9.",), "mkdocs-static-i18n": ("1.",)}


def find_changed() -> str:
    """What is not as this module knows it, in one line; empty if all is."""
    for name, tested in _TESTED.items():
        if not version(name).startswith(tested):
            return f"{name} is {version(name)}"
    for name, (function, names) in _SIGNATURES.items():
        if tuple(inspect.signature(function).parameters) != names:
            return f"{name} has other parameters"
    if getattr(mkdocs.commands.serve, "build", None) is not mkdocs.commands.build.build:
        return "mkdocs.commands.serve builds in another way"
    return ""


def find_unknown(config: MkDocsConfig, strict: bool = False) -> str:
    """What in the settings a preview does not know, in one line; empty if it knows all. `strict` says that it knows that."""
    others = [name for name in config.plugins if name not in KNOWN]
    if others:
        return f"the plugin {others[0]}"
    if "journey-content" not in config.plugins:
        return "a site without journey-content"
    i18n = config.plugins.get("i18n")
    if i18n is not None and (i18n.config.docs_structure != "suffix" or i18n.config.build_only_locale):
        return "the languages' folders"
    for key in ("hooks", "extra_templates", "draft_docs"):
        if config.get(key):
            return f"`{key}`"
    return "`strict`" if config.strict and not strict else ""


def replace_build(build: Callable[..., None]) -> Callable[..., None]:
    """Let `mkdocs serve` call another function than MkDocs' build; gives the one that it has called so far."""
    before: Callable[..., None] = vars(mkdocs.commands.serve)["build"]
    vars(mkdocs.commands.serve)["build"] = build
    return before


def load_again(config: MkDocsConfig, options: Mapping[str, Any]) -> MkDocsConfig:
    """Read the settings again with the options of the command; raises what MkDocs raises for settings that are wrong."""
    again = load_config(config.config_file_path, site_dir=config.site_dir, **options)
    again.watch = list(config.watch)
    again.site_url = config.site_url  # the address of the server
    return again


def context_of(page: Page, nav: Navigation, files: Sequence[File], config: MkDocsConfig) -> Any:
    """What MkDocs gives the template of a page."""
    return mkdocs.commands.build.get_context(nav, files, config, page)


def write_theme_template(
    name: str, env: jinja2.Environment, files: Files, config: MkDocsConfig, nav: Navigation
) -> None:
    """Write what a theme makes once: the page for what is not found, the list for search engines."""
    mkdocs.commands.build._build_theme_template(name, env, files, config, nav)


def stop_watching(server: mkdocs.livereload.LiveReloadServer, instead: Callable[[], object]) -> None:
    """Keep MkDocs from looking at the disk; what is watched later leads to `instead`."""
    for path in list(server._watched_paths):
        server.unwatch(path)
    server.builder = lambda: (instead(), None)[1]


def list_theme_once(config: MkDocsConfig) -> None:
    """Let the theme's folders be gone through once for all languages: they hold thousands of files."""
    get_env, listed = config.theme.get_env, list[str]()

    def get_listing_env() -> jinja2.Environment:
        env = get_env()
        list_templates = env.list_templates

        def list_once(extensions: Any = None, filter_func: Callable[[str], bool] | None = None) -> list[str]:
            if filter_func is None or extensions is not None:
                return list_templates(extensions, filter_func)
            if not listed:
                listed.extend(list_templates(filter_func=filter_func))
            return listed

        vars(env)["list_templates"] = list_once
        return env

    vars(config.theme)["get_env"] = get_listing_env


def make_files_once() -> None:
    """Let static-i18n work out once what a file is called in each language: it asks anew for every pair of languages."""
    suffix = vars(mkdocs_static_i18n.suffix)
    make = suffix["create_i18n_file"]
    if not isinstance(make, _FileMaker) and not find_changed():
        suffix["create_i18n_file"] = _FileMaker(make)


class _FileMaker:
    """Stands in for static-i18n's maker of files: the same file asked for again is a copy."""

    MOST = 100_000

    def __init__(self, make: Callable[..., Any]) -> None:
        self._make, self._made = make, dict[tuple[object, ...], Any]()

    def __call__(
        self, file: File, current_language: str, default_language: str, all_languages: list[str], config: MkDocsConfig
    ) -> Any:
        settings = tuple(map(config.data.get, ("docs_dir", "site_dir", "use_directory_urls")))
        languages = current_language, default_language, *all_languages
        key = (file.src_uri, file.dest_uri, file.inclusion, settings, languages)
        made = self._made.get(key)
        if made is None:
            if len(self._made) > self.MOST:
                self._made.clear()
            made = self._made[key] = self._make(file, current_language, default_language, all_languages, config)
        other = object.__new__(type(made))  # `copy.copy` takes six times as long
        vars(other).update(vars(made))
        other.alternates = {current_language: other}
        return other


class MemoryBytecode(jinja2.BytecodeCache):
    """Compiled templates: the environments of all languages are their own, but compile once."""

    def __init__(self) -> None:
        self._code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Any) -> None:
        if bucket.key in self._code:
            bucket.bytecode_from_string(self._code[bucket.key])

    def dump_bytecode(self, bucket: Any) -> None:
        self._code[bucket.key] = bucket.bytecode_to_string()
