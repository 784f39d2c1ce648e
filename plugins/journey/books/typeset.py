"""What a language wants of its spaces and breaks, and texts of the interface on their way into a book."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..wording import say
from .khmer import part_khmer
from .literals import content, literal

# French holds its signs to their words: a thin space before ; ! ?, a full one before : and inside the quotation marks.
_FRENCH = (
    (re.compile(r" ([;!?])"), "\u202f\\1"),
    (re.compile(r" ([:»])"), "\u00a0\\1"),
    (re.compile(r"« "), "«\u00a0"),
)
_PERCENT = re.compile(r"(?<=\d) (?=%)")


@dataclass(frozen=True)
class TypeSet:
    """Khmer words parted, French signs held to their words, a percent sign to its number."""

    locale: str

    def __call__(self, text: str) -> str:
        text = _PERCENT.sub("\u00a0", text)
        if self.locale == "fr":
            for pattern, spaced in _FRENCH:
                text = pattern.sub(spaced, text)
        return part_khmer(text)


class Quill:
    """Writes texts that come from no page, in one language, and remembers them for the tags of the PDF."""

    def __init__(self, locale: str) -> None:
        self.locale = locale
        self.texts: list[str] = []
        self._typeset = TypeSet(locale)

    def literal(self, text: str) -> str:
        """A text as a literal."""
        self.texts.append(self._typeset(text))
        return literal(self.texts[-1])

    def words(self, text: str) -> str:
        """A text as content."""
        return content([self.literal(text)])

    def say(self, key: str, **values: object) -> str:
        """An interface string as content."""
        return self.words(say(self.locale, key, **values))
