"""One book in one language as a manuscript for Typst: cover, imprint, contents, chapters, answers, lists."""

from __future__ import annotations

import hashlib
import xml.etree.ElementTree as etree
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from ..wording import load_wording
from .front import Facts, front_lines, index_of_forms
from .literals import array
from .model import BookDefinition
from .printed import Chunk, Page, Picture, Surroundings, WalkError
from .setting import Manuscript
from .typeset import Quill, TypeSet
from .walk import Walk

FOOT_LIMITS = {"a6": 0, "a5": 300, "a4": 500, "form": 500, "large": 0}
"""Letters up to which a footnote stays at the foot of its page, by trim."""


@dataclass(frozen=True)
class Asked:
    """A question in a chapter: its number there, and what kind of quiz asks it (empty for none)."""

    id: str
    number: int
    quiz: str


@dataclass(frozen=True)
class Chapter:
    """What a book takes from one page, rendered."""

    source: PurePosixPath
    """The page in the source language; labels are made of it."""
    path: PurePosixPath
    """The file that was read."""
    locale: str
    title: str
    root: etree.Element
    notes: Mapping[str, etree.Element]
    keys: Mapping[str, etree.Element]
    """The keys of its questions, by id; they are not in `root`."""
    around: Surroundings
    asked: Sequence[Asked] = ()
    reviewed_on: str = ""
    is_draft: bool = False
    audience: str = "participant"


@dataclass(frozen=True)
class Term:
    """A term of the glossary as a book prints it; `english` is empty in an English book."""

    term: str
    definition: str
    english: str = ""
    is_translated: bool = True
    """Whether the definition is in the book's language; else it is English."""


@dataclass(frozen=True)
class Section:
    """A section as it is printed: its label, the text of its heading, and a fingerprint of all that is in it."""

    label: str
    title: str
    fingerprint: str


@dataclass(frozen=True)
class Edition:
    """A manuscript with what makes it an edition: its stamp, and its sections with their fingerprints."""

    book: BookDefinition
    locale: str
    trim: str
    stamp: str
    manuscript: Manuscript
    chapters: Sequence[Chapter]
    sections: Sequence[Section] = ()
    owners: Sequence[Chapter | None] = ()
    """The chapter of every chunk of the manuscript."""


class ChapterError(Exception):
    """Something in a chapter has no printed form."""

    def __init__(self, chapter: Chapter, error: WalkError) -> None:
        super().__init__(error.problem)
        self.chapter, self.error = chapter, error


def compose(
    book: BookDefinition,
    locale: str,
    trim: str,
    chapters: Sequence[Chapter],
    address: str,
    terms: Sequence[Term] = (),
    stamp: str = "",
    cover: Picture | None = None,
) -> Edition:
    """The manuscript of a book. `address` is that of its page of changes, without the stamp.

    Raises ChapterError for what has no printed form.
    """
    pictures: dict[str, bytes] = {}
    chunks: list[Chunk] = []
    owners: list[Chapter | None] = []
    for chapter in chapters:
        walk = Walk(_page(chapter, trim, locale))
        for chunk in _walked(walk, chapter):
            chunks.append(chunk)
            owners.append(chapter)
        pictures |= walk.pictures
    for chunk, owner in _answers(book, locale, trim, chapters, pictures):
        chunks.append(chunk)
        owners.append(owner)
    if terms:
        chunks.append(_glossary(locale, terms))
        owners.append(None)
    stamp = stamp or _stamp(book, locale, chunks, pictures)
    facts = Facts(
        stamp,
        f"{address}?e={stamp}#e-{stamp}",
        [chapter.title for chapter in chapters if chapter.locale != locale],
        [chapter.reviewed_on for chapter in chapters if chapter.reviewed_on],
        any(chapter.is_draft and chapter.locale == locale for chapter in chapters),
        many_chapters=len(chapters) > 12,
    )
    quill = Quill(locale)
    front, own = front_lines(book, locale, trim, facts, quill, cover)
    back = [index_of_forms(quill)] if book.index_of_forms else []
    manuscript = Manuscript(front, chunks, back, {**pictures, **own}, tuple(quill.texts))
    return Edition(book, locale, trim, stamp, manuscript, chapters, _sections(chunks), owners)


