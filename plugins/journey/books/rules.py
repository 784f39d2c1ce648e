"""The checks on definitions of books and on audiences; `rules.yml` describes them for editors.

What can be found only when a book is set is described in `press.yml` and reported by the press.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path

from ..diagnostics import Diagnostic, load_rules
from ..rulebook import Rulebook
from .audiences import AUDIENCES
from .model import BookShelf

RULEBOOK: Rulebook[BookShelf] = Rulebook(Path(__file__).with_name("rules.yml"))
PRESS_RULES = load_rules(Path(__file__).with_name("press.yml"))
rule = RULEBOOK.rule


def _of_parser(shelf: BookShelf, rule_id: str) -> Iterator[Diagnostic]:
    return (problem for problem in shelf.problems if problem.rule == rule_id)


@rule("B001")
def check_readable(shelf: BookShelf) -> Iterator[Diagnostic]:
    yield from _of_parser(shelf, "B001")


@rule("B002")
def check_schema(shelf: BookShelf) -> Iterator[Diagnostic]:
    yield from _of_parser(shelf, "B002")


@rule("B003")
def check_pages(shelf: BookShelf) -> Iterator[Diagnostic]:
    sources = [str(path) for path, page in shelf.pages.items() if not page.is_translation]
    for book in shelf.books.values():
        for part in book.parts:
            if str(part.page) not in sources:
                close = difflib.get_close_matches(str(part.page), sources, n=1)
                hint = f"Did you mean {close[0]}?" if close else "Name the English file as it lies in the project."
                yield Diagnostic(book.path, part.line, "B003", f"there is no page {part.page}", hint)


@rule("B004")
def check_sections(shelf: BookShelf) -> Iterator[Diagnostic]:
    for book in shelf.books.values():
        for part in book.parts:
            page = shelf.pages.get(part.page)
            if page is None:
                continue  # B003 speaks of it
            for name in part.sections:
                if name not in page.anchors:
                    close = difflib.get_close_matches(name, page.anchors, n=3)
                    hint = f"Ids there: {', '.join(close or sorted(page.anchors)[:8])}."
                    yield Diagnostic(book.path, part.line, "B004", f"{part.page} has no section `{name}`", hint)
            if part.picks and not page.picks:
                hint = "Put /// pocket | id and /// around a passage there, or take sections by id."
                message = f"{part.page} has no passage for the pocket book"
                yield Diagnostic(book.path, part.line, "B004", message, hint)


@rule("B005")
def check_audiences(shelf: BookShelf) -> Iterator[Diagnostic]:
    for page in shelf.pages.values():
        for line, words in page.marks:
            unknown = [word for word in words if word not in AUDIENCES]
            if not words or unknown:
                message = f"there is no audience `{unknown[0]}`" if unknown else "it does not say for whom this is"
                close = difflib.get_close_matches(unknown[0], AUDIENCES, n=1) if unknown else []
                hint = f"Did you mean `{close[0]}`?" if close else f"Audiences: {', '.join(AUDIENCES)}."
                yield Diagnostic(page.path, line, "B005", message, hint)


@rule("B006")
def check_ids(shelf: BookShelf) -> Iterator[Diagnostic]:
    for book in shelf.duplicates:
        other = shelf.books[book.id]
        line = book.document.line_of(("id",))
        hint = "Give this one an id of its own."
        yield Diagnostic(book.path, line, "B006", f"the id `{book.id}` is that of {other.path} already", hint)


@rule("B007")
def check_titles(shelf: BookShelf) -> Iterator[Diagnostic]:
    for book in shelf.books.values():
        for locale in book.languages:
            if locale not in book.title:
                line = book.document.line_of(("title",))
                hint = f"Add a line below `title:`:  {locale}: …"
                yield Diagnostic(book.path, line, "B007", f"there is no title in `{locale}`", hint)


@rule("B008")
def check_nested_picks(shelf: BookShelf) -> Iterator[Diagnostic]:
    for page in shelf.pages.values():
        for line in page.nested_picks:
            hint = "End the first passage with /// before this one."
            yield Diagnostic(page.path, line, "B008", "this passage stands inside another one", hint)


@rule("B009")
def check_private_pages(shelf: BookShelf) -> Iterator[Diagnostic]:
    for book in shelf.books.values():
        for part in book.parts:
            page = shelf.pages.get(part.page)
            if book.is_public and page is not None and page.is_private:
                message = f"{part.page} is not for learners, and this book is (`audience: {book.audience}`)"
                hint = "Take the page out, or write `audience: trainer`: the book is then made into the trainer pack."
                yield Diagnostic(book.path, part.line, "B009", message, hint)
