"""Questions as they stand in a book: boxes to tick and lines to write on in place of controls, answers and hints set apart.

Works on the forms that `quizzes/render.py` makes, by their classes and `data-kind`, so every renderer of a page of the site
can use it. Letters, order and words are those of the page: who reads the book and who reads the site talk about the same `b`.
"""

from __future__ import annotations

import xml.etree.ElementTree as etree
from dataclasses import dataclass

from ...locales import LOCALES
from ...wording import say
from .reflow import Note, rule
from .xhtml import elements, pairs, take_out, text_of

_LINES = 4  # ruled lines for a reflection


@dataclass(frozen=True)
class Answer:
    """What stands at the end of the book for one question."""

    item: str
    """The item's id, which is also the id of its question in the text."""
    name: str
    """`Question 3`, in the language of the page."""
    quiz: str
    """What the quiz around it is called; empty for a question that stands alone."""
    content: tuple[etree.Element, ...]
    lang: str = ""
    """Set where the question is not in the language of its page, with the direction."""
    direction: str = ""


def answer_id(item: str) -> str:
    """The id of an item's answer."""
    return f"answer-{item}"


def print_items(root: etree.Element, locale: str, with_answers: bool) -> tuple[list[Answer], list[Note]]:
    """Lay every form below `root` open, in place; its answers and its hints come back in their order.

    `locale` is the language of the page. Where the audience may have answers, each question links to `#answer-<id>`;
    where it may not, they are taken out and none come back.
    """
    quizzes = {}
    for _, quiz in elements(root, "div", "quiz"):
        for _, item in elements(quiz, "div", "item"):
            quizzes[item.get("id") or ""] = quiz.get("aria-label") or ""
        for name in ("quiz-note", "quiz-summary"):  # about the device, and for the script
            for parent, paragraph in elements(quiz, "p", name):
                take_out(parent, paragraph)
    answers, hints = [], []
    for _, item in elements(root, "div", "item"):
        name = quizzes.get(item.get("id") or "", "")
        answer, notes = _print_item(item, locale, name, with_answers)
        answers += [answer] if answer else []
        hints += notes
    return answers, hints


def _print_item(item: etree.Element, locale: str, quiz: str, with_answers: bool) -> tuple[Answer | None, list[Note]]:
    kind, name = item.get("data-kind") or "", item.get("id") or ""
    number = ""
    for parent, fieldset in elements(item, "fieldset"):
        for legend in fieldset.findall("legend"):
            number = text_of(legend)
            legend.tag = "p"
            legend.set("class", "question-number")
        fieldset.tag = "div"
        fieldset.attrib.clear()
        fieldset.set("class", "question")
        for _, stem in elements(parent, "div", "stem"):
            _print_gaps(stem)
        for _, controls in elements(parent, "div", "answers"):
            _print_controls(controls, kind, locale)
    hints = _take_hints(item, name, number, locale)
    answer = None
    for parent, details in elements(item, "details", "answer"):
        take_out(parent, details)
        if with_answers:
            content = tuple(child for child in details if child.tag != "summary")
            answer = Answer(name, number, quiz, content, item.get("lang") or "", item.get("dir") or "")
            link = etree.SubElement(etree.SubElement(item, "p", {"class": "to-answer"}), "a")
            link.set("href", f"#{answer_id(name)}")
            link.text = say(locale, "epub.possible_answer" if kind == "reflection" else "epub.answer")
            if answer.lang:
                link.set("lang", locale)
                link.set("dir", LOCALES[locale].direction)
    return answer, hints


def _take_hints(item: etree.Element, name: str, question: str, locale: str) -> list[Note]:
    """Hints become notes of the chapter: seen only by those who ask."""
    hints = []
    found = list(elements(item, "details", "hint"))
    if not found:
        return []
    line = etree.Element("p", {"class": "hints"})
    for number, (parent, details) in enumerate(found, start=1):
        take_out(parent, details)
        label = text_of(next(details.iter("summary")))
        attributes = {"id": f"{name}-hint-ref-{number}", "href": f"#{name}-hint-{number}", "class": "footnote-ref"}
        link = etree.SubElement(line, "a", attributes | {"epub:type": "noteref", "role": "doc-noteref"})
        link.text, link.tail = label, " "
        content = tuple(child for child in details if child.tag != "summary")
        hints.append(Note(f"{name}-hint-{number}", f"{question} – {label}", "", (link.get("id") or "",), content))
    item.append(line)
    return hints


