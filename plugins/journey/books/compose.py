"""One book in one language as a manuscript for Typst: cover, imprint, contents, chapters, answers, lists."""

from __future__ import annotations

import hashlib
import io
import re
import xml.etree.ElementTree as etree
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

import segno

from ..locales import LOCALES, SOURCE
from ..wording import load_wording, say
from .khmer import part_khmer
from .literals import array, content, dictionary, literal
from .model import BookDefinition
from .printed import Chunk, Page, Surroundings, WalkError
from .setting import Manuscript
from .walk import Walk

AUTHOR = "Learning Journey"
COLOURS = {"teal": "#0b5563", "green": "#22592f", "blue": "#1d4280", "brown": "#7a3d06", "purple": "#552a6e"}
FOOT_LIMITS = {"a6": 0, "a5": 300, "a4": 500, "form": 500, "large": 0}
"""Letters up to which a footnote stays at the foot of its page, by trim."""

_FRENCH = (
    (re.compile(r" ([;!?])"), "\u202f\\1"),
    (re.compile(r" ([:»])"), "\u00a0\\1"),
    (re.compile(r"« "), "«\u00a0"),
)
_PERCENT = re.compile(r"(?<=\d) (?=%)")


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


@dataclass(frozen=True)
class Term:
    """A term of the glossary as a book prints it; `english` is empty in an English book."""

    term: str
    definition: str
    english: str = ""


@dataclass(frozen=True)
class Edition:
    """A manuscript with what makes it an edition: its stamp, and a fingerprint of every section by label."""

    book: BookDefinition
    locale: str
    trim: str
    stamp: str
    manuscript: Manuscript
    chapters: Sequence[Chapter]
    fingerprints: Mapping[str, str] = field(default_factory=dict)
    owners: Sequence[Chapter | None] = ()
    """The chapter of every chunk of the manuscript."""


class ChapterError(Exception):
    """Something in a chapter has no printed form."""

    def __init__(self, chapter: Chapter, error: WalkError) -> None:
        super().__init__(error.problem)
        self.chapter, self.error = chapter, error


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


def compose(
    book: BookDefinition,
    locale: str,
    trim: str,
    chapters: Sequence[Chapter],
    address: str,
    terms: Sequence[Term] = (),
    stamp: str = "",
) -> Edition:
    """The manuscript of a book. `address` is that of its page of changes, without the stamp.

    Raises ChapterError for what has no printed form.
    """
    pictures: dict[str, bytes] = {}
    chunks: list[Chunk] = []
    owners: list[Chapter | None] = []
    for chapter in chapters:
        walk = Walk(_page(chapter, trim))
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
    back = [_index_of_forms(locale)] if book.index_of_forms else []
    front = _front(book, locale, trim, chapters, stamp, f"{address}?e={stamp}#e-{stamp}", pictures)
    manuscript = Manuscript(front, chunks, back, pictures)
    return Edition(book, locale, trim, stamp, manuscript, chapters, _fingerprints(chunks), owners)


