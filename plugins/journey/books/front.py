"""The first pages of a book: cover, imprint with edition and QR code, contents."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import segno

from ..locales import LOCALES, SOURCE
from ..wording import say
from .literals import content, dictionary, literal
from .model import BookDefinition
from .printed import Picture
from .typeset import Quill

AUTHOR = "Learning Journey"
COLOURS = {"teal": "#0b5563", "green": "#22592f", "blue": "#1d4280", "brown": "#7a3d06", "purple": "#552a6e"}
CODE = "code.svg"
EXAMPLE = "example.org"
"""What is in the address of a site that has none of its own yet."""


@dataclass(frozen=True)
class Facts:
    """What the imprint tells of a book's content."""

    stamp: str
    address: str
    """Where the QR code leads."""
    titles_in_source: Sequence[str] = ()
    """Titles of the chapters that stand in the source language for want of a translation."""
    reviewed_on: Sequence[str] = ()
    """Days on which texts were reviewed, ISO dates."""
    has_drafts: bool = False
    many_chapters: bool = False


def front_lines(
    book: BookDefinition, locale: str, trim: str, facts: Facts, quill: Quill, picture: Picture | None
) -> tuple[list[str], Mapping[str, bytes]]:
    """The lines before the chapters, and the pictures that they name."""
    pictures = {CODE: qr_code(facts.address)}
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
        "series": quill.say("book.series"),
        "title": quill.words(title),
        "subtitle": quill.words(book.subtitle[locale]) if locale in book.subtitle else "none",
        "note": quill.words(f"{LOCALES[locale].name} · {say(locale, 'book.edition', stamp=facts.stamp)}"),
        "colour": f'rgb("{COLOURS[book.cover.get("colour", "teal")]}")',
    }
    if picture is not None:
        name = f"cover.{picture.kind}"
        pictures[name] = picture.data
        alt = literal(book.cover["alt"])
        cover["picture"] = (
            f'image(read("/pictures/{name}", encoding: none), format: "{picture.kind}", alt: {alt}, height: 60%)'
        )
    contents = quill.say("book.contents")
    imprint = _imprint(book, locale, facts, quill)
    return [
        '#import "/lib/lib.typ": *',
        *(f'#let {one} = speak.with("{one}", "{trim}")' for one in LOCALES),
        f"#let meta = {dictionary(meta)}",
        "#show: book.with(meta)",
        f"#cover(meta, {_named(cover)})",
        f"#imprint(meta, {', '.join(imprint)}, {_named(_code(locale, trim, facts, quill))})",
        f"#contents(meta, {contents}, depth: {1 if facts.many_chapters or trim == 'a6' else 2})",
    ], pictures


def index_of_forms(quill: Quill) -> str:
    """The line that lists tools and forms with their pages, if the book has any."""
    forms = 'figure.where(kind: "form")'
    title = quill.say("book.forms")
    contents = f"speak(meta.lang, meta.trim, heading(level: 1, {title})); contents(meta, none, target: {forms})"
    return f"#context if query({forms}).len() > 0 {{ {contents} }}"


def qr_code(address: str) -> bytes:
    """A QR code as SVG, error correction M, quiet zone of four modules as ISO/IEC 18004 asks."""
    drawing = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawing, kind="svg", scale=4, border=4, xmldecl=False, nl=False)
    return drawing.getvalue()


def _named(arguments: Mapping[str, str]) -> str:
    return ", ".join(f"{key}: {value}" for key, value in arguments.items())


def _code(locale: str, trim: str, facts: Facts, quill: Quill) -> dict[str, str]:
    alt = literal(say(locale, "book.code_alt", address=facts.address))
    size = "26mm" if trim == "a6" else "30mm"
    image = f'image(read("/pictures/{CODE}", encoding: none), format: "svg", alt: {alt}, width: {size})'
    shown = literal(facts.address.partition("?")[0])
    online = quill.literal(say(locale, "book.online"))
    return {"code": image, "code-note": content([online, "linebreak()", f"link({literal(facts.address)}, {shown})"])}


def _imprint(book: BookDefinition, locale: str, facts: Facts, quill: Quill) -> list[str]:
    lines = [quill.words(book.title_in(locale)), quill.say("book.edition", stamp=facts.stamp)]
    dates = sorted(set(facts.reviewed_on))
    if dates:
        key = "book.reviewed_one" if len(dates) == 1 else "book.reviewed"
        lines.append(quill.say(key, first=dates[0], last=dates[-1]))
    lines.append(_languages(book, locale, quill))
    if facts.titles_in_source:
        lines.append(quill.say("book.fallback", titles="; ".join(facts.titles_in_source)))
    if facts.has_drafts:
        lines.append(quill.say("page.draft_source" if locale == SOURCE else "page.draft_translation"))
    lines += [quill.say("footer.independent"), quill.say("book.law"), quill.say("book.licence")]
    if EXAMPLE in facts.address:
        lines.append(quill.say("book.example_address"))
    return lines


def _languages(book: BookDefinition, locale: str, quill: Quill) -> str:
    """The line that names the book's languages, each in its own."""
    before, after = say(locale, "book.languages", languages="\0").split("\0")
    pieces = [quill.literal(before)]
    for number, one in enumerate(book.languages):
        if number:
            pieces.append(quill.literal(", "))
        name = quill.words(LOCALES[one].name)
        pieces.append(name if one == locale else f'foreign("{one}", {name})')
    return content([*pieces, quill.literal(after)])
