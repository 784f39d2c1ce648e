"""Setting a book: Typst with our fonts only, PDF/UA-1 and warnings as errors, its errors led back to chunks."""

from __future__ import annotations

import io
import json
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import typst

from .printed import Chunk

LIBRARY = Path(__file__).parent / "typ"
FONTS = Path(__file__).parent / "fonts"
STANDARDS: list[typst.PDFStandard] = ["ua-1"]

_PLACE = re.compile(r"┌─ (\S+?):(\d+):(\d+)")
_MISSING = re.compile(r'the text `"(.+?)"` could not be displayed')
_WIDE = re.compile(r"journey wide table: (.*?)\"?$", re.M)

# What a page number function can be asked after a book is set; one expression, since every question costs a pass.
_QUESTION = """(
  heads: query(heading).map(h => (
    page: h.location().page(), level: h.level, label: if h.has("label") { str(h.label) } else { none })),
  ends: query(<journey-end>).map(m => (page: m.location().page(), y: m.location().position().y / 1pt)),
)"""


class SettingError(Exception):
    """Typst could not set the book. `chunk` is the place, if Typst told one; `excerpt` text to look for."""

    def __init__(self, problem: str, chunk: Chunk | None = None, missing: str = "", wide: str = "") -> None:
        super().__init__(problem)
        self.problem, self.chunk, self.missing, self.wide = problem, chunk, missing, wide


@dataclass(frozen=True)
class Manuscript:
    """A book as Typst gets it: lines before the chunks, the chunks, lines after them, and its pictures by name."""

    front: Sequence[str]
    chunks: Sequence[Chunk]
    back: Sequence[str] = ()
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    front_texts: Sequence[str] = ()
    """The texts in the lines before and after the chunks."""

    def texts(self) -> Sequence[str]:
        """All texts of the book in the order in which they are set; signs that only break lines left out."""
        texts = [*self.front_texts, *(text for chunk in self.chunks for text in chunk.texts)]
        return [text.replace("\u200b", "") for text in texts if text.strip()]

    def source(self) -> str:
        """The text of `main.typ`: one line for each entry."""
        return "\n".join([*self.front, *(chunk.code for chunk in self.chunks), *self.back]) + "\n"

    def chunk_at(self, line: int) -> Chunk | None:
        """The chunk on a line of the file, counted from 1."""
        index = line - 1 - len(self.front)
        return self.chunks[index] if 0 <= index < len(self.chunks) else None


@dataclass(frozen=True)
class Head:
    """A heading in the finished book: its page (counted from the cover, 1), its level, its label."""

    page: int
    level: int
    label: str | None


@dataclass(frozen=True)
class SetBook:
    """A PDF as it comes from Typst, the number of its pages and the places of its headings."""

    pdf: bytes
    pages: int
    heads: Sequence[Head]


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


@contextmanager
def open_project(manuscript: Manuscript) -> Iterator[typst.Compiler]:
    """A compiler for a manuscript with our templates and pictures, in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="journey-book-") as folder:
        root = Path(folder)
        shutil.copytree(LIBRARY, root / "lib")
        (root / "pictures").mkdir()
        for name, data in manuscript.pictures.items():
            (root / "pictures" / name).write_bytes(data)
        (root / "main.typ").write_text(manuscript.source(), encoding="utf-8")
        yield typst.Compiler(root / "main.typ", root=root, font_paths=_fonts(), ignore_system_fonts=True)


def set_book(manuscript: Manuscript) -> SetBook:
    """Set a book. Raises SettingError for what Typst can not set or warns of. No clock, no network, our fonts only."""
    with open_project(manuscript) as compiler:
        try:
            pdf, warnings = compiler.compile_with_warnings(format="pdf", pdf_standards=STANDARDS, timestamp=0)
        except typst.TypstError as error:
            raise _explain(error.message, error.diagnostic, manuscript) from None
        if warnings:
            raise _explain(warnings[0].message, warnings[0].diagnostic, manuscript)
        told: Any = json.loads(compiler.eval(_QUESTION))
    assert isinstance(pdf, bytes)
    heads = [Head(head["page"], head["level"], head["label"]) for head in told["heads"]]
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for end in told["ends"]:
            if end["y"] > float(document.pages[end["page"] - 1].mediabox[3]):
                raise SettingError(f"a box runs off page {end['page']}")
        return SetBook(pdf, len(document.pages), heads)


def _explain(message: str, diagnostic: str, manuscript: Manuscript) -> SettingError:
    missing, wide = _MISSING.search(message), _WIDE.search(message)
    chunk = None
    for file, line, _ in _PLACE.findall(diagnostic):
        if file.endswith("main.typ"):
            chunk = manuscript.chunk_at(int(line)) or chunk
            break
    if chunk is None and (place := _PLACE.search(diagnostic)):
        message = f"{message} ({place[1]}:{place[2]})"  # in our own templates
    return SettingError(message, chunk, missing[1] if missing else "", wide[1] if wide else "")
