"""What passes between the pages of the site and a printed page: a page on its way, its chunks, its pictures, its errors."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from ..locales import LOCALES


class WalkError(Exception):
    """Something on a page has no printed form; `excerpt` is text by which its line can be found."""

    def __init__(self, problem: str, hint: str, excerpt: str = "", rule: str = "B010") -> None:
        super().__init__(problem)
        self.problem, self.hint, self.excerpt, self.rule = problem, hint, excerpt, rule


@dataclass(frozen=True)
class Picture:
    """A picture as it is printed; `kind` is svg, png, jpg or gif."""

    data: bytes
    kind: str


class Surroundings(Protocol):
    """What the walk asks about the world around a page."""

    def load_picture(self, target: str) -> Picture:
        """The picture that a page names; raises WalkError if it can not be printed."""

    def label_of(self, target: str) -> str | None:
        """The label in this book that a link leads to, or None if it leads out of it."""

    def address_of(self, target: str) -> str | None:
        """The absolute address of a link that leads out of the book, or None if it has none."""


@dataclass(frozen=True)
class Chunk:
    """One line of the Typst file, the text that it came from, and the section that it belongs to."""

    code: str
    excerpt: str
    section: str = ""
    texts: Sequence[str] = ()
    """The texts in it, in the order in which they are set; a text ends where a tag may end."""


@dataclass
class Page:
    """A page on its way into a book. `prefix` begins its labels and is the same in every language."""

    prefix: str
    locale: str
    trim: str
    words: Mapping[str, str]
    """Interface strings in the page's own language."""
    around: Surroundings
    notes: Mapping[str, etree.Element] = field(default_factory=dict)
    """The texts of footnotes by their id."""
    foot_limit: int = 400
    """Footnotes with more letters than this are printed at the end of the chapter; 0: all of them."""
    typeset: Callable[[str], str] = str
    """Puts in what a language wants: breaks, spaces that do not break."""


def direction(code: str) -> str:
    """`rtl` or `ltr` for a BCP 47 tag."""
    known = LOCALES.get(code)
    return known.direction if known else ("rtl" if re.match(r"(ar|fa|ur|he|ps|sd)\b", code) else "ltr")
