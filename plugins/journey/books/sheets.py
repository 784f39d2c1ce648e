"""A book on printed sheets: which there are for its size, each with a first sheet that says how to print and bind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..locales import LOCALES
from ..wording import say
from .compose import Edition
from .folding import Binding, Shape, plan_booklet, plan_four_up, procedure, sheet_size
from .front import AUTHOR
from .imposition import Settings, booklet, four_up
from .literals import literal
from .setting import Manuscript, set_book
from .typeset import Quill

SHAPES = {"a6": (Shape.BOOKLET, Shape.FOUR_UP), "a5": (Shape.BOOKLET,)}
"""By trim; A4 books are bound as they are."""

KINDS: dict[Shape, tuple[str, str, Callable[[bytes, Settings], bytes]]] = {
    Shape.BOOKLET: ("booklet", "downloads.kind_booklet", lambda pdf, settings: booklet(pdf, settings)),
    Shape.FOUR_UP: ("4up", "downloads.kind_fourup", lambda pdf, settings: four_up(pdf, settings)),
}


def iter_sheets(edition: Edition, pdf: bytes, pages: int) -> Iterator[tuple[str, bytes]]:
    """The imposed files of a finished book by kind: booklet, and for A6 also four pages on A4."""
    binding = Binding.RIGHT if LOCALES[edition.locale].direction == "rtl" else Binding.LEFT
    for shape in SHAPES.get(edition.trim, ()):
        kind, _, impose = KINDS[shape]
        settings = Settings(binding, instructions=instructions(edition, shape, pages, binding))
        yield kind, impose(pdf, settings)


def instructions(edition: Edition, shape: Shape, pages: int, binding: Binding) -> bytes:
    """One page, as large as the sheet, in the book's language: the steps from the printer to the finished book."""
    trim, locale = edition.trim.upper(), edition.locale
    plan = plan_four_up(pages, binding) if shape is Shape.FOUR_UP else plan_booklet(pages, binding)
    _, width, height = sheet_size(shape, trim)
    quill = Quill(locale)
    title = f"{edition.book.title_in(locale)}: {say(locale, KINDS[shape][1])}"
    steps = ", ".join(quill.words(step.words(locale)) for step in procedure(plan, trim))
    front = [
        '#import "/lib/lib.typ": *',
        f"#set document(title: {literal(title)}, author: {literal(AUTHOR)}, date: none)",
        f"#set page(width: {width}mm, height: {height}mm, margin: 22mm)",
        f'#let say = speak.with("{locale}", "a6")',
        f"#say(heading(level: 1, {quill.words(title)}))",
        f"#say({{ set text(size: 1.2em); enum(tight: false, spacing: 1em, {steps}) }})",
        f"#say(par({quill.say('book.edition', stamp=edition.stamp)}))",
    ]
    return set_book(Manuscript(front, ())).pdf
