"""What our adapters share about MkDocs: where the project lies, and which of its builds is running."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from weakref import WeakKeyDictionary

from markdown import Markdown
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from .layout import Layout
from .locales import SOURCE
from .memory import remembered


def layout_of(config: MkDocsConfig) -> Layout:
    """The project's folders and languages as `mkdocs.yml` sets them."""
    root = Path(config.config_file_path).parent
    plugin, i18n = config.plugins["journey-content"], config.plugins.get("i18n")
    locales = tuple(i18n.build_languages) if i18n else (config.theme.get("language") or SOURCE,)
    docs = Path(config.docs_dir).relative_to(root).as_posix()
    return Layout(root, docs, tuple(plugin.config.mounts), locales, getattr(plugin, "look", None))


def language_of(config: MkDocsConfig) -> str:
    """The language that is being built."""
    i18n = config.plugins.get("i18n")
    return str(i18n.current_language if i18n else config.theme.get("language") or SOURCE)


_pages: WeakKeyDictionary[Files, dict[PurePosixPath, Page]] = WeakKeyDictionary()


def pages_of(layout: Layout, files: Files) -> Mapping[PurePosixPath, Page]:
    """The pages of one language, by the path of their source on disk."""
    found = _pages.get(files)
    if found is None or any(page.file.page is not page for page in found.values()):
        pages = [file.page for file in files.documentation_pages() if file.page is not None]
        found = _pages[files] = {
            layout.source_of(layout.disk_path(PurePosixPath(page.file.src_uri)))[0]: page for page in pages
        }
    return found


@remembered
def line_to_html(text: str) -> str:
    """A line of an editor's Markdown, without any extension."""
    return Markdown().convert(text)


def is_first_language(config: MkDocsConfig) -> bool:
    """Whether this is the first of the language builds of one run; the i18n plugin is new in every run."""
    i18n = config.plugins.get("i18n")
    return i18n is None or i18n.current_language is None
