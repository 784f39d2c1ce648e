"""An e-book from the chapters of a printed one: the same pages, sections and audiences, as the site renders them."""

from __future__ import annotations

import re
import uuid
import xml.etree.ElementTree as etree
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from ..wording import say
from .compose import Chapter, Edition
from .ebook.model import Chapter as Part
from .ebook.model import EBook
from .epub import site_fonts, write_epub
from .front import AUTHOR
from .html import classes, parse_html
from .select import select, select_picks, take_notes

ToHtml = Callable[[Chapter], str]
"""HTML of a chapter's page as the site shows it: forms with answers, drawings in the page, links as written."""

NO_DATE = date(1980, 1, 1)  # for content that nobody has reviewed yet; a file must have a date


@dataclass(frozen=True)
class EbookMaker:
    """What every e-book needs beside its edition."""

    to_html: ToHtml
    fonts: Path
    """Folder with the site's own fonts."""
    styles: tuple[str, ...] = ()
    """CSS that drawings need."""

    def make(self, edition: Edition, address: str) -> bytes:
        """The file. Raises EpubError with what an e-book can not show."""
        pictures: dict[str, bytes] = {}
        names = {chapter.source: _name(chapter.source, number) for number, chapter in enumerate(edition.chapters)}
        parts = [
            Part(
                "imprint",
                say(edition.locale, "book.edition", stamp=edition.stamp),
                _imprint(edition),
                edition.locale,
                "imprint",
            )
        ]
        for chapter, part in zip(edition.chapters, edition.book.parts, strict=True):
            root = parse_html(self.to_html(chapter))
            notes = take_notes(root)
            chosen = select_picks(root) if part.picks else select(root, part.sections)
            if edition.book.is_public:
                _drop_keys_of_tests(chosen)
            self._connect(chosen, chapter, names, pictures)
            html = etree.tostring(chosen, encoding="unicode", method="html") + _notes(notes)
            name = names[chapter.source]
            parts.append(Part(name, chapter.title, html, chapter.locale, source=chapter.path))
        fonts, licences = site_fonts(edition.locale, self.fonts)
        days = sorted(chapter.reviewed_on for chapter in edition.chapters if chapter.reviewed_on)
        return write_epub(
            EBook(
                title=edition.book.title_in(edition.locale),
                locale=edition.locale,
                identifier=uuid.uuid5(uuid.NAMESPACE_URL, f"{address}{edition.locale}/{edition.stamp}").urn,
                modified=date.fromisoformat(days[-1]) if days else NO_DATE,
                chapters=parts,
                description=edition.book.subtitle.get(edition.locale, ""),
                creators=[AUTHOR],
                publisher=AUTHOR,
                rights=say(edition.locale, "book.licence"),
                source=address,
                lines=[say(edition.locale, "book.edition", stamp=edition.stamp)],
                pictures=pictures,
                styles=self.styles,
                fonts=fonts,
                licences=licences,
                with_answers=edition.book.answers,
            )
        )

    def _connect(
        self, root: etree.Element, chapter: Chapter, names: Mapping[PurePosixPath, str], pictures: dict[str, bytes]
    ) -> None:
        """Links of the page lead to chapters of the book, to the site, or nowhere; pictures come along."""
        ids = {element.get("id") for element in root.iter()}
        for link in root.iter("a"):
            target = link.get("href", "")
            if not target or {"footnote-ref", "headerlink", "footnote-backref"} & classes(link):
                continue
            label = chapter.around.label_of(target)
            page, _, anchor = (label or "").partition("#")
            if label is not None and PurePosixPath(page) in names:
                own = PurePosixPath(page) == chapter.source
                if own and anchor in ids:
                    link.set("href", f"#{anchor}")
                else:
                    link.set("href", f"chapter:{names[PurePosixPath(page)]}" + (f"#{anchor}" if anchor else ""))
            elif address := chapter.around.address_of(target):
                link.set("href", address)
            else:
                link.attrib.pop("href")
        for image in root.iter("img"):
            picture = chapter.around.load_picture(image.get("src", ""))
            name = f"{PurePosixPath(image.get('src', '')).stem}-{len(pictures)}.{picture.kind}"
            pictures[name] = picture.data
            image.set("src", name)


def _name(source: PurePosixPath, number: int) -> str:
    return f"c{number + 1}-" + re.sub(r"[^a-z0-9]+", "-", source.stem.lower()).strip("-")


def _imprint(edition: Edition) -> str:
    keys = ("footer.independent", "book.law", "book.licence")
    root = etree.Element("div")
    for key in keys:
        etree.SubElement(root, "p").text = say(edition.locale, key)
    return "".join(etree.tostring(child, encoding="unicode") for child in root)


def _drop_keys_of_tests(root: etree.Element) -> None:
    """Learners do not get the keys of tests before and after a module on paper, nor here."""
    for quiz in root.iter("div"):
        if "quiz" in classes(quiz) and quiz.get("data-quiz") not in (None, "self-check"):
            for item in list(quiz.iter("div")):
                item.attrib.pop("data-key", None)
                for child in [one for one in item if one.tag == "details"]:
                    item.remove(child)


def _notes(notes: Mapping[str, etree.Element]) -> str:
    if not notes:
        return ""
    items = "".join(etree.tostring(note, encoding="unicode", method="html") for note in notes.values())
    return f'<div class="footnote"><hr><ol>{items}</ol></div>'
