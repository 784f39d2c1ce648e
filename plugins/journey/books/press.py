"""The press: from definitions and pages to finished PDFs, one book in one language at a time; a failing one stops no other."""

from __future__ import annotations

import posixpath
import re
import xml.etree.ElementTree as etree
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Protocol
from urllib.parse import unquote, urlsplit

from ..diagnostics import Diagnostic
from ..frontmatter import day, parse_front_matter
from ..layout import Layout
from .audiences import cut_audiences
from .compose import Asked, Chapter, ChapterError, Edition, Term, compose
from .drawings import DrawingError, outline_words
from .ebook.xhtml import Fault
from .finish import FinishError, finish
from .html import HtmlError, classes, parse_html
from .model import BookDefinition, Part
from .printed import Picture, WalkError
from .select import SelectError, select, select_picks, take_keys, take_notes
from .setting import Manuscript, SettingError, set_book


class Renderer(Protocol):
    """Markdown to HTML for print."""

    def page(self, text: str, path: PurePosixPath, locale: str) -> str:
        """HTML of the text of the page at `path`, whose front matter is blanked."""

    def drawing(self, path: PurePosixPath, locale: str) -> bytes | None:
        """A drawing with its words in a language, or None if the file is none of the project's drawings."""

    def chart(self, chart_id: str, locale: str) -> bytes | None:
        """The drawing of a chart in a language, or None if there is no such chart."""


TermsUsed = Callable[[Sequence[str], str, frozenset[str]], Sequence[Term]]
"""The terms that some texts in a language use or link by hand (ids), in its order, with their English beside."""


@dataclass(frozen=True)
class Printed:
    """A finished book: the PDF, its pages, and where its sections begin."""

    edition: Edition
    pdf: bytes
    pages: int
    starts: Mapping[str, int] = field(default_factory=dict)
    """Page of every section, by label."""


class BookError(Exception):
    """A book that could not be made, as findings for editors."""

    def __init__(self, findings: Sequence[Diagnostic]) -> None:
        super().__init__(f"{len(findings)} errors")
        self.findings = findings


