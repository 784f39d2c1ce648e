"""Reads items and assessments from the text of a page: own parser, every value with its line.

Plain Markdown alone would get it wrong: neighbouring alerts merge into one quotation, an option
indented by two spaces vanishes, a list without a blank line before it becomes text. What is
unambiguous is forgiven here; the rest becomes a problem with its line, never text on the page.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Any

import yaml

from ..diagnostics import Diagnostic
from ..documents import load_quickly
from ..markup import Block, LineFinder, find_blocks, mask_code
from .model import Assessment, Gap, ItemText, Option, Pair, Piece

ALERTS = ("HINT", "WHY", "MODEL")

_OPTION = re.compile(
    r"^ {0,3}[-*+][ \t]+(?:\[(?P<mark>[ xX])\][ \t]*)?(?P<key>[a-z]|true|false|\d{1,2})\.(?:[ \t]+(?P<text>.*))?$"
)
_STEP = re.compile(r"^ {0,3}\d{1,2}[.)][ \t]+(?P<key>[a-z])\.[ \t]+(?P<text>.*)$")
_FEEDBACK = re.compile(r"^[ \t]+>[ \t]?(?P<text>.*)$")
_ALERT = re.compile(r"^ {0,3}>[ \t]*\[!(?P<word>[^\]]*)\][ \t]*(?P<text>.*)$")
_QUOTE = re.compile(r"^ {0,3}>[ \t]?(?P<text>.*)$")
_ANSWER = re.compile(r"^ {0,3}=[ \t]*(?P<text>.+)$")
_ROW = re.compile(r"^ {0,3}\|(?P<cells>.*)\|[ \t]*$")
_ROW_KEY = re.compile(r"^[ \t]*(?P<key>[a-z])\.[ \t]+(?P<text>.*?)[ \t]*$")
_RULE = re.compile(r"^[ \t]*:?-+:?[ \t]*$")
_GAP = re.compile(r"\[\[(?P<body>[^\[\]]*)\]\]")
_GAP_BODY = re.compile(r"^\s*(?P<name>[a-z][\w-]*)\s*(?::\s*(?P<rest>.*?))?\s*$", re.S)
_LOOKS_LIKE_OPTION = re.compile(r"^ {0,3}[-*+][ \t]+\[[^\]]?\]")


@dataclass(frozen=True)
class QuizPage:
    """What one file holds of quizzes, and what could not be read in it."""

    path: PurePosixPath
    locale: str
    items: tuple[ItemText, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    problems: tuple[Diagnostic, ...] = ()


@dataclass
class _Body:
    """An item while its lines are read."""

    stem: list[str] = field(default_factory=list)
    stem_line: int = 0
    options: list[Option] = field(default_factory=list)
    answers: list[Piece] = field(default_factory=list)
    pair_head: tuple[str, str] = ("", "")
    pairs: list[Pair] = field(default_factory=list)
    steps: list[Option] = field(default_factory=list)
    alerts: list[tuple[str, Piece]] = field(default_factory=list)

    @property
    def has_structure(self) -> bool:
        return bool(self.options or self.answers or self.pairs or self.steps or self.alerts)


def parse_quizzes(path: PurePosixPath, locale: str, text: str) -> QuizPage:
    """All items and assessments of a page's text (front matter included, so that lines count from its top)."""
    lines = text.split("\n")
    masked = mask_code(text)
    blocks, _ = find_blocks(masked, LineFinder(masked))
    problems: list[Diagnostic] = []
    quizzes = [block for block in blocks if block.name == "quiz" and block.closed]
    items: list[ItemText] = []
    held: dict[str, list[str]] = {quiz.argument: [] for quiz in quizzes}
    for block in blocks:
        if block.name == "question" and block.closed:
            home = next((quiz.argument for quiz in quizzes if quiz.line < block.line < quiz.end), "")
            item = _parse_item(path, locale, block, lines, masked.split("\n"), problems)
            items.append(replace(item, assessment=home))
            if home:
                held[home].append(item.id)
    assessments = [_parse_assessment(path, locale, quiz, blocks, lines, held, problems) for quiz in quizzes]
    return QuizPage(path, locale, tuple(items), tuple(assessments), tuple(problems))


