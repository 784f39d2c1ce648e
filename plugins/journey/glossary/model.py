"""A concept in one language as its page has it, and all of them together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath

from ..diagnostics import Diagnostic
from ..locales import SOURCE

SCHEME = "term:"
"""What a link to a concept begins with: `[collecting what is owed](term:contribution-collection)`."""


@dataclass(frozen=True)
class Form:
    """A word or words that name the concept, and the line that they stand in."""

    text: str
    line: int


@dataclass(frozen=True)
class ConceptText:
    """What the glossary of one language says of a concept: everything between its heading and the next."""

    id: str
    term: str
    locale: str
    path: PurePosixPath
    line: int
    """The line of the heading."""
    end: int
    """The last line of the entry that is not blank."""
    definition: str = ""
    """The first paragraph, Markdown; empty where only the term is translated."""
    more: str = ""
    """What follows it, Markdown."""
    abbreviations: tuple[Form, ...] = ()
    variants: tuple[Form, ...] = ()
    avoid: tuple[Form, ...] = ()
    source: str = ""
    see: tuple[Form, ...] = ()
    """Ids of related concepts."""
    is_doubtful: bool = False
    """Whether a native speaker should look at the term (`confidence: low`)."""
    by_hand: bool = False
    """Whether the concept is linked by hand only (`link: by hand`): its term is an everyday word as well."""

    @property
    def forms(self) -> Iterator[Form]:
        """Term, abbreviations and variants: all that a text may use."""
        yield Form(self.term, self.line)
        yield from self.abbreviations
        yield from self.variants


@dataclass(frozen=True)
class GlossaryPage:
    """The glossary in one language: the words before the first concept, the concepts in the file's order."""

    path: PurePosixPath
    locale: str
    first_line: int
    """The line of the first concept's heading."""
    concepts: tuple[ConceptText, ...] = ()
    problems: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True)
class Glossary:
    """The concepts of a project. The source language decides which there are."""

    pages: Mapping[str, GlossaryPage] = field(default_factory=dict)
    """By locale; the source's first."""
    words: Mapping[tuple[str, str], ConceptText] = field(default_factory=dict)
    """By id and locale."""

    @property
    def ids(self) -> Sequence[str]:
        """The ids of all concepts in the source's order."""
        page = self.pages.get(SOURCE)
        return list(dict.fromkeys(concept.id for concept in page.concepts)) if page else []

    @property
    def is_empty(self) -> bool:
        """Whether the project has no glossary at all."""
        return not self.pages

    @cached_property
    def by_hand(self) -> frozenset[str]:
        """The ids of concepts that are linked by hand only."""
        return frozenset(one.id for one in self.words.values() if one.by_hand and one.locale == SOURCE)

    def word(self, concept: str, locale: str) -> ConceptText | None:
        """A concept in a language; None where it is not translated."""
        return self.words.get((concept, locale))

    def defined(self, concept: str, locale: str) -> ConceptText | None:
        """The concept in the language that its definition can be read in: `locale`, or the source."""
        for code in (locale, SOURCE):
            words = self.words.get((concept, code))
            if words and words.definition:
                return words
        return None


@dataclass(frozen=True)
class TextPage:
    """A page of content as the glossary looks at it: its text and the links to concepts on it."""

    path: PurePosixPath
    source: PurePosixPath
    locale: str
    text: str
    """The text from the first line of the file, with front matter, code and links' targets blanked out."""
    links: tuple[Form, ...] = ()
    """Ids of concepts that are linked by hand."""
