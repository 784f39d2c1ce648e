"""What a page of the site does on a screen, laid open for a page of a book: disclosures, frames, notes, signs of links."""

from __future__ import annotations

import xml.etree.ElementTree as etree
from collections.abc import Sequence
from dataclasses import dataclass, replace

from .xhtml import elements, take_out, text_of, unwrap


@dataclass(frozen=True)
class Note:
    """A note at the end of a chapter. `references` are ids in the text that lead to it; `content` may be empty."""

    id: str
    number: str
    back: str
    """What the way back is called, for those who can not see it."""
    references: tuple[str, ...]
    content: tuple[etree.Element, ...]


def lay_open(root: etree.Element) -> None:
    """Take away signs and frames that only a screen needs, and open what is closed; in place."""
    for parent, link in elements(root, "a", "headerlink"):
        take_out(parent, link)
    for parent, frame in elements(root, "div", "table-frame"):
        unwrap(parent, frame)
    for _, details in elements(root, "details"):
        _open_details(details)
    for _, blank in elements(root, "span", "blank"):
        if blank.get("data-kind") == "tick":  # its box is a letter
            blank.set("class", "tick")
            blank.set("aria-hidden", "true")
        elif not text_of(blank):
            blank.append(rule(12))
    for tag in ("pre", "code"):  # direction in CSS is forbidden in e-books
        for _, code in elements(root, tag):
            code.set("dir", "ltr")


def rule(length: int) -> etree.Element:
    """A line to write on, as letters: many reading programs know no box of a width in running text."""
    line = etree.Element("span", {"class": "rule", "aria-hidden": "true"})
    line.text = "_" * length
    return line


def _open_details(details: etree.Element) -> None:
    """`??? note` becomes the box that `!!! note` is: paper has nothing to open."""
    details.tag = "div"
    details.attrib.pop("open", None)
    details.set("class", f"admonition {details.get('class') or ''}".strip())
    for child in details:
        if child.tag == "summary":
            child.tag = "p"
            child.set("class", "admonition-title")


def take_notes(root: etree.Element) -> list[Note]:
    """Take the list out that Python-Markdown writes at the end of a page, `div.footnote > ol > li#fn:name`.

    To be called before answers are set apart: a note of an answer is a note of its chapter.
    """
    references: dict[str, list[tuple[str, str]]] = {}
    for parent, link in elements(root, "a", "footnote-ref"):
        name = (link.get("href") or "").removeprefix("#")
        references.setdefault(name, []).append((parent.get("id") or "", text_of(link)))
        link.set("epub:type", "noteref")
        link.set("role", "doc-noteref")
    notes: list[Note] = []
    for parent, box in elements(root, "div", "footnote"):
        take_out(parent, box)
        for item in box.iter("li"):
            identifier = item.get("id")
            if not identifier:
                continue  # an item of a list inside a note
            known = references.get(identifier, [])
            backs = list(elements(item, "a", "footnote-backref"))
            back = (backs[0][1].get("aria-label") or "") if backs else ""
            for holder, link in backs:
                take_out(holder, link)
                _strip_end(holder)
            number = known[0][1] if known else str(len(notes) + 1)
            notes.append(Note(identifier, number, back, tuple(one for one, _ in known if one), _blocks(item)))
    return notes


def _strip_end(element: etree.Element) -> None:
    """Take the blank away that stood before the sign of the way back."""
    if len(element):
        element[-1].tail = (element[-1].tail or "").rstrip()
    else:
        element.text = (element.text or "").rstrip()


def reachable(notes: Sequence[Note], text: Sequence[etree.Element]) -> list[Note]:
    """Notes without those that only an answer calls which was taken out: they would tell it."""
    ids = {element.get("id") for root in text for element in root.iter()}
    kept = []
    for note in notes:
        references = tuple(one for one in note.references if one in ids)
        if references or not note.references:
            kept.append(replace(note, references=references))
    return kept


def _blocks(item: etree.Element) -> tuple[etree.Element, ...]:
    """A note's content as blocks; text that stands bare gets a paragraph."""
    if len(item) and item[0].tag in ("p", "div", "ul", "ol", "table", "blockquote", "pre"):
        return tuple(item)
    paragraph = etree.Element("p")
    paragraph.text = item.text
    paragraph.extend(list(item))
    return (paragraph,)


def render_notes(notes: Sequence[Note]) -> etree.Element:
    """The notes as asides that a reading system shows in a window of their own, and others at the end of the chapter."""
    box = etree.Element("div", {"class": "notes"})
    etree.SubElement(box, "hr")
    for note in notes:
        aside = etree.SubElement(box, "aside", {"epub:type": "footnote", "role": "doc-footnote", "id": note.id})
        blocks = list(note.content)
        if not blocks or blocks[0].tag != "p":
            blocks.insert(0, etree.Element("p"))
        aside.extend(blocks)
        _number(blocks[0], note)
        for block in blocks:
            block.tail = None
    return box


def _number(paragraph: etree.Element, note: Note) -> None:
    """The number in front, which is also the way back."""
    text, paragraph.text = paragraph.text or "", None
    if note.references:
        number = etree.Element("a", {"class": "note-number", "role": "doc-backlink", "href": f"#{note.references[0]}"})
        if note.back:
            number.set("title", note.back)
    else:
        number = etree.Element("span", {"class": "note-number"})
    number.text, number.tail = f"{note.number}.", f" {text.lstrip()}"
    paragraph.insert(0, number)
