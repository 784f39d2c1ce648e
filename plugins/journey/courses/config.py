"""Settings of the plugin `journey-courses` in `mkdocs.yml`: none yet."""

from __future__ import annotations

from mkdocs.config import base


class CoursesConfig(base.Config):
    """Nothing to set."""
