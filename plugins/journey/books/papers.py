"""Papers for a test: the questions, a sheet for the answers, the key with reasons; one of each in a language."""

from __future__ import annotations

import xml.etree.ElementTree as etree
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..locales import LOCALES
from ..wording import load_wording
from .finish import finish
from .front import AUTHOR
from .html import classes, parse_html, text_of
from .literals import content, dictionary, literal
from .printed import Page, Surroundings
from .select import take_keys, take_notes
from .setting import Manuscript, set_book
from .typeset import Quill, TypeSet
from .walk import Walk

TRIM = "form"


@dataclass(frozen=True)
class Test:
    """What a paper is made of: an assessment in one language, its questions rendered, a key behind each."""

    __test__ = False  # no case of ours for pytest

    id: str
    locale: str
    kind: str
    """The word for it in its language: Final test."""
    points: int
    html: str
    hints: bool
    around: Surroundings


@dataclass(frozen=True)
class Paper:
    """A finished paper. `kind` is paper, sheet or key."""

    name: str
    kind: str
    pdf: bytes
    pages: int
    texts: Sequence[str]


def make_papers(test: Test) -> Iterator[Paper]:
    """The three papers of a test. Raises SettingError or WalkError for what can not be printed."""
    root = parse_html(test.html)
    notes, keys = take_notes(root), take_keys(root)
    if not test.hints:
        for parent in list(root.iter()):
            for child in [one for one in parent if "hint" in classes(one)]:
                parent.remove(child)
    items = [element for element in root if "print-item" in classes(element)]
    key_root = etree.Element("div")
    for item in items:
        key = keys[item.get("id", "")]
        key.set("class", "print-key alone")  # the questions stand on another paper
        key_root.append(key)
    for kind, body in (("paper", root), ("sheet", answer_sheet(items)), ("key", key_root)):
        yield _set(test, kind, body, notes, items)


def answer_sheet(items: Sequence[etree.Element]) -> etree.Element:
    """A row for every question: boxes with its letters, or a line."""
    out = etree.Element("div")
    for number, item in enumerate(items, start=1):
        row = etree.SubElement(out, "p")
        etree.SubElement(row, "b").text = f"{number}."
        row[-1].tail = " \u00a0 "
        options = [li for ul in item.iter("ul") if "ticks" in classes(ul) for li in ul]
        for option in options:
            etree.SubElement(row, "span", {"class": "blank", "data-kind": "tick"})
            letter = option.find("b")
            row[-1].tail = f"\u00a0{text_of(letter) if letter is not None else text_of(option)} \u00a0 "
        if not options:
            etree.SubElement(row, "span", {"class": "blank"})
    return out


def _set(
    test: Test, kind: str, root: etree.Element, notes: Mapping[str, etree.Element], items: Sequence[etree.Element]
) -> Paper:
    page = Page(test.id, test.locale, TRIM, load_wording(test.locale), test.around, notes, 500, TypeSet(test.locale))
    walk = Walk(page)
    chunks = [*walk.blocks_of(root), *walk.notes_at_end()]
    quill = Quill(test.locale)
    title = f"{test.kind} ({test.id})"
    meta = {
        "title": literal(title),
        "author": literal(AUTHOR),
        "keywords": "()",
        "description": literal(""),
        "lang": literal(test.locale),
        "trim": literal(TRIM),
        "words": dictionary({"page": literal(load_wording(test.locale)["book.page"])}),
    }
    points = {"points": test.points} if kind == "paper" else {}
    who = content([quill.say("paper.name"), "blank", quill.say("paper.date"), "blank"])
    front = [
        '#import "/lib/lib.typ": *',
        *(f'#let {one} = speak.with("{one}", "{TRIM}")' for one in LOCALES),
        f"#let meta = {dictionary(meta)}",
        "#show: book.with(meta)",
        f"#{test.locale}(heading(level: 1, {quill.words(title)}))",
        f"#{test.locale}(heading(level: 2, {quill.say(f'paper.{kind}')}))",
        f"#{test.locale}(par({quill.say(f'paper.{kind}_note', **points)}))",
        *([] if kind == "key" else [f"#{test.locale}(par({who}))"]),
    ]
    manuscript = Manuscript(front, chunks, (), walk.pictures, tuple(quill.texts))
    done = set_book(manuscript)
    texts = manuscript.texts()
    return Paper(f"{test.id}.{test.locale}.{kind}.pdf", kind, finish(done.pdf, test.locale, texts), done.pages, texts)
