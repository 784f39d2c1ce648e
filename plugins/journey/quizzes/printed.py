"""An item on paper: tick boxes, lines to write on, and behind it the key with reasons.

The key stands in the same tree so that its notes and links are those of the page; who prints takes it out.

Builds trees as `render.py` does, of elements that a printed book and an EPUB show without style sheet or script.
"""

from __future__ import annotations

import xml.etree.ElementTree as etree
from collections.abc import Sequence

from ..locales import LOCALES
from ..wording import say
from .model import Item, Kind, Option
from .parse import replace_gaps
from .render import PieceRenderer, seeded_order

LINES = 6
"""Lines to write on below a reflection."""

_GAP = '<span class="blank" data-kind="gap"></span>'


class PrintedItem:
    """Builds the form and the key of one item in the language of the page that it is printed on."""

    def __init__(self, item: Item, number: int, locale: str, pieces: PieceRenderer, shuffle: bool = False) -> None:
        """`number` is the question's number; `shuffle` puts its options in the order that the page shows them in."""
        self._item, self._number, self._locale, self._pieces = item, number, locale, pieces
        self._shuffle = shuffle and item.kind in (Kind.SINGLE, Kind.MULTIPLE)
        self._letters = self._say("quiz.letters").split()

    def _say(self, key: str, **values: object) -> str:
        return say(self._locale, key, **values)

    def form(self) -> etree.Element:
        """What a learner fills in; nothing in it gives the answer away but the hints."""
        item = self._item
        box = self._box({"class": "print-item", "id": item.id, "data-kind": item.kind.value})
        stem = _sub(box, "div", {"class": "stem"})
        text = item.words.stem.text
        self._pieces.blocks(stem, replace_gaps(text, self._gaps()) if item.kind is Kind.GAPS else text)
        match item.kind:
            case Kind.SINGLE | Kind.MULTIPLE | Kind.TRUE_FALSE | Kind.SCALE:
                if item.kind is Kind.MULTIPLE:
                    self._own(_sub(box, "p", {"class": "small"})).text = self._say("quiz.print_several")
                self._choices(_sub(box, "ul", {"class": "ticks"}))
            case Kind.NUMBER | Kind.TEXT:
                line = self._own(_sub(box, "p"))
                key = "quiz.your_number" if item.kind is Kind.NUMBER else "quiz.your_answer"
                line.text = f"{self._say(key)}: "
                _sub(line, "span", {"class": "blank"})
            case Kind.MATCHING:
                self._matching(box)
            case Kind.ORDERING:
                self._own(_sub(box, "p", {"class": "small"})).text = self._say("quiz.print_order")
                rows = _sub(box, "ul", {"class": "order"})
                for step in seeded_order(item.words.steps, item.id):
                    self._pieces.inline(_sub(rows, "li"), step.text.text)
            case Kind.REFLECTION:
                _sub(box, "div", {"class": "writing-lines", "data-lines": str(LINES)})
            case Kind.GAPS:
                pass  # the lines stand in the stem
        for number, hint in enumerate(item.words.hints, start=1):
            label = self._say("quiz.hint", number=number)
            self._labelled(_sub(box, "div", {"class": "hint small"}), f"{label}:", hint.text)
        return box

    def key(self) -> etree.Element:
        """The right answer with the reasons."""
        item = self._item
        box = self._box({"class": "print-key", "data-item": item.id})
        match item.kind:
            case Kind.SINGLE | Kind.MULTIPLE | Kind.TRUE_FALSE:
                self._verdicts(_sub(box, "ul", {"class": "lettered"}))
            case Kind.NUMBER:
                span = item.spans[0]
                shown = item.source.answers[0].text if span.low == span.high else f"{span.low:f} – {span.high:f}"
                _sub(box, "p").text = shown
            case Kind.TEXT:
                _sub(box, "p").text = " / ".join(piece.text for piece in item.words.answers or item.source.answers)
            case Kind.GAPS:
                rows = _sub(box, "ol")
                own = {gap.name: gap for gap in item.words.gaps}
                for gap in item.source.gaps:
                    words = own.get(gap.name, gap)
                    choice = (words.choices or gap.choices)[gap.right or 0] if gap.choices else ""
                    _sub(rows, "li").text = choice or " / ".join(words.accepted or gap.accepted)
            case Kind.MATCHING:
                letters = self._pair_letters()
                rows = _sub(box, "ol")
                for pair in item.words.pairs:
                    row = _sub(rows, "li")
                    self._own(_sub(row, "b")).text = f"{letters[pair.key]}."
                    row[0].tail = " "
                    self._pieces.inline(_sub(row, "span"), pair.right.text)
            case Kind.ORDERING:
                rows = _sub(box, "ol")
                for step in item.words.steps:
                    self._pieces.inline(_sub(rows, "li"), step.text.text)
            case Kind.REFLECTION:
                self._pieces.blocks(box, item.words.model.text if item.words.model else "")
            case Kind.SCALE:
                box.set("data-open", "")  # books leave it out of their answers
                self._own(_sub(box, "p")).text = self._say("quiz.print_no_right")
        if item.words.why:
            self._pieces.blocks(_sub(box, "div"), item.words.why.text)
        return box

    def _box(self, attributes: dict[str, str]) -> etree.Element:
        box = etree.Element("div", attributes)
        _sub(box, "p", {"class": "item-label"}).text = self._say("quiz.question", number=self._number)
        if self._item.words.locale != self._locale:
            foreign = LOCALES[self._item.words.locale]
            box.set("lang", foreign.code)
            box.set("dir", foreign.direction)
            self._own(_sub(box, "p", {"class": "notice"})).text = self._say("quiz.untranslated")
        self._own(box[0])
        return box

    def _own(self, element: etree.Element) -> etree.Element:
        """Mark words of the interface, which stand in the page's language, in an item that does not."""
        if self._item.words.locale != self._locale:
            element.set("lang", self._locale)
            element.set("dir", LOCALES[self._locale].direction)
        return element

    def _gaps(self) -> dict[str, str]:
        own = {gap.name: gap for gap in self._item.words.gaps}
        lines = {}
        for gap in self._item.source.gaps:
            choices = own.get(gap.name, gap).choices or gap.choices
            lines[gap.name] = _GAP + (f" ({' / '.join(choices)})" if choices else "")
        return lines

    def _choices(self, rows: etree.Element) -> None:
        for place, option in enumerate(self._shown()):
            row, text = _sub(rows, "li"), self._option_text(option)
            if self._item.kind in (Kind.SINGLE, Kind.MULTIPLE):
                self._own(_sub(row, "b")).text = f"{self._letter(place)}."
                row[0].tail = " "
            if "\n" in text:
                self._pieces.blocks(_sub(row, "div"), text)
            else:
                words = _sub(row, "span")
                if not option.text.text.strip():
                    self._own(words)
                self._pieces.inline(words, text)

    def _verdicts(self, rows: etree.Element) -> None:
        right = self._item.right_keys()
        for place, option in enumerate(self._shown()):
            row = _sub(rows, "li")
            is_right = option.key in right
            name = f"{self._option_text(option)}:" if self._item.kind is Kind.TRUE_FALSE else f"{self._letter(place)}."
            verdict = self._say("quiz.is_right" if is_right else "quiz.is_wrong")
            self._labelled(row, f"{name} {verdict}.", option.feedback.text if option.feedback else "")

    def _labelled(self, parent: etree.Element, label: str, text: str) -> None:
        """A bold label and a text: in one line if the text is one paragraph."""
        line = _sub(parent, "p")
        self._own(_sub(line, "b")).text = label
        if "\n" in text.strip():
            self._pieces.blocks(_sub(parent, "div"), text)
        elif text:
            line[0].tail = " "
            self._pieces.inline(_sub(line, "span"), text.strip())

    def _matching(self, box: etree.Element) -> None:
        """Left what is asked, each with a line for a letter; right the lettered answers in a seeded order."""
        item, letters = self._item, self._pair_letters()
        rows = _sub(box, "ol")
        for pair in item.words.pairs:
            row = _sub(rows, "li")
            self._pieces.inline(_sub(row, "span"), pair.left.text)
            row[0].tail = " "
            _sub(row, "span", {"class": "blank", "data-kind": "gap"})
        answers = _sub(box, "ul", {"class": "lettered"})
        for pair in seeded_order(item.words.pairs, item.id):
            row = _sub(answers, "li")
            self._own(_sub(row, "b")).text = f"{letters[pair.key]}."
            row[0].tail = " "
            self._pieces.inline(_sub(row, "span"), pair.right.text)

    def _pair_letters(self) -> dict[str, str]:
        order = seeded_order(self._item.words.pairs, self._item.id)
        return {pair.key: self._letter(place) for place, pair in enumerate(order)}

    def _shown(self) -> Sequence[Option]:
        words = {option.key: option for option in self._item.words.options}
        shown = [words.get(option.key, option) for option in self._item.source.options]
        return seeded_order(shown, self._item.id) if self._shuffle else shown

    def _option_text(self, option: Option) -> str:
        if self._item.kind is Kind.TRUE_FALSE and not option.text.text.strip():
            return self._say(f"quiz.{option.key}")
        return option.text.text

    def _letter(self, place: int) -> str:
        return self._letters[place] if place < len(self._letters) else str(place + 1)


def _sub(parent: etree.Element, tag: str, attributes: dict[str, str] | None = None) -> etree.Element:
    return etree.SubElement(parent, tag, attributes or {})
