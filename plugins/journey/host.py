"""What our adapters share about MkDocs: where the project lies, and which of its builds is running."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from .layout import Layout
from .locales import SOURCE


def layout_of(config: MkDocsConfig) -> Layout:
    """The project's folders and languages as `mkdocs.yml` sets them."""
    root = Path(config.config_file_path).parent
    plugin, i18n = config.plugins["journey-content"], config.plugins.get("i18n")
    locales = tuple(i18n.build_languages) if i18n else (config.theme.get("language") or SOURCE,)
    docs = Path(config.docs_dir).relative_to(root).as_posix()
    return Layout(root, docs, tuple(plugin.config.mounts), locales, getattr(plugin, "look", None))


def is_first_language(config: MkDocsConfig) -> bool:
    """Whether this is the first of the language builds of one run; the i18n plugin is new in every run."""
    i18n = config.plugins.get("i18n")
    return i18n is None or i18n.current_language is None
