"""The file of an e-book: its documents, lists and metadata in a zip that is the same for the same book.

Open Container Format and package document after EPUB 3.3 (W3C Recommendation), sections 4 to 7; beside the navigation
document stands the list of EPUB 2 (`toc.ncx`), which 3.3 allows, for old reading programs on cheap phones.
"""

from __future__ import annotations

import io
import xml.etree.ElementTree as etree
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import PurePosixPath

from ...locales import LOCALES
from ...wording import say
from .xhtml import SVG, to_xhtml, without_controls

IMAGES = {
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}
_FONTS = {".otf": "font/otf", ".ttf": "font/ttf", ".woff2": "font/woff2"}
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date that a zip can hold
_LANDMARKS = {"glossary": "glossary", "bibliography": "bibliography", "answers": "appendix"}
_XHTML = "application/xhtml+xml"


@dataclass(frozen=True)
class Item:
    """A file that is no document: style, font, picture, licence."""

    file: str
    media_type: str
    data: bytes
    properties: str = ""


@dataclass(frozen=True)
class Entry:
    """A line of the contents and where it leads."""

    title: str
    address: str


@dataclass
class Document:
    """A file of text: its name without suffix and its one `section`."""

    name: str
    title: str
    locale: str
    body: etree.Element
    kind: str
    part: str = ""
    is_front: bool = False
    """Whether it stands before the contents and is not listed there."""
    has_svg: bool = False
    sections: list[Entry] = field(default_factory=list)

    @property
    def file(self) -> str:
        return f"{self.name}.xhtml"


def media_type(file: str) -> str:
    """The media type of a picture or a font by its suffix; raises ValueError for one that an e-book can not hold."""
    suffix = PurePosixPath(file).suffix.lower()
    known = IMAGES | _FONTS
    if suffix not in known:
        raise ValueError(f"{file}: an e-book holds {', '.join(sorted(known))}")
    return known[suffix]