@dataclass(frozen=True)
class Press:
    """What every book needs: the project, the Markdown, the site's address, the glossary."""

    layout: Layout
    renderer: Renderer
    site_url: str
    terms_used: TermsUsed | None = None

    def edit(self, book: BookDefinition, locale: str, trim: str = "", stamp: str = "") -> Edition:
        """A book in a language as a manuscript; `trim` in place of its own, with the stamp of its own size.

        Raises BookError.
        """
        trim = trim or book.trim
        chapters = self.chapters(book, locale)
        labels = frozenset(label for chapter in chapters for label in _labels(chapter))
        for chapter in chapters:
            assert isinstance(chapter.around, Around)
            chapter.around.labels = labels
        terms = self._terms(chapters, locale) if book.glossary else ()
        address = f"{self.site_url.rstrip('/')}/go/{book.id}/"
        try:
            return compose(book, locale, trim, chapters, address, terms, stamp, self._cover(book, locale))
        except ChapterError as error:
            raise BookError([self._finding(error.chapter, error.error)]) from None

    def address_of_section(self, label: str, locale: str) -> str:
        """The address of a section below the site's root; its label is page and id."""
        page, _, name = label.partition("#")
        return self.layout.page_url(PurePosixPath(page), locale) + (f"#{name}" if name else "")

    def print(self, edition: Edition) -> Printed:
        """Set a manuscript and finish the PDF. Raises BookError, also when it is over budget."""
        try:
            done = set_book(edition.manuscript)
            pdf = finish(done.pdf, edition.locale, edition.manuscript.texts())
        except SettingError as error:
            raise BookError([self._explain(edition, error)]) from None
        starts = {head.label: head.page for head in done.heads if head.label}
        return self.measure(Printed(edition, pdf, done.pages, starts))

    @staticmethod
    def measure(printed: Printed) -> Printed:
        """The same book, if it keeps its budget. Raises BookError."""
        findings = [*_over_budget(printed.edition, printed.pages, printed.starts)]
        if findings:
            raise BookError(findings)
        return printed

    def _terms(self, chapters: Sequence[Chapter], locale: str) -> Sequence[Term]:
        """The glossary's terms that the book uses; chapters in another language name none in this one."""
        if self.terms_used is None:
            return ()
        own = [chapter.root for chapter in chapters if chapter.locale == locale]
        targets = [link.get("href", "") for chapter in chapters for link in chapter.root.iter("a")]
        linked = frozenset(one.removeprefix("term:") for one in targets if one.startswith("term:"))
        return self.terms_used([" ".join(root.itertext()) for root in own], locale, linked)

    def _cover(self, book: BookDefinition, locale: str) -> Picture | None:
        """The picture on the cover, named as it lies in the project."""
        if "picture" not in book.cover:
            return None
        around = Around(self, PurePosixPath(book.cover["picture"]), PurePosixPath(book.cover["picture"]), locale)
        try:
            return around.load_picture(PurePosixPath(book.cover["picture"]).name)
        except WalkError as error:
            line = book.document.line_of(("cover", "picture"))
            raise BookError([Diagnostic(book.path, line, "B003", error.problem, error.hint)]) from None

    # ---- chapters

    def chapters(self, book: BookDefinition, locale: str) -> list[Chapter]:
        """The chapters of a book, in the source language where a page has no translation. Raises BookError."""
        found, findings = [], []
        for part in book.parts:
            try:
                found.append(self._chapter(book, part, locale))
            except (SelectError, HtmlError, FileNotFoundError) as error:
                findings.append(_part_finding(book, part, error))
        if findings:
            raise BookError(findings)
        return found

    def _chapter(self, book: BookDefinition, part: Part, locale: str) -> Chapter:
        translated = part.page.with_name(f"{part.page.stem}.{locale}{part.page.suffix}")
        path = translated if (self.layout.root / translated).is_file() else part.page
        spoken = locale if path == translated else self.layout.source_of(part.page)[1]
        front = parse_front_matter((self.layout.root / path).read_text(encoding="utf-8-sig").replace("\r\n", "\n"))
        root = parse_html(self.renderer.page(self.text_for(path, book.audience), path, spoken))
        notes, keys = take_notes(root), take_keys(root)
        root = select_picks(root) if part.picks else select(root, part.sections)
        around = Around(self, part.page, path, spoken)
        title = part.title.get(spoken) or str(front.values.get("title", part.page.stem))
        return Chapter(
            part.page,
            path,
            spoken,
            title,
            root,
            notes,
            keys,
            around,
            tuple(_asked(root)),
            day(front.values.get("reviewed_on")),
            front.values.get("status") == "draft",
            book.audience,
        )

    def text_for(self, path: PurePosixPath, audience: str) -> str:
        """A page's text as an audience may read it, front matter blanked, lines as they were."""
        text = (self.layout.root / path).read_text(encoding="utf-8-sig").replace("\r\n", "\n")
        end = parse_front_matter(text).end_line
        return cut_audiences("\n".join([""] * end + text.split("\n")[end:]), audience)

    # ---- findings

    def _finding(self, chapter: Chapter, error: WalkError) -> Diagnostic:
        line = self._line(chapter, error.excerpt)
        return Diagnostic(chapter.path, line, error.rule, error.problem, error.hint)

    def epub_finding(self, path: PurePosixPath, fault: Fault) -> Diagnostic:
        """What an e-book can not show, as an editor's letter."""
        file = self.layout.root / path
        line = find_line(file.read_text(encoding="utf-8-sig"), fault.near) if file.is_file() else 1
        hint = "Write it in Markdown, or hide it from books: /// only | web … ///"
        return Diagnostic(path, line, "B010", f"in an e-book: {fault.what}", hint)

    def _explain(self, edition: Edition, error: SettingError) -> Diagnostic:
        """What Typst says, as an editor's letter: the place in the Markdown, what to do."""
        chapter, excerpt = self._place(edition, error)
        path = chapter.path if chapter else edition.book.path
        if error.missing:
            signs = ", ".join(f"{one} (U+{ord(one):04X})" for one in dict.fromkeys(error.missing) if not one.isspace())
            line = self._line(chapter, error.missing[:1]) if chapter else 1
            hint = "Write it in another way, or ask for a font that has it (plugins/journey/books/fonts)."
            return Diagnostic(path, line, "B011", f"the fonts of books have no sign for {signs}", hint)
        if error.wide:
            hint = "Make the longest words shorter, split the table, or hide it from this book with /// only | web."
            line = self._line(chapter, error.wide) if chapter else 1
            return Diagnostic(path, line, "B012", f"the table is wider than a page of {edition.trim}", hint)
        line = self._line(chapter, excerpt) if chapter else 1
        return Diagnostic(path, line, "B015", f"the book {edition.book.id} can not be set here: {error.problem}", "")

    def _place(self, edition: Edition, error: SettingError) -> tuple[Chapter | None, str]:
        chunks = edition.manuscript.chunks
        chunk = error.chunk
        if chunk is None and not isinstance(error, FinishError):
            chunk = next((c for c in chunks if self._fails_alone(edition, c.code, error.problem)), None)
        if chunk is None:
            return None, ""
        return edition.owners[list(chunks).index(chunk)], chunk.excerpt

    @staticmethod
    def _fails_alone(edition: Edition, code: str, problem: str) -> bool:
        """Whether a chunk alone brings the same error: for the errors of Typst that tell no place."""
        front = [line for line in edition.manuscript.front if line.startswith(("#import", "#let", "#show"))]
        heads = [f"#heading(level: {level}, [x])" for level in range(1, 5)]
        try:
            set_book(Manuscript([*front, *heads, code], (), (), edition.manuscript.pictures))
        except SettingError as error:
            return error.problem == problem
        return False

    def _line(self, chapter: Chapter | None, excerpt: str) -> int:
        if chapter is None:
            return 1
        return find_line((self.layout.root / chapter.path).read_text(encoding="utf-8-sig"), excerpt)


