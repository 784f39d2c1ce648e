"""A finished site gets its books: files, receipt, list of downloads, pages of changes; trainers get a pack of their own.

Nothing of the pack lies below the site, and the leak gate looks at everything that learners get.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from ..diagnostics import Diagnostic
from ..locales import LOCALES
from .bindery import Artefact, MadeBook
from .compose import Edition
from .editions import Released, changes_since
from .leaks import LeakGate, finding, search_ebook, search_site, search_texts

DOWNLOADS = "downloads"
MARK = re.compile("<!-- journey: list of downloads -->.*?<!-- journey: end of list -->", re.S)
"""In the page of downloads; the list takes its place."""

PAPER_OF = {
    "pages": {"a6": "A6", "a5": "A5", "a4": "A4", "form": "A4"},
    "large": dict.fromkeys(("a6", "a5", "a4", "form"), "A4"),
    "booklet": {"a6": "A5", "a5": "A4"},
    "4up": {"a6": "A4"},
    "epub": {},
}
"""The sheet that a printer needs, by kind of file and trim."""

Render = Callable[[str, Mapping[str, Any]], str]
"""Renders a template of the site by name."""


@dataclass(frozen=True)
class Listed:
    """A file in the list of downloads."""

    artefact: Artefact
    made: MadeBook
    sha256: str

    @property
    def paper(self) -> str:
        return PAPER_OF.get(self.artefact.kind, {}).get(self.made.book.trim, "")

    @property
    def kilobytes(self) -> int:
        """Rounded up."""
        return -(-len(self.artefact.data) // 1000)

    @property
    def string(self) -> str:
        """The interface string that says what kind of file it is."""
        return f"downloads.kind_{self.artefact.kind.replace('4up', 'fourup')}"

    @property
    def titles_in_source(self) -> list[str]:
        """Chapters that stand in the source language."""
        edition = self.made.edition
        return [c.title for c in edition.chapters if c.locale != edition.locale] if edition else []


@dataclass
class Publication:
    """What was made, and what is wrong with it; nothing may be published while there are findings."""

    listed: list[Listed] = field(default_factory=list)
    findings: list[Diagnostic] = field(default_factory=list)
    editions: list[Edition] = field(default_factory=list)
    pack: dict[PurePosixPath, bytes] = field(default_factory=dict)


def collect(books: Iterable[MadeBook], report: Callable[[str], None]) -> Publication:
    """Make all books and sort their files: to learners, or into the pack. `report` is told of every file."""
    publication = Publication()
    for made in books:
        publication.findings += made.findings
        for artefact in made.artefacts:
            report(describe(artefact))
            if made.book.is_public:
                digest = hashlib.sha256(artefact.data).hexdigest()
                publication.listed.append(Listed(artefact, made, digest))
            else:
                publication.pack[PurePosixPath(made.locale, artefact.name)] = artefact.data
        if made.edition:
            publication.editions.append(made.edition)
    return publication


def describe(artefact: Artefact) -> str:
    """A file in one line, for whoever waits."""
    pages = f"{artefact.pages} pages, " if artefact.pages else ""
    return f"{artefact.name}: {pages}{len(artefact.data):,} bytes"


def check_keys(publication: Publication) -> list[Diagnostic]:
    """Every question of a participants' book has its key there or in a trainer's book of its language, if there is one."""
    trainers = [one for one in publication.editions if not one.book.is_public and one.book.answers]
    findings = []
    for edition in publication.editions:
        own = [one for one in trainers if one.locale == edition.locale]
        if not own or not edition.book.is_public:
            continue
        keys = [*own, edition] if edition.book.answers else own  # a book may carry its key itself
        known = {item.id for one in keys for chapter in one.chapters for item in chapter.asked}
        for chapter in edition.chapters:
            missing = [item.id for item in chapter.asked if item.id not in known]
            if missing:
                hint = f"Add {chapter.source} to the trainer's book, or `answers: true`."
                message = f"no trainer's book in {edition.locale} has the answer to {', '.join(missing[:3])}"
                line = edition.book.document.line_of(("parts",))
                findings.append(Diagnostic(edition.book.path, line, "B016", message, hint))
    return findings


def check_leaks(publication: Publication, gate: LeakGate, site: Path | None) -> list[Diagnostic]:
    """Every secret that is in a file for learners: pages, data, the texts of books."""
    texts = {
        f"{one.book.id}.{one.locale}.pdf": one.manuscript.texts() for one in publication.editions if one.book.is_public
    }
    found = [finding(name, secret) for name, secret in search_texts(gate, texts)]
    found += [
        finding(one.artefact.name, secret)
        for one in publication.listed
        if one.artefact.kind == "epub" and (secret := search_ebook(gate, one.artefact.data))
    ]
    if site is not None:
        found += [finding(file.relative_to(site).as_posix(), secret) for file, secret in search_site(gate, site)]
    return found


def receipt(publication: Publication) -> str:
    """`receipt.json`: every file for learners with all that identifies it, and what is in it."""
    entries = [
        {
            "file": one.artefact.name,
            "kind": one.artefact.kind,
            "book": one.made.book.id,
            "locale": one.made.locale,
            "edition": one.made.edition.stamp if one.made.edition else "",
            "pages": one.artefact.pages,
            "paper": one.paper,
            "bytes": len(one.artefact.data),
            "sha256": one.sha256,
            "in_source_language": one.titles_in_source,
            "items": [item.id for c in one.made.edition.chapters for item in c.asked] if one.made.edition else [],
        }
        for one in publication.listed
    ]
    return json.dumps({"format": 1, "files": entries}, ensure_ascii=False, indent=1) + "\n"


def write_downloads(publication: Publication, site: Path) -> None:
    """The files and the receipt below the site."""
    folder = site / DOWNLOADS
    folder.mkdir(parents=True, exist_ok=True)
    for one in publication.listed:
        (folder / one.artefact.name).write_bytes(one.artefact.data)
    (folder / "receipt.json").write_text(receipt(publication), encoding="utf-8", newline="\n")


def fill_lists(publication: Publication, site: Path, locales: Sequence[str], render: Render) -> int:
    """Put the list of files into the page of downloads of every language. Returns how many pages there were."""
    filled = 0
    for number, locale in enumerate(locales):
        page = site / ("" if number == 0 else locale) / DOWNLOADS / "index.html"
        if not page.is_file():
            continue
        home = "../" if number == 0 else "../../"
        html = render(
            "journey/downloads-list.html", {"locale": locale, "groups": groups_for(publication, locale), "home": home}
        )
        pieces = MARK.split(page.read_text(encoding="utf-8"))
        page.write_text(html.join(pieces), encoding="utf-8", newline="\n")
        filled += 1
    return filled


def groups_for(publication: Publication, locale: str) -> list[tuple[str, list[tuple[MadeBook, list[Listed]]]]]:
    """Files by language and book: the reader's language first, then in the order of the languages."""
    order = [locale, *(code for code in LOCALES if code != locale)]
    groups = []
    for code in order:
        books: dict[str, tuple[MadeBook, list[Listed]]] = {}
        for one in publication.listed:
            if one.made.locale == code:
                books.setdefault(one.made.book.id, (one.made, []))[1].append(one)
        if books:
            groups.append((code, [books[book] for book in sorted(books)]))
    return groups