def _print_gaps(stem: etree.Element) -> None:
    """A numbered line in place of a field in the text, its choices behind it in brackets."""
    controls = [(parent, child) for parent, child in pairs(stem) if child.tag in ("input", "select")]
    for number, (_, control) in enumerate(controls, start=1):
        choices = [text_of(option) for option in control.iter("option") if option.get("value")]
        tail = control.tail
        control.clear()
        control.tag = "span"
        control.set("class", "gap")
        control.text = f"({number}) "
        control.append(rule(10))
        control.tail = (f" [{' / '.join(choices)}]" if choices else "") + (tail or "")


def _print_controls(controls: etree.Element, kind: str, locale: str) -> None:
    rows = [row for row in controls if row.tag == "div" and row.get("class") == "row"]
    if rows and kind == "matching":
        _print_matching(controls, rows, locale)
    elif rows:
        _print_ordering(controls, rows)
    elif any(row.get("class") == "option" for row in controls):
        _print_options(controls)
    else:
        _print_lines(controls)


def _print_options(controls: etree.Element) -> None:
    options = etree.Element("ul", {"class": "options"})
    for row in list(controls):
        item = etree.SubElement(options, "li")
        for child in list(row):
            if child.tag == "input":
                item.append(_tick("☐" if child.get("type") == "checkbox" else "○"))
            else:
                child.attrib.clear()
                child.tag = "div" if child.tag == "div" else "span"
                for _, letter in elements(child, "span", "letter"):
                    letter.tail = " " + (letter.tail or "")
                item.append(child)
    _replace_content(controls, options)


def _tick(shape: str) -> etree.Element:
    """A box or a circle as a letter, which every reading program shows; it says nothing that the list does not say."""
    tick = etree.Element("span", {"class": "tick", "aria-hidden": "true"})
    tick.text, tick.tail = shape, " "
    return tick


def _print_matching(controls: etree.Element, rows: list[etree.Element], locale: str) -> None:
    """Two columns: what belongs somewhere, with a line for a letter; and the lettered places, in the order of the page."""
    letters = say(locale, "quiz.letters").split()
    table = etree.Element("table", {"class": "matching"})
    body = etree.SubElement(table, "tbody")
    choices = [text_of(option) for option in rows[0].iter("option") if option.get("value")]
    for place in range(max(len(rows), len(choices))):
        line = etree.SubElement(body, "tr")
        left, right = etree.SubElement(line, "td"), etree.SubElement(line, "td")
        if place < len(rows):
            label = next(rows[place].iter("label"))
            left.text, label.attrib = None, {}
            label.tag = "span"
            left.append(label)
            label.tail = " "
            left.append(rule(4))
        if place < len(choices):
            letter = letters[place] if place < len(letters) else str(place + 1)
            right.text = f"{letter}. {choices[place]}"
    _replace_content(controls, table)


def _print_ordering(controls: etree.Element, rows: list[etree.Element]) -> None:
    """A box for a number before every step."""
    steps = etree.Element("ul", {"class": "options"})
    for row in rows:
        item = etree.SubElement(steps, "li")
        item.append(_tick("☐"))
        label = next(row.iter("label"))
        label.tag = "span"
        label.attrib.clear()
        label.tail = None
        item.append(label)
    _replace_content(controls, steps)


def _print_lines(controls: etree.Element) -> None:
    for label in controls.findall("label"):
        label.tag = "p"
        label.attrib.clear()
        label.set("class", "write")
    for parent, field in pairs(controls):
        if field.tag in ("input", "textarea"):
            place, count = list(parent).index(field), _LINES if field.tag == "textarea" else 1
            take_out(parent, field)
            for _ in range(count):
                parent.insert(place, etree.Element("div", {"class": "line"}))


def _replace_content(element: etree.Element, content: etree.Element) -> None:
    element.text = None
    for child in list(element):
        element.remove(child)
    element.append(content)
