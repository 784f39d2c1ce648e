"""The checks on drawings and their words; `rules.yml` describes them for editors."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path

from ..diagnostics import Diagnostic
from ..locales import SOURCE
from ..rulebook import Rulebook
from .model import FigureBook

RULEBOOK: Rulebook[FigureBook] = Rulebook(Path(__file__).with_name("rules.yml"))
rule = RULEBOOK.rule


def _of_parser(book: FigureBook, rule_id: str) -> Iterator[Diagnostic]:
    return (problem for problem in book.problems if problem.rule == rule_id)


@rule("V001")
def check_readable(book: FigureBook) -> Iterator[Diagnostic]:
    yield from _of_parser(book, "V001")


@rule("V002")
def check_shapes(book: FigureBook) -> Iterator[Diagnostic]:
    yield from _of_parser(book, "V002")


@rule("V003")
def check_letters(book: FigureBook) -> Iterator[Diagnostic]:
    yield from _of_parser(book, "V003")


@rule("V004")
def check_known_words(book: FigureBook) -> Iterator[Diagnostic]:
    for (folder, _), words in book.words.items():
        drawings = {path.name: one for path, one in book.figures.items() if one.words_folder == folder}
        for name, texts in words.words.items():
            line = words.lines.get((name,), 1)
            if name not in drawings:
                close = difflib.get_close_matches(name, drawings, n=1)
                hint = (
                    f"Did you mean {close[0]}?"
                    if close
                    else f"Drawings there: {', '.join(sorted(drawings)) or 'none'}."
                )
                yield Diagnostic(words.path, line, "V004", f"there is no drawing {name} in {folder}/assets/", hint)
                continue
            for english in texts:
                if english not in drawings[name].words:
                    close = difflib.get_close_matches(english, drawings[name].words, n=1)
                    hint = (
                        f'Did you mean "{close[0]}"?'
                        if close
                        else "Take the line out, or copy the words from the drawing."
                    )
                    line = words.lines.get((name, english), line)
                    yield Diagnostic(words.path, line, "V004", f'{name} does not say "{english}"', hint)


@rule("V005")
def check_translated_words(book: FigureBook) -> Iterator[Diagnostic]:
    for showing in book.showings:
        figure = book.figures.get(showing.figure)
        if figure is None or showing.locale == SOURCE:
            continue
        words = book.words_of(figure, showing.locale)
        missing = [text for text in figure.words if text not in words and any(c.isalpha() for c in text)]
        if missing:
            yield Diagnostic(
                showing.path,
                showing.line,
                "V005",
                f'{len(missing)} words of {figure.path.name} are not translated: "{missing[0]}"{" …" if missing[1:] else ""}',
                f"Write them in {figure.words_folder}/figures.{showing.locale}.yml below {figure.path.name}:",
            )