def write_changes(
    publication: Publication, ledger: Sequence[Released], site: Path, url_of: Callable[[str, str], str], render: Render
) -> None:
    """`/go/<book>/` for every book that learners have: every released edition with what has changed since.

    The QR code leads to the edition's place on the page, so no script is needed. `url_of` turns a section's label and
    a locale into its address on the site.
    """
    today = {(one.book.id, one.locale): one for one in publication.editions if one.book.is_public}
    for book in sorted({edition.book.id for edition in today.values()}):
        entries = [
            {
                "released": one,
                "now": today[one.book, one.locale],
                "changes": [
                    {"change": change, "url": "" if change.is_gone else url_of(change.label, one.locale)}
                    for change in changes_since(one, today[one.book, one.locale])
                ],
            }
            for one in reversed(ledger)
            if one.book == book and (one.book, one.locale) in today
        ]
        current = [edition for (name, _), edition in today.items() if name == book]
        target = site / "go" / book / "index.html"
        target.parent.mkdir(parents=True, exist_ok=True)
        html = render("journey/changes.html", {"current": current, "entries": entries})
        target.write_text(html, encoding="utf-8", newline="\n")


def write_pack(pack: Mapping[PurePosixPath, bytes], folder: Path) -> None:
    """The trainer pack, with a list of its files."""
    lines = []
    for path, data in sorted(pack.items()):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        lines.append(f"{hashlib.sha256(data).hexdigest()}  {path}")
    (folder / "SHA256SUMS").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
