"""Reads glossary pages: headings with an id, paragraphs, and a list of labels at the end of each entry."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from itertools import takewhile
from pathlib import PurePosixPath

from ..diagnostics import Diagnostic
from ..documents import DocumentError
from ..frontmatter import split_front_matter
from ..layout import Layout
from ..locales import LOCALES, SOURCE
from ..markup import mask_code
from ..memory import remembered
from ..wording import say
from .model import SCHEME, ConceptText, Form, Glossary, GlossaryPage

FILE = "glossary.md"
LABELS = ("abbr", "also", "avoid", "source", "see", "confidence", "link")

_HEADING = re.compile(r"^##[ \t]+(?P<term>.+?)[ \t]*(?:\{:?[ \t]*#(?P<id>[\w-]+)[^}]*\})?[ \t]*$")
_LABEL = re.compile(r"^[-*][ \t]+(?P<label>[^:：៖\n]{1,40}?)[ \t]*[:：៖][ \t]*(?P<value>.*)$")
_COMMA = re.compile(r"[ \t]*[,،，、][ \t]*")
_SEMICOLON = re.compile(r"[ \t]*[;؛；][ \t]*")
_CONTINUED = re.compile(r"^[ \t]+\S")
_SEE = re.compile(r"\]\(" + SCHEME + r"([\w-]+)\)")


def labels_of(locale: str) -> dict[str, str]:
    """The words that may stand before the colon: English ones everywhere, and the language's own."""
    own = {say(locale, f"glossary.label_{name}").casefold(): name for name in LABELS} if locale in LOCALES else {}
    return own | {name: name for name in LABELS}


def read_glossary(layout: Layout) -> Glossary:
    """Read `glossary.md` below docs and its translations; an empty glossary if there is none."""
    pages = {}
    for locale in layout.locales:
        name = FILE if locale == SOURCE else FILE.replace(".md", f".{locale}.md")
        path = PurePosixPath(layout.docs, name)
        if (layout.root / path).is_file():
            text = layout.read(path).decode("utf-8-sig", errors="replace")
            pages[locale] = parse_glossary(path, locale, text.replace("\r\n", "\n"))
    return build_glossary(pages.values())


def build_glossary(pages: Iterable[GlossaryPage]) -> Glossary:
    """Collect pages; the first entry with an id has it, checks report the others."""
    by_locale = {page.locale: page for page in pages}
    words: dict[tuple[str, str], ConceptText] = {}
    for page in by_locale.values():
        for concept in page.concepts:
            words.setdefault((concept.id, page.locale), concept)
    return Glossary(by_locale, words)


def parse_glossary(path: PurePosixPath, locale: str, text: str) -> GlossaryPage:
    """Read one page. What can not be read becomes a problem with its line; the rest is kept."""
    return _parse_glossary(path, locale, text, labels_of(locale))


@remembered
def _parse_glossary(path: PurePosixPath, locale: str, text: str, known: dict[str, str]) -> GlossaryPage:
    lines = text.split("\n")
    prose = mask_code(text).split("\n")  # a heading in code is an example
    try:
        start = split_front_matter(text)[1]
    except DocumentError:
        start = 0  # the check of pages says so
    heads = [
        (number, match)
        for number, line in enumerate(prose, start=1)
        if number > start and (match := _HEADING.match(line))
    ]
    problems: list[Diagnostic] = []
    concepts = []
    for place, (number, match) in enumerate(heads):
        end = heads[place + 1][0] - 1 if place + 1 < len(heads) else len(lines)
        if match["id"]:
            concepts.append(
                _parse_entry(path, locale, match["id"], match["term"], number, lines[number:end], problems, known)
            )
        else:
            hint = "Write one behind it, the same in all languages: ## Coverage {#coverage}"
            problems.append(Diagnostic(path, number, "G001", f'the concept "{match["term"]}" has no id', hint))
    return GlossaryPage(path, locale, heads[0][0] if heads else len(lines) + 1, tuple(concepts), tuple(problems))


def _parse_entry(
    path: PurePosixPath,
    locale: str,
    concept: str,
    term: str,
    line: int,
    body: list[str],
    problems: list[Diagnostic],
    known: dict[str, str],
) -> ConceptText:
    values: dict[str, list[Form]] = {name: [] for name in LABELS}
    last = max((number for number, text in enumerate(body) if text.strip()), default=-1)
    first_label = _find_labels(body, known)
    for number in range(first_label, last + 1):
        match = _LABEL.match(body[number])
        if match is None:
            continue
        continued = takewhile(_CONTINUED.match, body[number + 1 : last + 1])
        value = " ".join([match["value"].strip(), *(line.strip() for line in continued)])
        label, place = match["label"].strip().casefold(), line + 1 + number
        if label not in known:
            close = difflib.get_close_matches(label, known, n=1)
            hint = f"Did you mean `{close[0]}`?" if close else f"Labels: {', '.join(LABELS)}."
            problems.append(Diagnostic(path, place, "G001", f"the label `{match['label']}` is not known", hint))
            continue
        values[known[label]] += _read_value(known[label], value, place)
    paragraphs = [p.strip() for p in re.split(r"\n[ \t]*\n", "\n".join(body[:first_label])) if p.strip()]
    for label, allowed in (("confidence", "low"), ("link", "by hand")):
        for form in values[label]:
            if form.text != allowed:
                hint = f"The only value is `{label}: {allowed}`; without it, leave the line out."
                problems.append(Diagnostic(path, form.line, "G001", f"`{label}` is `{form.text}`", hint))
    return ConceptText(
        concept,
        term,
        locale,
        path,
        line,
        line + 1 + last if last >= 0 else line,
        " ".join(paragraphs[0].split("\n")) if paragraphs else "",
        "\n\n".join(paragraphs[1:]),
        tuple(values["abbr"]),
        tuple(values["also"]),
        tuple(values["avoid"]),
        values["source"][0].text if values["source"] else "",
        tuple(values["see"]),
        bool(values["confidence"]),
        bool(values["link"]),
    )


def _find_labels(body: list[str], known: Iterable[str]) -> int:
    """The line at which the labels begin: the lists at the end in which at least one label is known or nearly so.

    A list of another kind belongs to the text.
    """
    first = end = len(body)
    while end:
        while end and not body[end - 1].strip():
            end -= 1
        start = end
        while start and (_LABEL.match(body[start - 1]) or _CONTINUED.match(body[start - 1])):
            start -= 1
        labels = [match["label"].strip().casefold() for line in body[start:end] if (match := _LABEL.match(line))]
        if not any(difflib.get_close_matches(label, known, n=1) for label in labels):
            break
        while not _LABEL.match(body[start]):
            start += 1
        first = end = start
    return first


def _read_value(label: str, value: str, line: int) -> Iterator[Form]:
    if label == "see":
        yield from (Form(found, line) for found in _SEE.findall(value))
    elif label in ("source", "confidence", "link"):
        yield Form(value, line)
    else:
        between = _SEMICOLON if _SEMICOLON.search(value) else _COMMA  # a form may have a comma of its own
        yield from (Form(one, line) for one in between.split(value) if one)
