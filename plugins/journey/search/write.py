"""The files of the index, as scripts: a page that was opened from a disk can load scripts and nothing else.

`search/<locale>/index.js` names the pages and the other files, whose names carry a hash of what is in them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from .model import SearchPage, SearchTerm

FOLDER = "search"


def write_index(
    locale: str, direction: str, words: Mapping[str, str], pages: Sequence[SearchPage], terms: Sequence[SearchTerm]
) -> dict[str, bytes]:
    """Contents by path from the site's root. Same pages, same bytes; the sum of sizes grows with the text alone."""
    files: dict[str, bytes] = {}
    groups: dict[str, list[list[Any]]] = {}
    for number, page in enumerate(pages):
        rows = groups.setdefault(page.group, [])
        rows += [[number, one.anchor, one.heading, one.text] for one in page.sections]
    chunks = []
    for group in sorted(groups):
        name = group.replace("/", "-") or "site"
        body = f"journeySearch.part({_json(locale)},{_json(group)},{_json(groups[group])})\n".encode()
        path = f"{name}.{hashlib.sha256(body).hexdigest()[:10]}.js"
        files[f"{FOLDER}/{locale}/{path}"] = body
        chunks.append([group, path])
    head = {
        "dir": direction,
        "words": dict(words),
        "parts": chunks,
        "pages": [[page.url, page.title, page.place, page.description] for page in pages],
        "terms": [[term.url, term.term, list(term.forms), term.definition] for term in terms],
    }
    return {f"{FOLDER}/{locale}/index.js": f"journeySearch.index({_json(locale)},{_json(head)})\n".encode(), **files}


def _json(value: object) -> str:
    return (
        json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
    )
