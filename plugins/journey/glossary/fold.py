"""Texts made comparable: what readers can not see or do not mind is folded, and every letter knows where it came from.

Folded are: Unicode normalisation, letter case, kinds of blanks and hyphens, vowel signs and letter variants of Urdu
(Arabic and Urdu kaf, yeh, heh), joiners, and the Khmer subscripts ta and da, which real texts mix.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache

_URDU = str.maketrans(
    {"ي": "ی", "ى": "ی", "ئ": "ئ", "ك": "ک", "ه": "ہ", "ة": "ہ", "ۃ": "ہ", "ۂ": "ہ", "ے": "ے", "أ": "ا", "إ": "ا"}
)
_INVISIBLE = re.compile(
    "[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad\u0640\u064b-\u0652\u0670\u0656-\u0658]"
)
_HYPHENS = {"\u2010": "-", "\u2011": "-", "’": "'", "‘": "'"}
_COENG = "\u17d2"
_SINGLE = (
    _URDU
    | {ord(kind): ord(plain) for kind, plain in _HYPHENS.items()}
    | {ord(kind): " " for kind in "\t\n\r\u00a0\u202f"}
)
_NEEDS_CARE = re.compile(rf"{_INVISIBLE.pattern}|\s\s|[^\S \t\n\r\u00a0\u202f]|{_COENG}\u178a")


@cache
def _fold_cluster(cluster: str) -> str:
    text = unicodedata.normalize("NFC", cluster).casefold().translate(_URDU)
    text = "".join(_HYPHENS.get(character, character) for character in _INVISIBLE.sub("", text))
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> tuple[str, Sequence[int]]:
    """The folded text, and for each of its characters the offset in `text`; one offset more marks the end."""
    if not _NEEDS_CARE.search(text) and unicodedata.is_normalized("NFC", text):
        folded = text.casefold().translate(_SINGLE)
        if len(folded) == len(text) and unicodedata.is_normalized("NFC", folded):
            return folded, range(len(text) + 1)
    return _fold_with_care(text)


def _fold_with_care(text: str) -> tuple[str, Sequence[int]]:
    """The same letter by letter, for texts in which letters vanish or merge."""
    out: list[str] = []
    places: list[int] = []
    position, length = 0, len(text)
    while position < length:
        end = position + 1
        while end < length and unicodedata.combining(text[end]):
            end += 1
        cluster = text[position:end]
        if cluster.isspace():
            folded = "" if out and out[-1] == " " else " "
        elif out and out[-1] == _COENG and cluster == "\u178a":
            folded = "\u178f"
        else:
            folded = _fold_cluster(cluster)
        out += folded
        places += [position] * len(folded)
        position = end
    return "".join(out), [*places, length]


@lru_cache(maxsize=20_000)
def fold_form(form: str) -> str:
    """A term as it is looked for."""
    return fold(form)[0].strip()
