"""Settings of the plugin `journey-figures`: none so far."""

from mkdocs.config.base import Config


class FiguresConfig(Config):
    """Nothing to set."""
