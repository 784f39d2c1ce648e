"""Settings of the plugin `journey-papers`."""

from mkdocs.config import config_options
from mkdocs.config.base import Config


class PapersConfig(Config):
    """`cite_as`: the organisation that pages are cited under; `site_author`, then the site's name, if it is empty.

    `feed`: the name of the feed in the folder of each language; empty makes none.
    """

    cite_as = config_options.Type(str, default="")
    feed = config_options.Type(str, default="feed.xml")