def _parse_item(
    path: PurePosixPath, locale: str, block: Block, lines: list[str], masked: list[str], problems: list[Diagnostic]
) -> ItemText:
    header, header_lines, first = _parse_header(path, block, lines, problems)
    body = _Body()
    problems.extend(Diagnostic(path, *problem) for problem in _read_lines(body, lines, masked, first, block.end))
    stem = Piece("\n".join(body.stem).strip("\n"), body.stem_line or block.line)
    gaps = tuple(_iter_gaps(path, stem, problems))
    hints = tuple(piece for word, piece in body.alerts if word == "HINT")
    first_of = dict(reversed(body.alerts))
    return ItemText(
        block.argument,
        path,
        block.line,
        locale,
        stem,
        header,
        header_lines,
        tuple(body.options),
        tuple(body.answers),
        gaps,
        body.pair_head,
        tuple(body.pairs),
        tuple(body.steps),
        hints,
        first_of.get("WHY"),
        first_of.get("MODEL"),
    )


def _parse_assessment(
    path: PurePosixPath,
    locale: str,
    quiz: Block,
    blocks: tuple[Block, ...],
    lines: list[str],
    held: Mapping[str, list[str]],
    problems: list[Diagnostic],
) -> Assessment:
    header, header_lines, first = _parse_header(path, quiz, lines, problems)
    inner = [block for block in blocks if quiz.line < block.line < quiz.end and block.name == "question"]
    stop = min((block.line for block in inner), default=quiz.end)
    intro = "\n".join(lines[first - 1 : stop - 1]).strip("\n")
    return Assessment(
        quiz.argument,
        path,
        quiz.line,
        locale,
        header,
        header_lines,
        tuple(held[quiz.argument]),
        Piece(intro, first) if intro.strip() else None,
    )


def _parse_header(
    path: PurePosixPath, block: Block, lines: list[str], problems: list[Diagnostic]
) -> tuple[Mapping[str, Any], Mapping[str, int], int]:
    """The indented YAML below an opening fence, the line of each key, and the first line behind it."""
    number = block.line + 1
    raw = []
    while number < block.end and re.match(r"^(?: {4}|\t)\S", lines[number - 1]):
        raw.append(lines[number - 1].strip())
        number += 1
    if not raw:
        return {}, {}, number
    try:
        values = load_quickly("\n".join(raw))
    except yaml.YAMLError:
        values = None
    if not isinstance(values, dict):
        problems.append(
            Diagnostic(
                path,
                block.line + 1,
                "Q001",
                f"the options of `{block.argument}` can not be read",
                "Write one `key: value` a line, indented by four spaces, directly below the opening line.",
            )
        )
        return {}, {}, number
    keys = {str(line.split(":", 1)[0].strip()): block.line + 1 + index for index, line in enumerate(raw) if ":" in line}
    return {str(key): value for key, value in values.items()}, keys, number


Problem = tuple[int, str, str, str]


def _read_lines(body: _Body, lines: list[str], masked: list[str], first: int, end: int) -> Iterator[Problem]:
    """Sort the lines of an item into its parts; yields (line, rule, message, hint) for what fits nowhere."""
    number = first
    while number < end:
        line, plain = lines[number - 1], masked[number - 1]
        if match := _ALERT.match(plain):
            word = match["word"].strip().upper()
            stop = _quote_end(masked, number + 1, end)
            text = [_text_of(_ALERT, line), *(_text_of(_QUOTE, one) for one in lines[number : stop - 1])]
            if word in ALERTS:
                body.alerts.append((word, Piece("\n".join(text).strip("\n"), number)))
            else:
                close = difflib.get_close_matches(word, ALERTS, n=1)
                hint = f"Did you mean [!{close[0]}]?" if close else "Write [!HINT], [!WHY] or [!MODEL]."
                yield number, "Q002", f"there is no alert [!{match['word']}]", hint
            number = stop
        elif match := _OPTION.match(plain):
            stop = _continuation_end(masked, number + 1, end)
            piece, feedback = _split_feedback(_text_of(_OPTION, line), lines[number : stop - 1], number)
            right = None if match["mark"] is None else match["mark"] in "xX"
            body.options.append(Option(match["key"], piece, right, feedback))
            number = stop
        elif match := _STEP.match(plain):
            stop = _continuation_end(masked, number + 1, end)
            piece, feedback = _split_feedback(_text_of(_STEP, line), lines[number : stop - 1], number)
            body.steps.append(Option(match["key"], piece, None, feedback))
            number = stop
        elif (match := _ANSWER.match(plain)) and line.strip("= "):
            body.answers.append(Piece(_text_of(_ANSWER, line).strip(), number))
            number += 1
        elif _starts_pairs(masked, number, end):
            number = _read_pairs(body, lines, number, end)
        elif not plain.strip() and not line.strip():
            if body.stem and not body.has_structure:
                body.stem.append("")
            number += 1
        elif body.has_structure or _LOOKS_LIKE_OPTION.match(plain):
            what = "an option without its letter" if _LOOKS_LIKE_OPTION.match(plain) else "text that belongs to nothing"
            yield (
                number,
                "Q003",
                f'{what}: "{line.strip()[:50]}"',
                "An option is `- [ ] a. Text`, its feedback `  > Text` below it; an explanation is a block > [!WHY].",
            )
            number += 1
        else:
            body.stem_line = body.stem_line or number
            body.stem.append(line)
            number += 1


