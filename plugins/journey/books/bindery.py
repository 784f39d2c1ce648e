"""All files of a book in a language: its pages, large print where it is wanted; set again only if something changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from ..diagnostics import Diagnostic
from .compose import Edition
from .ebooks import EbookMaker
from .epub import EpubError
from .model import BookDefinition, BookShelf
from .press import BookError, Press, Printed
from .setting import FONTS, LIBRARY
from .sheets import iter_sheets

CACHE = ".books-cache"
"""Folder below the project's root, git-ignored, with PDFs by the hash of all that they are made of."""


@dataclass(frozen=True)
class Artefact:
    """A file that readers get. `kind` is pages, booklet, 4up, large or epub; `pages` are those of the book."""

    name: str
    kind: str
    data: bytes
    pages: int


@dataclass(frozen=True)
class MadeBook:
    """What became of one book in one language: its files, or findings."""

    book: BookDefinition
    locale: str
    edition: Edition | None = None
    printed: Printed | None = None
    artefacts: Sequence[Artefact] = ()
    findings: Sequence[Diagnostic] = ()


def iter_books(
    shelf: BookShelf, press: Press, book: str = "", locale: str = "", ebooks: EbookMaker | None = None
) -> Iterator[MadeBook]:
    """Make all books, or one, in all its languages or one, in the order of ids. A failing one stops no other."""
    for book_id in sorted(shelf.books):
        definition = shelf.books[book_id]
        if book and book_id != book:
            continue
        for one in definition.languages:
            if one in press.layout.locales and (not locale or one == locale):
                yield make_book(press, definition, one, ebooks)


def make_book(press: Press, book: BookDefinition, locale: str, ebooks: EbookMaker | None = None) -> MadeBook:
    """One book in one language; as an e-book too, if there is something that makes them and learners may have it."""
    try:
        edition = press.edit(book, locale)
        printed = _print(press, edition)
        artefacts = [Artefact(f"{book.id}.{locale}.pdf", "pages", printed.pdf, printed.pages)]
        for kind, sheets in iter_sheets(edition, printed.pdf, printed.pages):
            artefacts.append(Artefact(f"{book.id}.{locale}.{kind}.pdf", kind, sheets, printed.pages))
        if book.large_print:
            large = _print(press, press.edit(book, locale, "large", edition.stamp))
            artefacts.append(Artefact(f"{book.id}.{locale}.large.pdf", "large", large.pdf, large.pages))
        if ebooks and book.is_public:
            data = ebooks.make(edition, f"{press.site_url.rstrip('/')}/go/{book.id}/")
            artefacts.append(Artefact(f"{book.id}.{locale}.epub", "epub", data, 0))
    except BookError as error:
        return MadeBook(book, locale, findings=error.findings)
    except EpubError as error:
        return MadeBook(book, locale, findings=[press.epub_finding(one.source, one.fault) for one in error.faults])
    return MadeBook(book, locale, edition, printed, artefacts)


def _print(press: Press, edition: Edition) -> Printed:
    """A manuscript as PDF, from the cache if exactly this was set before."""
    folder = press.layout.root / CACHE / _key(edition)
    pdf, facts = folder / "book.pdf", folder / "book.json"
    if facts.is_file():
        told = json.loads(facts.read_text(encoding="utf-8"))
        return press.measure(Printed(edition, pdf.read_bytes(), told["pages"], told["starts"]))
    printed = press.print(edition)
    folder.mkdir(parents=True, exist_ok=True)
    pdf.write_bytes(printed.pdf)
    facts.write_text(json.dumps({"pages": printed.pages, "starts": printed.starts}), encoding="utf-8")
    return printed


def _key(edition: Edition) -> str:
    digest = hashlib.sha256(_tools().encode())
    digest.update(edition.manuscript.source().encode())
    for name, data in sorted(edition.manuscript.pictures.items()):
        digest.update(name.encode() + hashlib.sha256(data).digest())
    return digest.hexdigest()[:32]


@cache
def _tools() -> str:
    """A hash of what else decides on the bytes: our templates, fonts and code, Typst, pikepdf."""
    digest = hashlib.sha256(f"{version('typst')} {version('pikepdf')}".encode())
    for folder in (LIBRARY, FONTS, Path(__file__).parent):
        for file in sorted(folder.iterdir()):
            if file.suffix in (".typ", ".ttf", ".py"):
                digest.update(file.name.encode() + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()