def find_line(text: str, excerpt: str) -> int:
    """The line of a Markdown text that some of its rendered words come from; 1 if they are nowhere."""
    if not excerpt:
        return 1
    lines = text.split("\n")
    words = re.findall(r"\w+", excerpt) or [excerpt]
    for count in (6, 4, 2, 1):
        wanted = words[:count]
        for number, line in enumerate(lines, start=1):
            if all(word in line for word in wanted):
                return number
    return 1


@dataclass
class Around:
    """The world around one page."""

    press: Press
    source: PurePosixPath
    path: PurePosixPath
    locale: str
    labels: frozenset[str] = frozenset()

    def load_picture(self, target: str) -> Picture:
        parts = urlsplit(target)
        if parts.scheme == "chart" and (chart := self.press.renderer.chart(parts.path, self.locale)):
            return self._outlined(chart, target)
        path = PurePosixPath(posixpath.normpath(posixpath.join(self.path.parent, unquote(parts.path))))
        if parts.scheme or parts.netloc or not (self.press.layout.root / path).is_file():
            raise WalkError(f"the picture {target} is not there", "Put it into assets/ and name it as it lies.", target)
        kind = path.suffix.lower().lstrip(".").replace("jpeg", "jpg")
        data = self.press.renderer.drawing(path, self.locale) or (self.press.layout.root / path).read_bytes()
        if kind == "svg":
            return self._outlined(data, target)
        if kind not in ("png", "jpg", "gif", "webp"):
            raise WalkError(f"a picture in the format {kind} can not be printed", "Take SVG, PNG or JPEG.", target)
        return Picture(data, kind)

    def _outlined(self, data: bytes, target: str) -> Picture:
        try:
            return Picture(outline_words(data, self.locale), "svg")
        except DrawingError as error:
            raise WalkError(f"{target}: {error}", "Draw it with the words of figures.yml.", target) from None

    def label_of(self, target: str) -> str | None:
        parts = urlsplit(target)
        if parts.scheme or parts.netloc:
            return None
        label = str(self._file(parts.path)) + (f"#{unquote(parts.fragment)}" if parts.fragment else "")
        return label if label in self.labels else None

    def address_of(self, target: str) -> str | None:
        parts = urlsplit(target)
        if parts.scheme in ("http", "https", "mailto"):
            return target
        if parts.scheme or parts.netloc or not parts.path:
            return None
        page = self.press.layout.page_url(self._file(parts.path), self.locale)
        return f"{self.press.site_url.rstrip('/')}/{page}" + (f"#{parts.fragment}" if parts.fragment else "")

    def _file(self, path: str) -> PurePosixPath:
        """The source page that a relative path means."""
        if not path:
            return self.source
        file = PurePosixPath(posixpath.normpath(posixpath.join(self.path.parent, unquote(path))))
        return self.press.layout.source_of(file)[0]