def _page(chapter: Chapter, trim: str, locale: str) -> Page:
    return Page(
        prefix=str(chapter.source),
        locale=chapter.locale,
        trim=trim,
        words=load_wording(chapter.locale),
        around=chapter.around,
        notes=chapter.notes,
        foot_limit=FOOT_LIMITS[trim]
        if chapter.locale == locale
        else 0,  # the foot of a page runs in the book's direction
        typeset=TypeSet(chapter.locale),
    )


def _walked(walk: Walk, chapter: Chapter) -> list[Chunk]:
    try:
        return list(walk.chapter(chapter.title, chapter.root))
    except WalkError as error:
        raise ChapterError(chapter, error) from error


def _answers(
    book: BookDefinition,
    locale: str,
    trim: str,
    chapters: Sequence[Chapter],
    pictures: dict[str, bytes],
) -> list[tuple[Chunk, Chapter | None]]:
    """The key: that of self-checks, and in a trainer's book that of every question."""
    if not book.answers:
        return []
    found: list[tuple[Chunk, Chapter | None]] = []
    for chapter in chapters:
        asked = [
            one
            for one in chapter.asked
            if (book.audience == "trainer" or one.quiz in ("", "self-check"))
            and chapter.keys[one.id].get("data-open") is None
        ]
        if not asked:
            continue
        if not found:
            quill = Quill(locale)
            title = f'[#heading(level: 1, {quill.say("book.answers")})#label("answers")]'
            found.append((Chunk(f"#{locale}({title})", "", "", tuple(quill.texts)), None))
        walk = Walk(_page(chapter, trim, locale), top_level=2)
        found.append((walk.heading(2, chapter.title), chapter))
        for one in asked:
            root = etree.Element("div")
            root.append(chapter.keys[one.id])
            found += [(chunk, chapter) for chunk in walk.blocks_of(root)]
        found += [(chunk, chapter) for chunk in walk.notes_at_end()]
        pictures |= walk.pictures
    return found


def _glossary(locale: str, terms: Sequence[Term]) -> Chunk:
    quill = Quill(locale)
    title = quill.say("book.glossary")
    entries = []
    for term in terms:
        name = quill.literal(term.term)
        english = f'foreign("en", {quill.words(term.english)})' if term.english else "none"
        meaning = quill.words(term.definition)
        meaning = meaning if term.is_translated else f'foreign("en", {meaning})'
        entries.append(f"({name}, {english}, {meaning})")
    body = f'[#heading(level: 1, {title})#label("glossary")#glossary({array(entries)})]'
    return Chunk(f"#{locale}({body})", "", "glossary", tuple(quill.texts))


def _stamp(book: BookDefinition, locale: str, chunks: Sequence[Chunk], pictures: Mapping[str, bytes]) -> str:
    """Eight hexadecimal digits that change with any word or picture of the book."""
    digest = hashlib.sha256()
    shown = [book.id, locale, book.title_in(locale), book.subtitle.get(locale, "")]
    for text in [*shown, *(chunk.code for chunk in chunks), *sorted(pictures)]:
        digest.update(text.encode() + b"\0")
    return digest.hexdigest()[:8]


def _sections(chunks: Sequence[Chunk]) -> list[Section]:
    """The sections of a book in order, each with sixteen hexadecimal digits from the code of its chunks."""
    codes: dict[str, list[str]] = {}
    titles: dict[str, str] = {}
    for chunk in chunks:
        if chunk.section:
            codes.setdefault(chunk.section, []).append(chunk.code)
            titles.setdefault(chunk.section, chunk.excerpt)
    return [
        Section(label, titles[label], hashlib.sha256("\n".join(own).encode()).hexdigest()[:16])
        for label, own in codes.items()
    ]