def _text_of(pattern: re.Pattern[str], line: str) -> str:
    """What a line says behind its marker; the whole line if masking of code hid that it has none."""
    match = pattern.match(line)
    return (match["text"] or "") if match else line


def _quote_end(masked: list[str], number: int, end: int) -> int:
    while number < end and _QUOTE.match(masked[number - 1]) and not _ALERT.match(masked[number - 1]):
        number += 1
    return number


def _continuation_end(masked: list[str], number: int, end: int) -> int:
    """The line behind the indented lines that belong to an option; blank lines inside are forgiven."""
    last = number
    while number < end:
        line = masked[number - 1]
        if line.strip() and not re.match(r"^(?: {2,}|\t)", line):
            break
        if line.strip() and (_OPTION.match(line) or _STEP.match(line)) and len(line) - len(line.lstrip()) < 4:
            break
        number += 1
        if line.strip():
            last = number
    return last


def _split_feedback(first: str, rest: list[str], line: int) -> tuple[Piece, Piece | None]:
    text, feedback, feedback_line = [first], [], 0
    for offset, one in enumerate(rest, start=1):
        if match := _FEEDBACK.match(one):
            feedback_line = feedback_line or line + offset
            feedback.append(match["text"])
        elif feedback and one.strip():
            feedback.append(one.strip())
        else:
            text.append(re.sub(r"^(?: {2,4}|\t)", "", one))
    piece = Piece("\n".join(text).strip("\n"), line)
    return piece, Piece("\n".join(feedback), feedback_line) if feedback else None


def _starts_pairs(masked: list[str], number: int, end: int) -> bool:
    if number + 2 >= end:
        return False
    head, rule, row = (_cells(masked[number - 1 + offset]) for offset in range(3))
    return (
        len(head) == 2
        and len(rule) == 2
        and all(_RULE.match(cell) for cell in rule)
        and len(row) == 2
        and bool(_ROW_KEY.match(row[0]))
    )


def _read_pairs(body: _Body, lines: list[str], number: int, end: int) -> int:
    head = _cells(lines[number - 1])
    body.pair_head = (head[0].strip(), head[1].strip())
    number += 2
    while number < end and len(row := _cells(lines[number - 1])) == 2 and (match := _ROW_KEY.match(row[0])):
        body.pairs.append(Pair(match["key"], Piece(match["text"], number), Piece(row[1].strip(), number)))
        number += 1
    return number


def _cells(line: str) -> list[str]:
    match = _ROW.match(line)
    return re.split(r"(?<!\\)\|", match["cells"]) if match else []


def _iter_gaps(path: PurePosixPath, stem: Piece, problems: list[Diagnostic]) -> Iterator[Gap]:
    masked = mask_code(stem.text)
    for match in _GAP.finditer(masked):
        line = stem.line + masked.count("\n", 0, match.start())
        body = _GAP_BODY.match(match["body"])
        if body is None:
            problems.append(
                Diagnostic(
                    path,
                    line,
                    "Q003",
                    f"the gap [[{match['body']}]] has no name",
                    "Write [[year: = 1952]] or [[n: six / *nine / ten]]; a translation writes [[year]].",
                )
            )
            continue
        rest = (body["rest"] or "").strip()
        if rest.startswith("="):
            accepted = tuple(word.strip() for word in rest[1:].split(" = ") if word.strip())
            yield Gap(body["name"], line, accepted=accepted)
        elif rest:
            choices = [choice.strip() for choice in rest.split("/")]
            marked = [index for index, choice in enumerate(choices) if choice.startswith("*")]
            clean = tuple(choice.removeprefix("*").strip() for choice in choices)
            yield Gap(body["name"], line, choices=clean, right=marked[0] if len(marked) == 1 else None)
        else:
            yield Gap(body["name"], line)


def replace_gaps(text: str, with_: Mapping[str, str]) -> str:
    """The text with every gap replaced by what stands for it in `with_`; code spans stay as they are."""
    masked = mask_code(text)
    out, last = [], 0
    for match in _GAP.finditer(masked):
        body = _GAP_BODY.match(match["body"])
        if body and body["name"] in with_:
            out += [text[last : match.start()], with_[body["name"]]]
            last = match.end()
    return "".join(out) + text[last:]
