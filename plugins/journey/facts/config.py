"""Settings of the plugin `journey-facts`."""

from mkdocs.config import config_options
from mkdocs.config.base import Config


class FactsConfig(Config):
    """`page` is the page of all facts, below docs/."""

    page = config_options.Type(str, default="facts.md")
