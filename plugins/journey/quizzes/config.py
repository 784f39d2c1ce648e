"""Settings of the plugin `journey-quizzes` in `mkdocs.yml`: none yet."""

from __future__ import annotations

from mkdocs.config import base


class QuizConfig(base.Config):
    """Nothing to set."""
