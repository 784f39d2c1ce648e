"""The checks that hold a translated item against its source: the key stays there, the words are here."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from ..diagnostics import Diagnostic
from ..numbers import parse_number
from .bank import find_kind
from .model import ItemText, Kind
from .registry import Quizzes, rule


@rule("Q016")
def check_translations_have_sources(quizzes: Quizzes) -> Iterator[Diagnostic]:
    for (item_id, _), words in quizzes.bank.words.items():
        if item_id not in quizzes.bank.sources:
            close = difflib.get_close_matches(item_id, quizzes.bank.sources, n=1)
            yield Diagnostic(
                words.path,
                words.line,
                "Q016",
                f"there is no English item `{item_id}`",
                f"Did you mean `{close[0]}`?" if close else "An item is written in English first.",
            )


@rule("Q017")
def check_translated_letters(quizzes: Quizzes) -> Iterator[Diagnostic]:
    for words, source in quizzes.iter_translations():
        for what, ours, theirs in (
            ("option", words.options, source.options),
            ("step", words.steps, source.steps),
        ):
            yield from _compare_keys(words, what, [(o.key, o.text.line, o.text.text) for o in ours],
                                     [(o.key, o.text.line, o.text.text) for o in theirs], source)  # fmt: skip
        yield from _compare_keys(
            words,
            "pair",
            [(p.key, p.left.line, p.left.text) for p in words.pairs],
            [(p.key, p.left.line, p.left.text) for p in source.pairs],
            source,
        )


def _compare_keys(
    words: ItemText,
    what: str,
    ours: list[tuple[str, int, str]],
    theirs: list[tuple[str, int, str]],
    source: ItemText,
) -> Iterator[Diagnostic]:
    known = {key for key, _, _ in theirs}
    there = ", ".join(key for key, _, _ in theirs)
    for key, line, text in ours:
        if key not in known:
            message = f'{what} "{key}" ({text[:40]}) does not exist in {source.path}:{source.line}'
            yield Diagnostic(words.path, line, "Q017", message, f"There: {there or 'none'}.")
    mine = {key for key, _, _ in ours}
    for key, line, text in theirs:
        if key not in mine and text:
            yield Diagnostic(
                words.path,
                words.line,
                "Q017",
                f'{what} "{key}" is missing: "{text[:60]}" ({source.path}:{line})',
                "Add it with the same letter; the order is free.",
            )


@rule("Q018")
def check_translations_carry_words(quizzes: Quizzes) -> Iterator[Diagnostic]:
    for words, source in quizzes.iter_translations():
        theirs = {option.key: option.right for option in source.options}
        for option in words.options:
            if option.right is not None and option.right != theirs.get(option.key, option.right):
                yield Diagnostic(
                    words.path,
                    option.text.line,
                    "Q018",
                    f"option {option.key} is marked differently in {source.path}:{source.line}",
                    "Leave marks away in translations: write - a. …",
                )
        for key, value in words.header.items():
            if source.header.get(key) != value:
                yield Diagnostic(
                    words.path,
                    words.header_lines.get(key, words.line),
                    "Q018",
                    f"`{key}` is {value} here and {source.header.get(key)} in {source.path}:{source.line}",
                    "Take the line away; options belong to the English item.",
                )


@rule("Q019")
def check_translated_gaps(quizzes: Quizzes) -> Iterator[Diagnostic]:
    for words, source in quizzes.iter_translations():
        ours, theirs = ({gap.name: gap for gap in one.gaps} for one in (words, source))
        for name in [name for name in theirs if name not in ours]:
            message = f"the gap `{name}` is missing ({source.path}:{theirs[name].line})"
            yield Diagnostic(words.path, words.line, "Q019", message, f"Write [[{name}]] where it belongs.")
        for name, gap in ours.items():
            if name not in theirs:
                message = f"the gap `{name}` does not exist in {source.path}:{source.line}"
                yield Diagnostic(words.path, gap.line, "Q019", message, f"Gaps there: {', '.join(theirs) or 'none'}.")
            elif len(gap.choices) != len(theirs[name].choices) and theirs[name].choices:
                yield Diagnostic(
                    words.path,
                    gap.line,
                    "Q019",
                    f"the gap `{name}` has {len(gap.choices)} choices, in the source {len(theirs[name].choices)}",
                    f"Translate them in the same order: {' / '.join(theirs[name].choices)}",
                )


@rule("Q020")
def check_translated_numbers(quizzes: Quizzes) -> Iterator[Diagnostic]:
    for words, source in quizzes.iter_translations():
        ours, theirs = _numbers(words.stem.text), _numbers(source.stem.text)
        if ours != theirs:
            only_here, only_there = sorted(ours - theirs), sorted(theirs - ours)
            parts = [f"here {', '.join(only_here)}"] if only_here else []
            parts += [f"in {source.path}:{source.stem.line} {', '.join(only_there)}"] if only_there else []
            yield Diagnostic(
                words.path,
                words.stem.line,
                "Q020",
                f"numbers differ: {'; '.join(parts)}",
                "A number in the question is the same in every language.",
            )


def _numbers(text: str) -> set[str]:
    text = re.sub(r"\[\[[^\[\]]*\]\]|\]\([^)]*\)|\{[^{}]*\}", " ", text)
    found = (parse_number(word.rstrip(".,")) for word in re.findall(r"\d[\d.,٫]*", text))
    return {f"{number.normalize():f}" for number in found if number is not None}


@rule("Q021")
def check_translated_answers(quizzes: Quizzes) -> Iterator[Diagnostic]:
    for words, source in quizzes.iter_translations():
        if find_kind(source) is Kind.TEXT and not words.answers:
            yield Diagnostic(
                words.path,
                words.line,
                "Q021",
                f"`{words.id}` accepts no answer in this language",
                "Write what readers of this language would type, one a line: = …",
            )
