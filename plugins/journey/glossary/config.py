"""Settings of the plugin `journey-glossary`."""

from mkdocs.config import config_options
from mkdocs.config.base import Config


class GlossaryConfig(Config):
    """`automatic: false` links only what editors link by hand."""

    automatic = config_options.Type(bool, default=True)
