"""Settings of the plugin `journey-charts`: none so far."""

from mkdocs.config.base import Config


class ChartsConfig(Config):
    """Nothing to set."""
