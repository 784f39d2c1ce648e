"""A book as its definition describes it: size, readers, languages, and the pages that it is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from ..diagnostics import Diagnostic
from ..documents import Document
from ..locales import SOURCE


@dataclass(frozen=True)
class Part:
    """What a book takes from one page: all of it, sections by id, or passages marked for the pocket book."""

    page: PurePosixPath
    line: int
    sections: tuple[str, ...] = ()
    """Ids of headings or blocks; empty for the whole page."""
    picks: bool = False
    """Take the passages between `/// pocket | id` and `///` only."""
    title: Mapping[str, str] = field(default_factory=dict)
    """By locale, in place of the page's own title."""
    budget: int = 0
    """Pages that it may take at most; 0 for no limit."""


@dataclass(frozen=True)
class BookDefinition:
    """A book. Texts are by locale; a language without its own shows the source's."""

    id: str
    path: PurePosixPath
    document: Document
    title: Mapping[str, str]
    subtitle: Mapping[str, str]
    trim: str
    """a6, a5, a4 or form (A4 with more room to write)."""
    audience: str
    languages: tuple[str, ...]
    parts: tuple[Part, ...]
    budget: int = 0
    """Pages of the whole book at most, the cover included; 0 for no limit."""
    answers: bool = False
    index_of_forms: bool = False
    glossary: bool = False
    large_print: bool = False
    cover: Mapping[str, str] = field(default_factory=dict)
    """`colour`: teal, green, blue, brown, purple; `picture`: a file below the project's root; `alt`: what it shows."""

    @property
    def is_public(self) -> bool:
        """Whether learners may have it; a trainer's book belongs in the trainer pack."""
        return self.audience != "trainer"

    def title_in(self, locale: str) -> str:
        """The title in a language, or the source's."""
        return self.title.get(locale) or self.title.get(SOURCE, self.id)


@dataclass(frozen=True)
class PageOutline:
    """What the checks of books know of a page: its ids, and its blocks for audiences."""

    path: PurePosixPath
    anchors: frozenset[str]
    picks: tuple[str, ...]
    """Ids of its pocket passages, in order."""
    marks: tuple[tuple[int, tuple[str, ...]], ...] = ()
    """Line and words of every `/// only | …`."""
    is_translation: bool = False
    is_private: bool = False
    """Whether it is a trainer's page, a bank or a final."""
    nested_picks: tuple[int, ...] = ()
    """Lines of pocket passages that stand inside another one."""


@dataclass(frozen=True)
class BookShelf:
    """All books of a project by id, what was wrong with their files, and the pages that they can name."""

    books: Mapping[str, BookDefinition]
    problems: Sequence[Diagnostic] = ()
    pages: Mapping[PurePosixPath, PageOutline] = field(default_factory=dict)
    duplicates: Sequence[BookDefinition] = ()
    """Definitions whose id another book has already."""
