"""An item as a form on the page: native controls, a closed disclosure with the answer, nothing that needs script.

Builds the tree; how a piece of Markdown becomes part of it is for the caller (`PieceRenderer`), who
knows the Markdown library.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
import xml.etree.ElementTree as etree
from collections.abc import Sequence
from typing import Protocol, TypeVar

from ..locales import LOCALES
from ..wording import say
from .model import Item, Kind, Option, Piece
from .parse import replace_gaps

T = TypeVar("T")


class PieceRenderer(Protocol):
    """Puts Markdown into the tree."""

    def blocks(self, parent: etree.Element, text: str) -> None:
        """Append paragraphs, lists, tables and so on."""

    def inline(self, parent: etree.Element, text: str) -> None:
        """Append running text."""


def seeded_order(items: Sequence[T], seed: str) -> list[T]:
    """A shuffle that is the same in every build: by the hash of the seed and the place.

    For two or more items the result is never the order that they came in, which would give an answer away.
    """
    keyed = sorted(range(len(items)), key=lambda index: hashlib.sha256(f"{seed}:{index}".encode()).digest())
    if len(items) > 1 and keyed == list(range(len(items))):
        keyed = keyed[1:] + keyed[:1]
    return [items[index] for index in keyed]


def plain_text(markdown: str) -> str:
    """Markdown as the text of a menu entry, which can hold no markup."""
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", markdown)
    return re.sub(r"[*_`]", "", re.sub(r"<[^<>]*>", "", text)).strip()


class ItemForm:
    """Builds the form of one item in the language of the page."""

    def __init__(self, item: Item, number: int, locale: str, pieces: PieceRenderer, shuffle: bool = False) -> None:
        """`number` is the question's number on the page; `shuffle` puts its options in a seeded order."""
        self._shuffle = shuffle and item.kind in (Kind.SINGLE, Kind.MULTIPLE)
        self._item = item
        self._number = number
        self._locale = locale
        self._pieces = pieces
        self._letters = self.say("quiz.letters").split()

    def say(self, key: str, **values: object) -> str:
        return say(self._locale, key, **values)

    def render(self) -> etree.Element:
        """The whole item as one element."""
        item = self._item
        section = etree.Element("div", {"class": "item", "id": item.id, "data-kind": item.kind.value})
        section.set("data-points", str(item.points))
        if item.objective:
            section.set("data-objective", item.objective)
        if item.kind.is_scored:
            section.set("data-key", json.dumps(self._key(), ensure_ascii=False, sort_keys=True))
        fieldset = _sub(section, "fieldset", {"aria-describedby": f"{item.id}-stem"})
        _sub(fieldset, "legend").text = self.say("quiz.question", number=self._number)
        stem = _sub(fieldset, "div", {"class": "stem", "id": f"{item.id}-stem"})
        if item.words.locale != self._locale and self._locale in LOCALES:
            foreign = LOCALES[item.words.locale]
            section.set("data-untranslated", "")
            section.set("lang", foreign.code)
            section.set("dir", foreign.direction)
            own = LOCALES[self._locale]
            note = etree.Element("p", {"class": "notice", "lang": own.code, "dir": own.direction})
            note.text = self.say("quiz.untranslated")
            fieldset.insert(1, note)
        self._pieces.blocks(stem, self._stem_text())
        body = _sub(fieldset, "div", {"class": "answers"})
        self._controls(body)
        self._hints(section)
        self._answer(section)
        return section

    def _stem_text(self) -> str:
        if self._item.kind is not Kind.GAPS:
            return self._item.words.stem.text
        own = {gap.name: gap for gap in self._item.words.gaps}
        controls = {}
        for number, gap in enumerate(self._item.source.gaps, start=1):
            label = html.escape(self.say("quiz.gap", number=number), quote=True)
            name = f'id="{self._item.id}-{gap.name}" data-gap="{gap.name}" aria-label="{label}"'
            if gap.choices:
                choices = own[gap.name].choices if gap.name in own else gap.choices
                entries = "".join(f'<option value="{n}">{html.escape(c)}</option>' for n, c in enumerate(choices))
                controls[gap.name] = f'<select {name}><option value="">…</option>{entries}</select>'
            else:
                controls[gap.name] = f'<input type="text" autocomplete="off" {name} />'
        return replace_gaps(self._item.words.stem.text, controls)

    def _controls(self, parent: etree.Element) -> None:
        item = self._item
        match item.kind:
            case Kind.SINGLE | Kind.TRUE_FALSE | Kind.SCALE:
                self._choices(parent, "radio")
            case Kind.MULTIPLE:
                self._choices(parent, "checkbox")
            case Kind.NUMBER | Kind.TEXT:
                label = _sub(parent, "label", {"for": f"{item.id}-answer"})
                label.text = self.say("quiz.your_number" if item.kind is Kind.NUMBER else "quiz.your_answer")
                attributes = {"type": "text", "id": f"{item.id}-answer", "autocomplete": "off"}
                if item.kind is Kind.NUMBER:
                    attributes["inputmode"] = "decimal"
                _sub(parent, "input", attributes)
            case Kind.MATCHING:
                rights = seeded_order(item.words.pairs, item.id)
                for pair in item.words.pairs:
                    entries = [(right.key, plain_text(right.right.text)) for right in rights]
                    self._select(parent, pair.key, pair.left, entries)
            case Kind.ORDERING:
                count = len(item.words.steps)
                for step in seeded_order(item.words.steps, item.id):
                    self._select(parent, step.key, step.text, [(str(n), str(n)) for n in range(1, count + 1)])
            case Kind.REFLECTION:
                label = _sub(parent, "label", {"for": f"{item.id}-answer"})
                label.text = self.say("quiz.your_notes")
                _sub(parent, "textarea", {"id": f"{item.id}-answer", "rows": "5"})
            case Kind.GAPS:
                pass  # the controls stand in the stem

    def _choices(self, parent: etree.Element, control: str) -> None:
        item = self._item
        for place, option in enumerate(self._shown_options()):
            row = _sub(parent, "div", {"class": "option", "data-option": option.key})
            name = f"{item.id}-{option.key}"
            box = _sub(row, "input", {"type": control, "id": name, "name": item.id, "value": option.key})
            text = self._option_text(option)
            if "\n" in text:  # paragraphs, a table: more than a label may hold
                box.set("aria-labelledby", f"{name}-text")
                label = _sub(row, "div", {"id": f"{name}-text", "class": "option-text"})
            else:
                label = _sub(row, "label", {"for": name})
            if item.kind in (Kind.SINGLE, Kind.MULTIPLE):
                _sub(label, "span", {"class": "letter"}).text = f"{self._letter(place)}."
            if "\n" in text:
                self._pieces.blocks(label, text)
            else:
                self._pieces.inline(_sub(label, "span"), text)

    def _shown_options(self) -> Sequence[Option]:
        """The words of the language in the order of the source, or shuffled: letters decide, not places."""
        words = {option.key: option for option in self._item.words.options}
        shown = [words.get(option.key, option) for option in self._item.source.options]
        return seeded_order(shown, self._item.id) if self._shuffle else shown

    def _option_text(self, option: Option) -> str:
        if self._item.kind is Kind.TRUE_FALSE and not option.text.text.strip():
            return self.say(f"quiz.{option.key}")
        return option.text.text

    def _letter(self, place: int) -> str:
        return self._letters[place] if place < len(self._letters) else str(place + 1)

    def _select(self, parent: etree.Element, key: str, piece: Piece, entries: list[tuple[str, str]]) -> None:
        row = _sub(parent, "div", {"class": "row"})
        name = f"{self._item.id}-{key}"
        self._pieces.inline(_sub(row, "label", {"for": name}), piece.text)
        select = _sub(row, "select", {"id": name, "data-row": key})
        _sub(select, "option", {"value": ""}).text = "…"
        for value, text in entries:
            _sub(select, "option", {"value": value}).text = text

    def _hints(self, section: etree.Element) -> None:
        for number, hint in enumerate(self._item.words.hints, start=1):
            details = _sub(section, "details", {"class": "hint"})
            _sub(details, "summary").text = self.say("quiz.hint", number=number)
            self._pieces.blocks(details, hint.text)

    def _answer(self, section: etree.Element) -> None:
        item = self._item
        if item.kind is Kind.SCALE and item.words.why is None:
            return
        details = _sub(section, "details", {"class": "answer"})
        _sub(details, "summary").text = self.say("quiz.model" if item.kind is Kind.REFLECTION else "quiz.answer")
        match item.kind:
            case Kind.SINGLE | Kind.MULTIPLE | Kind.TRUE_FALSE:
                right = item.right_keys()
                rows = _sub(details, "ul", {"class": "verdicts"})
                for place, option in enumerate(self._shown_options()):
                    row = _sub(rows, "li", {"data-verdict": option.key})
                    verdict = _sub(row, "b", {"class": "right" if option.key in right else "wrong"})
                    word = self.say("quiz.is_right" if option.key in right else "quiz.is_wrong")
                    name = self._option_text(option) if item.kind is Kind.TRUE_FALSE else self._letter(place)
                    verdict.text = f"{name}: {word}"
                    if option.feedback:
                        self._pieces.blocks(_sub(row, "div"), option.feedback.text)
            case Kind.NUMBER:
                span = item.spans[0]
                shown = item.source.answers[0].text if span.low == span.high else f"{span.low:f} – {span.high:f}"
                _sub(details, "p").text = shown
            case Kind.TEXT:
                _sub(details, "p").text = " / ".join(piece.text for piece in item.words.answers or item.source.answers)
            case Kind.GAPS:
                rows = _sub(details, "ol")
                own = {gap.name: gap for gap in item.words.gaps}
                for gap in item.source.gaps:
                    words = own.get(gap.name, gap)
                    right_choice = (words.choices or gap.choices)[gap.right or 0] if gap.choices else ""
                    _sub(rows, "li").text = right_choice or " / ".join(words.accepted or gap.accepted)
            case Kind.MATCHING:
                rows = _sub(details, "ul")
                for pair in item.words.pairs:
                    self._pieces.inline(_sub(rows, "li"), f"{pair.left.text} – {pair.right.text}")
            case Kind.ORDERING:
                rows = _sub(details, "ol")
                for step in item.words.steps:
                    self._pieces.inline(_sub(rows, "li"), step.text.text)
            case Kind.REFLECTION:
                self._pieces.blocks(details, item.words.model.text if item.words.model else "")
            case Kind.SCALE:
                pass
        if item.words.why:
            self._pieces.blocks(_sub(details, "div", {"class": "why"}), item.words.why.text)

    def _key(self) -> object:
        """What the script needs to mark an answer; a self-check hides nothing, and the page says so."""
        item = self._item
        match item.kind:
            case Kind.NUMBER:
                return [str(item.spans[0].low), str(item.spans[0].high)]
            case Kind.TEXT:
                return [piece.text for piece in item.words.answers or item.source.answers]
            case Kind.GAPS:
                own = {gap.name: gap for gap in item.words.gaps}
                return {
                    gap.name: gap.right if gap.choices else list(own.get(gap.name, gap).accepted or gap.accepted)
                    for gap in item.source.gaps
                }
            case Kind.MATCHING:
                return {pair.key: pair.key for pair in item.source.pairs}
            case Kind.ORDERING:
                return {step.key: str(place) for place, step in enumerate(item.source.steps, start=1)}
            case _:
                return sorted(item.right_keys())


def _sub(parent: etree.Element, tag: str, attributes: dict[str, str] | None = None) -> etree.Element:
    return etree.SubElement(parent, tag, attributes or {})
