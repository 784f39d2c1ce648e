"""A feed of what is new or was reviewed, in one language: Atom (RFC 4287). Dates come from front matter."""

from __future__ import annotations

import xml.etree.ElementTree as etree
from collections.abc import Iterable
from dataclasses import dataclass

ATOM = "http://www.w3.org/2005/Atom"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
LIMIT = 50
"""Entries that a feed carries; older ones are on the site."""


@dataclass(frozen=True)
class FeedEntry:
    """A page as the feed tells of it; days in ISO 8601."""

    title: str
    url: str
    summary: str
    updated: str
    published: str = ""


def render_feed(url: str, home: str, title: str, author: str, locale: str, entries: Iterable[FeedEntry]) -> bytes:
    """The feed that stands at `url`, newest first; entries without a day are passed over. b"" if none is left."""
    dated = sorted((one for one in entries if one.updated), key=lambda one: one.url)
    dated = sorted(dated, key=lambda one: one.updated, reverse=True)[:LIMIT]
    if not dated:
        return b""
    feed = etree.Element("feed", {"xmlns": ATOM, XML_LANG: locale})
    _add(feed, "id", url)
    _add(feed, "title", title)
    _add(feed, "updated", _moment(dated[0].updated))
    etree.SubElement(feed, "link", {"rel": "self", "type": "application/atom+xml", "href": url})
    etree.SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "hreflang": locale, "href": home})
    _add(etree.SubElement(feed, "author"), "name", author)
    for one in dated:
        entry = etree.SubElement(feed, "entry")
        _add(entry, "id", one.url)
        _add(entry, "title", one.title)
        _add(entry, "updated", _moment(one.updated))
        if one.published:
            _add(entry, "published", _moment(one.published))
        etree.SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "hreflang": locale, "href": one.url})
        if one.summary:
            _add(entry, "summary", one.summary)
    etree.indent(feed)
    data: bytes = etree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return data + b"\n"


def _add(parent: etree.Element, tag: str, text: str) -> None:
    etree.SubElement(parent, tag).text = text


def _moment(day: str) -> str:
    """A day as RFC 3339 wants it; front matter knows no hours."""
    return f"{day}T00:00:00Z"
