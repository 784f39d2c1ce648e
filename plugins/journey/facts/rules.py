"""The checks on facts and on the links that quote them; `rules.yml` describes them for editors."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from ..diagnostics import Diagnostic
from ..locales import SOURCE
from ..rulebook import Rulebook
from .model import FactBook
from .shown import shows

RULEBOOK: Rulebook[FactBook] = Rulebook(Path(__file__).with_name("rules.yml"))
rule = RULEBOOK.rule

LONGEST = 730
"""Days after which a fact wants to be held against its source again: two years."""


def _of_parser(book: FactBook, rule_id: str) -> Iterator[Diagnostic]:
    return (problem for problem in book.problems if problem.rule == rule_id)


@rule("F001")
def check_readable(book: FactBook) -> Iterator[Diagnostic]:
    yield from _of_parser(book, "F001")


@rule("F002")
def check_fields(book: FactBook) -> Iterator[Diagnostic]:
    yield from _of_parser(book, "F002")


@rule("F003")
def check_ids(book: FactBook) -> Iterator[Diagnostic]:
    yield from _of_parser(book, "F003")


@rule("F004")
def check_known(book: FactBook) -> Iterator[Diagnostic]:
    for quotation in book.quotations:
        if quotation.fact not in book.facts:
            close = difflib.get_close_matches(quotation.fact, book.facts, n=3)
            hint = f"Did you mean {' or '.join(close)}?" if close else "Define it in facts.yml beside the page."
            yield Diagnostic(quotation.path, quotation.line, "F004", f"there is no fact `{quotation.fact}`", hint)


@rule("F005")
def check_values(book: FactBook) -> Iterator[Diagnostic]:
    for quotation in book.quotations:
        fact = book.facts.get(quotation.fact)
        if fact and not shows(fact, quotation.text):
            value = f"{fact.value} {fact.unit}".strip()
            yield Diagnostic(
                quotation.path,
                quotation.line,
                "F005",
                f'"{quotation.text}" is not the value of `{fact.id}`, which is {value} ({fact.path}:{fact.line})',
                "Correct the page if the fact is right. If the fact is wrong, correct it there and read every page that quotes it.",
            )


@rule("F006")
def check_used(book: FactBook) -> Iterator[Diagnostic]:
    quoted = {quotation.fact for quotation in book.quotations}
    for fact in book.facts.values():
        if fact.id not in quoted:
            yield Diagnostic(
                fact.path,
                fact.line,
                "F006",
                f"no page quotes the fact `{fact.id}`",
                f"Quote it, [{fact.value}](fact:{fact.id}), or take it out.",
            )


@rule("F007")
def check_translations(book: FactBook) -> Iterator[Diagnostic]:
    in_source = {(q.source, q.fact) for q in book.quotations if q.locale == SOURCE}
    for quotation in book.quotations:
        if quotation.locale != SOURCE and (quotation.source, quotation.fact) not in in_source:
            yield Diagnostic(
                quotation.path,
                quotation.line,
                "F007",
                f"`{quotation.fact}` is quoted here, but not in {quotation.source.name}",
                "A translation carries words, the English page carries facts. Quote it there first.",
            )


@rule("F008")
def check_age(book: FactBook) -> Iterator[Diagnostic]:
    for fact in book.facts.values():
        days = (date.fromisoformat(book.newest) - date.fromisoformat(fact.verified_on)).days
        if days > LONGEST:
            yield Diagnostic(
                fact.path,
                fact.line,
                "F008",
                f"`{fact.id}` was last checked on {fact.verified_on}, {days} days before the newest check or review",
                "Hold it against its source again and write the day into verified_on, or take it out.",
            )


@rule("F009")
def check_citations(book: FactBook) -> Iterator[Diagnostic]:
    for fact in book.facts.values():
        place = fact.cited_place
        if place is None:
            continue
        path, anchor = place
        page = book.pages.get(path)
        if page is None:
            close = difflib.get_close_matches(str(path), map(str, book.pages), n=1)
            hint = f"Did you mean {close[0]}?" if close else "Write the English page as it lies in the project."
            yield Diagnostic(
                fact.path, fact.line, "F009", f"`{fact.id}` is cited at {path}, which does not exist", hint
            )
        elif anchor and anchor not in page.anchors:
            close = difflib.get_close_matches(anchor, page.anchors, n=1)
            hint = f"Did you mean #{close[0]}?" if close else f"Ids there: {', '.join(sorted(page.anchors)[:8])}."
            yield Diagnostic(fact.path, fact.line, "F009", f"{path} has no id `{anchor}`", hint)
