"""Settings of the plugin `journey-search`: none yet."""

from mkdocs.config.base import Config


class SearchConfig(Config):
    """Every page that readers can open is found."""