def pack(
    metadata: Sequence[tuple[str, str]], locale: str, title: str, documents: Sequence[Document], items: Sequence[Item]
) -> bytes:
    """Everything in one zip: `mimetype` first and stored, then files in a fixed order with a fixed date.

    `metadata` are names and values, `dc:identifier` first; documents stand in the order of reading.
    """
    front = [document for document in documents if document.is_front]
    text = [document for document in documents if not document.is_front]
    ordered = [
        *front,
        Document("nav", say(locale, "epub.contents"), locale, _contents(locale, title, front, text), "toc"),
        *text,
    ]
    files = [
        ("META-INF/container.xml", _container()),
        ("EPUB/package.opf", _package(metadata, locale, ordered, items)),
        ("EPUB/toc.ncx", _old_contents(metadata[0][1], locale, title, text)),
        *((f"EPUB/{document.file}", _page(document).encode()) for document in ordered),
        *((f"EPUB/{item.file}", item.data) for item in items),
    ]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        _store(archive, "mimetype", b"application/epub+zip", zipfile.ZIP_STORED)
        for name, data in files:
            _store(archive, name, data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _store(archive: zipfile.ZipFile, name: str, data: bytes, method: int) -> None:
    info = zipfile.ZipInfo(name, _EPOCH)
    info.create_system = 3  # the same on every system
    info.external_attr = 0o644 << 16
    archive.writestr(info, data, method, compresslevel=9 if method == zipfile.ZIP_DEFLATED else None)


def _page(document: Document) -> str:
    """A whole XHTML file."""
    for element in document.body.iter():
        lang = element.get("lang")
        if lang and not element.tag.startswith(SVG):
            element.set("xml:lang", lang)
    attributes = {"lang": document.locale, "xml:lang": document.locale, "dir": LOCALES[document.locale].direction}
    page = etree.Element(
        "html", {"xmlns": "http://www.w3.org/1999/xhtml", "xmlns:epub": "http://www.idpf.org/2007/ops"}
    )
    page.attrib.update(attributes)
    head = etree.SubElement(page, "head")
    etree.SubElement(head, "title").text = document.title
    etree.SubElement(head, "link", {"rel": "stylesheet", "type": "text/css", "href": "book.css"})
    body = etree.SubElement(page, "body")
    body.append(document.body)
    text = to_xhtml(page).replace('href="book.css"></link>', 'href="book.css"/>')
    return f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n{text}\n'


def _contents(locale: str, title: str, front: Sequence[Document], text: Sequence[Document]) -> etree.Element:
    """The navigation document: contents for readers, landmarks for reading programs."""
    section = etree.Element("section")
    nav = etree.SubElement(section, "nav", {"epub:type": "toc", "role": "doc-toc", "id": "toc"})
    etree.SubElement(nav, "h1").text = say(locale, "epub.contents")
    chapters = etree.SubElement(nav, "ol")
    for part, group in groupby(text, key=lambda document: document.part):
        place = chapters
        if part:
            line = etree.SubElement(chapters, "li")
            etree.SubElement(line, "span", {"class": "part"}).text = part
            place = etree.SubElement(line, "ol")
        for document in group:
            line = _line(place, document.title, document.file)
            _mark_language(line, document.locale, locale)
            if document.sections:
                below = etree.SubElement(line, "ol")
                for entry in document.sections:
                    _line(below, entry.title, entry.address)
    landmarks = etree.SubElement(section, "nav", {"epub:type": "landmarks", "hidden": "hidden", "class": "landmarks"})
    places = etree.SubElement(landmarks, "ol")
    marks = [(document.kind, document.title, document.file) for document in front if document.kind != "imprint"]
    marks.append(("toc", say(locale, "epub.contents"), "nav.xhtml#toc"))
    marks.append(("bodymatter", text[0].title, text[0].file))
    marks += [(_LANDMARKS[one.kind], one.title, one.file) for one in text if one.kind in _LANDMARKS]
    for kind, name, address in dict.fromkeys(marks):
        link = etree.SubElement(etree.SubElement(places, "li"), "a", {"epub:type": kind, "href": address})
        link.text = name or title
    return section


def _line(place: etree.Element, title: str, address: str) -> etree.Element:
    line = etree.SubElement(place, "li")
    etree.SubElement(line, "a", {"href": address}).text = title
    return line


def _mark_language(element: etree.Element, own: str, around: str) -> None:
    if own != around:
        element.set("lang", own)
        element.set("dir", LOCALES[own].direction)


def _xml(root: etree.Element) -> bytes:
    for element in root.iter():
        if element.text:
            element.text = without_controls(element.text)
    etree.indent(root)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + etree.tostring(root, encoding="unicode").encode() + b"\n"


def _container() -> bytes:
    root = etree.Element("container", {"xmlns": "urn:oasis:names:tc:opendocument:xmlns:container", "version": "1.0"})
    attributes = {"full-path": "EPUB/package.opf", "media-type": "application/oebps-package+xml"}
    etree.SubElement(etree.SubElement(root, "rootfiles"), "rootfile", attributes)
    return _xml(root)


def _package(
    metadata: Sequence[tuple[str, str]], locale: str, documents: Sequence[Document], items: Sequence[Item]
) -> bytes:
    direction = LOCALES[locale].direction
    root = etree.Element("package", {"xmlns": "http://www.idpf.org/2007/opf", "version": "3.0"})
    root.attrib.update({"unique-identifier": "identifier", "xml:lang": locale, "dir": direction})
    head = etree.SubElement(root, "metadata", {"xmlns:dc": "http://purl.org/dc/elements/1.1/"})
    for name, value in metadata:
        if name.startswith("dc:"):
            element = etree.SubElement(head, name, {"id": "identifier"} if name == "dc:identifier" else {})
        else:
            element = etree.SubElement(head, "meta", {"property": name})
        element.text = value
    cover = next((f"i{n}" for n, item in enumerate(items, start=1) if item.properties == "cover-image"), "")
    if cover:  # how EPUB 2 named it
        etree.SubElement(head, "meta", {"name": "cover", "content": cover})
    manifest = etree.SubElement(root, "manifest")
    for document in documents:
        attributes = {"id": f"d-{document.name}", "href": document.file, "media-type": _XHTML}
        properties = ["nav"] * (document.name == "nav") + ["svg"] * document.has_svg
        etree.SubElement(manifest, "item", attributes | ({"properties": " ".join(properties)} if properties else {}))
    etree.SubElement(manifest, "item", {"id": "ncx", "href": "toc.ncx", "media-type": "application/x-dtbncx+xml"})
    for number, item in enumerate(items, start=1):
        attributes = {"id": f"i{number}", "href": item.file, "media-type": item.media_type}
        etree.SubElement(manifest, "item", attributes | ({"properties": item.properties} if item.properties else {}))
    spine = etree.SubElement(root, "spine", {"page-progression-direction": direction, "toc": "ncx"})
    for document in documents:
        etree.SubElement(spine, "itemref", {"idref": f"d-{document.name}"})
    return _xml(root)


def _old_contents(identifier: str, locale: str, title: str, text: Sequence[Document]) -> bytes:
    """The contents of EPUB 2: chapters and their sections, in one row of numbers (NCX, Z39.86-2005)."""
    root = etree.Element(
        "ncx", {"xmlns": "http://www.daisy.org/z3986/2005/ncx/", "version": "2005-1", "xml:lang": locale}
    )
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "meta", {"name": "dtb:uid", "content": identifier})
    etree.SubElement(etree.SubElement(root, "docTitle"), "text").text = title
    points = etree.SubElement(root, "navMap")
    number = 0
    for document in text:
        number += 1
        point = _point(points, number, Entry(document.title, document.file))
        for entry in document.sections:
            number += 1
            _point(point, number, entry)
    return _xml(root)


def _point(place: etree.Element, number: int, entry: Entry) -> etree.Element:
    point = etree.SubElement(place, "navPoint", {"id": f"p{number}", "playOrder": str(number)})
    etree.SubElement(etree.SubElement(point, "navLabel"), "text").text = entry.title
    etree.SubElement(point, "content", {"src": entry.address})
    return point
