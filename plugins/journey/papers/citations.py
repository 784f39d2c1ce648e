"""Citations in text: Pandoc's syntax, `[@key]`, `[@key, p. 12]`, `[@a; @b, table 3]`.

The same pattern finds them in raw text, for the checks, and in paragraphs, for the page.
A bare `@key` is none, because e-mail addresses and handles look like one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..markup import LineFinder, find_blocks, mask_code
from .model import Citation, Cluster, Suspect

KEY = r"[A-Za-z0-9_](?:[A-Za-z0-9_:.+/-]*[A-Za-z0-9_])?"
"""Pandoc's citation keys, less the signs that an address or a file name could not carry."""

_ONE = rf"@{KEY}(?:\s*,[^\[\]@;\\`\x02\x03]+)?"
PATTERN = rf"\[(\s*{_ONE}(?:\s*;\s*{_ONE})*)\s*\](?!\(|\[(?![@^]))"
"""A bracket of citations; what an address or another bracket follows is a link."""

_CLUSTER = re.compile(PATTERN)
_BRACKET = re.compile(r"(?<![!\\\]])\[((?:(?!\n[ \t]*\n)[^\[\]])*)\](?!\(|\[(?![@^]))")
_MARKED_KEY = re.compile(rf"(?<![\w@/.])@({KEY})")
_BARE_KEY = re.compile(rf"(?<![\w@/.:\\<-])@({KEY})")
_HEADING = re.compile(r"^#{1,6}[ \t]", re.M)

_HINT_BARE = "Put it between brackets: [{key}]."
_HINT_COMMA = "Write a comma behind the key: [@key, p. 12]."
_HINT_SEMICOLON = "Part two works with a semicolon: [@first; @second, p. 12]."
_HINT_BEFORE = "Words before a citation stand before the bracket: see [@key, p. 12]."
_HINT_FORM = "Write [@key], [@key, p. 12] or [@first; @second, table 3]."


def parse_cluster(body: str) -> tuple[Citation, ...]:
    """The citations between the brackets; `body` is what `PATTERN` matched as its first group."""
    found = []
    for one in body.split(";"):
        key, _, locator = one.partition(",")
        found.append(Citation(key.strip().removeprefix("@"), " ".join(locator.split())))
    return tuple(found)


def find_citations(text: str) -> tuple[tuple[Cluster, ...], tuple[Suspect, ...], tuple[int, ...]]:
    """Citations of a page's text without front matter, what looks like some, and the lines of `/// references`."""
    if "@" not in text and "references" not in text:
        return (), (), ()
    masked = mask_code(text)
    line_of = LineFinder(masked)
    headings = {line_of(match.start()) for match in _HEADING.finditer(masked)}
    clusters = tuple(
        Cluster(parse_cluster(match[1]), line_of(match.start()), line_of(match.start()) in headings)
        for match in _CLUSTER.finditer(masked)
        if masked[match.start() - 1 : match.start()] not in ("!", "\\")
    )
    blocks, _ = find_blocks(masked, line_of)
    lists = tuple(block.line for block in blocks if block.name == "references")
    rest = _CLUSTER.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), masked)
    return clusters, tuple(_iter_suspects(rest, line_of)), lists


def _iter_suspects(text: str, line_of: LineFinder) -> Iterator[Suspect]:
    inside = []
    for match in _BRACKET.finditer(text):
        keys = tuple(_MARKED_KEY.findall(match[1]))
        if keys:
            inside.append(match.span())
            certain = bool(re.match(rf"\s*-?@{KEY}", match[1]))
            shown = " ".join(match[0].split())
            yield Suspect(shown, keys, line_of(match.start()), certain, _hint(match[1], keys))
    for match in _BARE_KEY.finditer(text):
        if not any(start <= match.start() < end for start, end in inside):
            hint = _HINT_BARE.format(key=match[0])
            yield Suspect(match[0], (match[1],), line_of(match.start()), False, hint)


def _hint(body: str, keys: tuple[str, ...]) -> str:
    if not body.lstrip().startswith("@"):
        return _HINT_BEFORE
    if len(keys) > 1 and ";" not in body:
        return _HINT_SEMICOLON
    if re.match(rf"\s*@{re.escape(keys[0])}\s+[^\s,;]", body):
        return _HINT_COMMA
    return _HINT_FORM
