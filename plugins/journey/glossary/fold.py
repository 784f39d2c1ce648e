"""Texts made comparable: what readers can not see or do not mind is folded, and every letter knows where it came from.

Folded are: Unicode normalisation, letter case, kinds of blanks and hyphens, vowel signs and letter variants of Urdu
(Arabic and Urdu kaf, yeh, heh), joiners, and the Khmer subscripts ta and da, which real texts mix.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
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
_STRETCH = re.compile(r"\s+|\S+(?:\s\S+)*")
_WORD = re.compile(r"\s+|\S+")


@cache
def _fold_cluster(cluster: str) -> str:
    text = unicodedata.normalize("NFC", cluster).casefold().translate(_URDU)
    text = "".join(_HYPHENS.get(character, character) for character in _INVISIBLE.sub("", text))
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> tuple[str, Sequence[int]]:
    """The folded text, and for each of its characters the offset in `text`; one offset more marks the end."""
    folded = _fold_evenly(text)
    return _fold_with_care(text) if folded is None else (folded, range(len(text) + 1))


def _fold_evenly(text: str) -> str | None:
    """The folded text if that has a letter for each of its own, as most texts have."""
    if _NEEDS_CARE.search(text) or not unicodedata.is_normalized("NFC", text):
        return None
    folded = text.casefold().translate(_SINGLE)
    return folded if len(folded) == len(text) and unicodedata.is_normalized("NFC", folded) else None


def _fold_with_care(text: str) -> tuple[str, Sequence[int]]:
    """The same for texts in which letters vanish or merge: letter by letter, but only in the words where they do."""
    out: list[str] = []
    places: list[int] = []
    for start, end, even in _pieces(text):
        if text[start].isspace():
            folded = "" if out and out[-1].endswith(" ") else " "
            own: Sequence[int] = range(start, start + len(folded))
        else:
            folded, own = _fold_word(text[start:end], start) if even is None else (even, range(start, end))
        if folded:
            out.append(folded)
            places += own
    return "".join(out), [*places, len(text)]


def _pieces(text: str) -> Iterator[tuple[int, int, str | None]]:
    """Long pieces of a text that fold evenly, and the blanks and words around them, as beginning, end, folded text."""
    for stretch in _STRETCH.finditer(text):
        even = _fold_evenly(stretch[0])
        if even is not None or stretch[0].isspace():
            yield *stretch.span(), even
            continue
        for word in _WORD.finditer(text, *stretch.span()):
            yield *word.span(), _fold_evenly(word[0])


def _fold_word(word: str, start: int) -> tuple[str, Sequence[int]]:
    """A word letter by letter, and the offsets of its letters, counted from the one of the word."""
    out: list[str] = []
    places: list[int] = []
    position = 0
    while position < len(word):
        end = position + 1
        while end < len(word) and unicodedata.combining(word[end]):
            end += 1
        cluster = word[position:end]
        folded = "\u178f" if out and out[-1] == _COENG and cluster == "\u178a" else _fold_cluster(cluster)
        out += folded
        places += [start + position] * len(folded)
        position = end
    return "".join(out), places


@lru_cache(maxsize=20_000)
def fold_form(form: str) -> str:
    """A term as it is looked for."""
    return fold(form)[0].strip()
