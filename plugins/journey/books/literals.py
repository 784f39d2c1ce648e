"""Text as Typst string literals: the only place where text enters a Typst file.

In a literal nothing is markup and nothing is "smart", so no text of an editor can become code.
JSON's escapes are not Typst's (`\\u0041`, `\\b`), hence our own. https://typst.app/docs/reference/foundations/str/
"""

from __future__ import annotations

import re
from collections.abc import Iterable

# Control characters, unpaired surrogates, line and paragraph separators, and marks that turn the direction of text.
_DROPPED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\ufffe\uffff\u2028\u2029\ud800-\udfff]|[\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)


def literal(text: str) -> str:
    """Any text as one literal; line ends become spaces."""
    text = _DROPPED.sub("", text).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\t\n\r]", " ", text) + '"'


def literal_lines(text: str) -> str:
    """Code as one literal that keeps its lines; a tab becomes four spaces."""
    text = _DROPPED.sub("", text).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + text.replace("\r", "").replace("\n", "\\n").replace("\t", "    ") + '"'


def content(pieces: Iterable[str]) -> str:
    """Expressions one after the other as content: `[#"a";#strong([#"b";]);]`.

    Brackets hold nothing but expressions, so an error in one keeps its place in the file.
    """
    return "[" + "".join(f"#{piece};" for piece in pieces if piece) + "]"


def array(items: Iterable[str]) -> str:
    """A Typst array, also of one or no item."""
    return "(" + "".join(f"{item}, " for item in items) + ")"


def dictionary(entries: dict[str, str]) -> str:
    """A Typst dictionary; keys are plain words."""
    return "(" + "".join(f"{key}: {value}, " for key, value in entries.items()) + ")" if entries else "(:)"