def _labels(chapter: Chapter) -> Iterator[str]:
    yield str(chapter.source)
    for element in chapter.root.iter():
        if element.get("id") and "print-item" not in classes(element):
            yield f"{chapter.source}#{element.get('id')}"


def _asked(root: etree.Element) -> Iterator[Asked]:
    parents = {child: parent for parent in root.iter() for child in parent}
    numbers: dict[str, int] = {}
    for element in root.iter("div"):
        if "print-item" in classes(element):
            quiz, above = "", parents.get(element)
            home = ""
            while above is not None:
                if "quiz" in classes(above):
                    quiz, home = above.get("data-quiz", ""), above.get("id", "")
                above = parents.get(above)
            numbers[home] = numbers.get(home, 0) + 1
            yield Asked(element.get("id", ""), numbers[home], quiz)


def _part_finding(book: BookDefinition, part: Part, error: Exception) -> Diagnostic:
    if isinstance(error, SelectError):
        hint = "The id of a heading is written behind it: ## Heading {#id}."
        return Diagnostic(book.path, part.line, "B004", f"{part.page} has no `{error}` for this book", hint)
    if isinstance(error, FileNotFoundError):
        return Diagnostic(book.path, part.line, "B003", f"there is no page {part.page}", "Name the English file.")
    return Diagnostic(part.page, 1, "B010", f"raw HTML on this page is not closed: {error}", "Close every element.")


def _over_budget(edition: Edition, pages: int, starts: Mapping[str, int]) -> Iterator[Diagnostic]:
    book = edition.book
    if edition.trim != book.trim:
        return  # the budget is that of the book's own size
    if book.budget and pages > book.budget:
        use = ", ".join(f"{title} {count}" for title, count in chapter_pages(edition, pages, starts))
        hint = f"Pages by chapter: {use}. Take sections out, or shorten them."
        line = book.document.line_of(("budget",))
        yield Diagnostic(book.path, line, "B013", f"{pages} pages in {edition.locale}, {book.budget} are allowed", hint)
    for part, (title, count) in zip(book.parts, chapter_pages(edition, pages, starts), strict=True):
        if part.budget and count > part.budget:
            message = f'"{title}" takes {count} pages in {edition.locale}, {part.budget} are allowed'
            yield Diagnostic(book.path, part.line, "B013", message, "Take sections out, or shorten them.")


def chapter_pages(edition: Edition, pages: int, starts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Title and number of pages of every chapter, in order; the last ends where answers or lists begin."""
    firsts = [starts.get(str(chapter.source), 1) for chapter in edition.chapters]
    after = [page for label, page in starts.items() if label in ("answers", "glossary")]
    ends = [*firsts[1:], min([*after, pages + 1])]
    return [(chapter.title, end - start) for chapter, start, end in zip(edition.chapters, firsts, ends, strict=True)]
