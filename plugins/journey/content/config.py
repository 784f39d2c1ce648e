"""Settings of the plugin `journey-content` in `mkdocs.yml`."""

from __future__ import annotations

from mkdocs.config import base
from mkdocs.config import config_options as option


class ContentConfig(base.Config):
    """What an editor can set.

    `mounts`: folders beside `docs/` that become part of the site. `severity`: rule id to info, warning or
    error. `own_theme_files_only`: leave out the style sheets, scripts and pictures of the installed theme,
    for a site whose templates use none of them. `offline: false` takes the saving of pages back: what readers saved is
    deleted from their devices at their next visit. `mistakes`: where readers report a mistake, an address such as
    `mailto:editor@example.org?subject={title}&body={address}`; empty, and no page has the link. `warm: false` makes
    every build make everything anew.
    """

    mounts = option.ListOfItems(option.Type(str), default=["modules", "research"])
    severity = option.Type(dict, default={})
    own_theme_files_only = option.Type(bool, default=False)
    offline = option.Type(bool, default=True)
    warm = option.Type(bool, default=True)
    mistakes = option.Type(str, default="")
