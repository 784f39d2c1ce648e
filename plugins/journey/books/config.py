"""Settings of the plugin `journey-books` in `mkdocs.yml`."""

from __future__ import annotations

from mkdocs.config import base


class BooksConfig(base.Config):
    """Nothing to set yet: books are described in their own files."""