def _page(chapter: Chapter, trim: str) -> Page:
    return Page(
        prefix=str(chapter.source),
        locale=chapter.locale,
        trim=trim,
        words=load_wording(chapter.locale),
        around=chapter.around,
        notes=chapter.notes,
        foot_limit=FOOT_LIMITS[trim],
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
        asked = [one for one in chapter.asked if book.audience == "trainer" or one.quiz in ("", "self-check")]
        if not asked:
            continue
        if not found:
            title = content([literal(TypeSet(locale)(say(locale, "book.answers")))])
            found.append((Chunk(f'#{locale}([#heading(level: 1, {title})#label("answers")])', ""), None))
        walk = Walk(_page(chapter, trim), top_level=2)
        heading = content([walk.text(chapter.title)])
        found.append((Chunk(f"#{chapter.locale}(heading(level: 2, {heading}))", ""), chapter))
        for one in asked:
            root = etree.Element("div")
            root.append(chapter.keys[one.id])
            found += [(chunk, chapter) for chunk in walk.blocks_of(root)]
        found += [(chunk, chapter) for chunk in walk.notes_at_end()]
        pictures |= walk.pictures
    return found


def _glossary(locale: str, terms: Sequence[Term]) -> Chunk:
    typeset = TypeSet(locale)
    title = content([literal(typeset(say(locale, "book.glossary")))])
    entries = []
    for term in terms:
        english = f'foreign("en", {content([literal(term.english)])})' if term.english else "none"
        entries.append(f"({literal(typeset(term.term))}, {english}, {literal(typeset(term.definition))})")
    body = f'[#heading(level: 1, {title})#label("glossary")#glossary({array(entries)})]'
    return Chunk(f"#{locale}({body})", "", "glossary")


def _index_of_forms(locale: str) -> str:
    title = content([literal(TypeSet(locale)(say(locale, "book.forms")))])
    return f'#context if query(figure.where(kind: "form")).len() > 0 {{ contents(meta, {title}, target: figure.where(kind: "form")) }}'


def _stamp(book: BookDefinition, locale: str, chunks: Sequence[Chunk], pictures: Mapping[str, bytes]) -> str:
    """Eight hexadecimal digits that change with any word or picture of the book."""
    digest = hashlib.sha256()
    shown = [book.id, locale, book.title_in(locale), book.subtitle.get(locale, "")]
    for text in [*shown, *(chunk.code for chunk in chunks), *sorted(pictures)]:
        digest.update(text.encode() + b"\0")
    return digest.hexdigest()[:8]


def _fingerprints(chunks: Sequence[Chunk]) -> dict[str, str]:
    """Sixteen hexadecimal digits for every section, from the code of its chunks."""
    digests: dict[str, hashlib._Hash] = {}
    for chunk in chunks:
        if chunk.section:
            digests.setdefault(chunk.section, hashlib.sha256()).update(chunk.code.encode())
    return {section: digest.hexdigest()[:16] for section, digest in digests.items()}


def _front(
    book: BookDefinition,
    locale: str,
    trim: str,
    chapters: Sequence[Chapter],
    stamp: str,
    address: str,
    pictures: dict[str, bytes],
) -> list[str]:
    """The lines before the chapters: imports, the book's data, cover, imprint, contents."""
    typeset = TypeSet(locale)

    def words(text: str) -> str:
        return content([literal(typeset(text))])

    title = book.title_in(locale)
    meta = {
        "title": literal(title),
        "author": literal(AUTHOR),
        "keywords": "()",
        "description": literal(book.subtitle.get(locale, "")),
        "lang": literal(locale),
        "trim": literal(trim),
        "words": dictionary({"page": literal(say(locale, "book.page"))}),
    }
    cover = {
        "title": words(title),
        "subtitle": words(book.subtitle[locale]) if locale in book.subtitle else "none",
        "series": words(say(locale, "book.series")),
        "note": words(f"{LOCALES[locale].name} · {say(locale, 'book.edition', stamp=stamp)}"),
        "colour": f'rgb("{COLOURS[book.cover.get("colour", "teal")]}")',
    }
    code = segno.make(address, error="m", micro=False)
    drawing = io.BytesIO()
    code.save(drawing, kind="svg", scale=4, border=2, xmldecl=False, nl=False)
    pictures["code.svg"] = drawing.getvalue()
    alt = literal(say(locale, "book.code_alt", address=address))
    size = "24mm" if trim == "a6" else "28mm"
    image = f'image(read("/pictures/code.svg", encoding: none), format: "svg", alt: {alt}, width: {size})'
    note = f"[#{literal(typeset(say(locale, 'book.online')))};#linebreak();#link({literal(address)}, {literal(address.partition('?')[0])});]"
    paragraphs = [words(text) for text in _imprint_texts(book, locale, chapters, stamp, address)]
    paragraphs.insert(2, _languages(book, locale))
    contents_title = words(say(locale, "book.contents"))
    return [
        '#import "/lib/lib.typ": *',
        *(f'#let {one} = speak.with("{one}", "{trim}")' for one in LOCALES),
        f"#let meta = {dictionary(meta)}",
        "#show: book.with(meta)",
        f"#cover(meta, {', '.join(f'{key}: {value}' for key, value in cover.items())})",
        f"#imprint(meta, code: {image}, code-note: {note}, {', '.join(paragraphs)})",
        f"#contents(meta, {contents_title}, depth: {1 if len(chapters) > 12 else 2})",
    ]


def _languages(book: BookDefinition, locale: str) -> str:
    """The line that names the book's languages, each in its own."""
    before, after = say(locale, "book.languages", languages="\0").split("\0")
    pieces = [literal(TypeSet(locale)(before))]
    for number, one in enumerate(book.languages):
        name = content([literal(TypeSet(one)(LOCALES[one].name))])
        pieces += [literal(", ")] * bool(number) + [name if one == locale else f'foreign("{one}", {name})']
    return content([*pieces, literal(after)])


def _imprint_texts(
    book: BookDefinition, locale: str, chapters: Sequence[Chapter], stamp: str, address: str
) -> list[str]:
    dates = sorted({chapter.reviewed_on for chapter in chapters if chapter.reviewed_on})
    texts = [book.title_in(locale), say(locale, "book.edition", stamp=stamp)]
    if dates:
        key = "book.reviewed_one" if len(dates) == 1 else "book.reviewed"
        texts.append(say(locale, key, first=dates[0], last=dates[-1]))
    fallback = [chapter.title for chapter in chapters if chapter.locale != locale]
    if fallback and locale != SOURCE:
        texts.append(say(locale, "book.fallback", titles="; ".join(fallback)))
    if any(chapter.is_draft and chapter.locale == locale for chapter in chapters):
        texts.append(say(locale, "page.draft_source" if locale == SOURCE else "page.draft_translation"))
    texts += [say(locale, "footer.independent"), say(locale, "book.law"), say(locale, "book.licence")]
    if "example.org" in address:
        texts.append(say(locale, "book.example_address"))
    return texts
