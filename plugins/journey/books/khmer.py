"""Where a Khmer line may break: Khmer writes no spaces, so words are found by dictionary (ICU) and parted by U+200B.

Typst keeps its own opinion on Khmer; the theme boxes every piece between two U+200B, so that only ours count.
"""

from __future__ import annotations

import re
from functools import cache

import icu

BREAK = "\u200b"

_KHMER = re.compile(r"[\u1780-\u17ff]+")
# Never before the signs that end or repeat (។ ៕ ៗ …) and closing marks, nor after opening ones.
_WRONG = re.compile(BREAK + "(?=[\u17d4-\u17da\u17dc\u17dd)\\]»”%])|(?<=[(\\[«“])" + BREAK)


@cache
def _iterator() -> icu.BreakIterator:
    return icu.BreakIterator.createLineInstance(icu.Locale("km"))


def khmer_words(run: str) -> list[str]:
    """The words of a run of Khmer letters, in order; together they are the run."""
    iterator = _iterator()
    iterator.setText(run)
    words, start = [], 0
    for end in iterator:
        words.append(run[start:end])
        start = end
    return words


def part_khmer(text: str) -> str:
    """The text with U+200B between Khmer words; text without Khmer letters comes back unchanged."""
    parted = _KHMER.sub(lambda match: BREAK.join(khmer_words(match[0])), text)
    return _WRONG.sub("", parted)
