"""Works that pages cite, the files that describe them, and the places where they are cited."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from ..diagnostics import Diagnostic
from ..locales import SOURCE
from .figures import LooseFigure

UNDATED = "n.d."
"""What an editor writes as the year of a work that has none, so that nobody takes it for forgotten."""

LANGUAGES = {
    "american": "en", "arabic": "ar", "australian": "en", "bengali": "bn", "british": "en", "chinese": "zh",
    "dutch": "nl", "english": "en", "french": "fr", "german": "de", "hindi": "hi", "indonesian": "id",
    "italian": "it", "japanese": "ja", "khmer": "km", "korean": "ko", "lao": "lo", "mexican": "es",
    "ngerman": "de", "persian": "fa", "portuguese": "pt", "russian": "ru", "spanish": "es", "swahili": "sw",
    "tamil": "ta", "thai": "th", "turkish": "tr", "ukenglish": "en", "urdu": "ur", "usenglish": "en",
    "vietnamese": "vi",
}  # fmt: skip
"""Names that reference managers write into `langid` (biblatex manual 3.17, section 2.3.3) as BCP 47 codes."""

_CODE = re.compile(r"^[a-z]{2,3}(-[A-Za-z]{4})?(-[A-Z]{2})?$")


@dataclass(frozen=True)
class Name:
    """A person, or an organisation, which has its whole name as `family`."""

    family: str
    given: str = ""

    @property
    def is_organisation(self) -> bool:
        return not self.given


@dataclass(frozen=True)
class People:
    """Who wrote or edited a work, in order; `more` stands for `and others`."""

    names: tuple[Name, ...] = ()
    more: bool = False

    def __bool__(self) -> bool:
        return bool(self.names)


@dataclass(frozen=True)
class Work:
    """One entry of a `references.bib`. Fields have small names and plain text, TeX's signs turned into letters."""

    key: str
    kind: str
    """The entry's type in small letters: book, article, report …"""
    path: PurePosixPath
    line: int
    fields: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    """The line of every field, counted from 1."""
    authors: People = People()
    editors: People = People()

    def get(self, *names: str) -> str:
        """The first of these fields that is not empty, or ""."""
        return next((self.fields[name] for name in names if self.fields.get(name)), "")

    def line_of(self, *names: str) -> int:
        """The line of the first of these fields that exists; otherwise that of the entry."""
        return next((self.lines[name] for name in names if name in self.lines), self.line)

    @property
    def year(self) -> str:
        """The year as it is shown, "" if there is none or the work is undated on purpose."""
        written = self.get("year") or self.get("date")[:4]
        return "" if written == UNDATED else written

    @property
    def organisation(self) -> str:
        """The body that stands for an author where no person is named."""
        return self.get("organization", "institution", "school")

    @property
    def language(self) -> str:
        """BCP 47 code of the language that the title is written in; the source language unless `langid` says otherwise."""
        return parse_language(self.get("langid", "language")) or SOURCE

    @property
    def address(self) -> str:
        """Where the work can be read: its DOI as an address, or its URL; "" if neither is given."""
        doi = re.sub(r"^(https?://(dx\.)?doi\.org/|doi:\s*)", "", self.get("doi"), flags=re.I)
        return f"https://doi.org/{doi}" if doi else self.get("url")


def parse_language(written: str) -> str:
    """A BCP 47 code from what an editor or a reference manager wrote; "" if it is neither a code nor a known name."""
    name = written.strip().lower()
    if name in LANGUAGES:
        return LANGUAGES[name]
    return written.strip() if _CODE.match(written.strip()) else ""


@dataclass(frozen=True)
class Bibliography:
    """One `references.bib`: its works by key, in the order of the file."""

    path: PurePosixPath
    works: Mapping[str, Work] = field(default_factory=dict)
    problems: Sequence[Diagnostic] = ()


@dataclass(frozen=True)
class Citation:
    """One work cited in one place; `locator` is what stands behind its comma, such as "p. 12"."""

    key: str
    locator: str = ""


@dataclass(frozen=True)
class Cluster:
    """A bracket with one or more citations, in a line counted from 1."""

    citations: tuple[Citation, ...]
    line: int
    in_heading: bool = False


@dataclass(frozen=True)
class Suspect:
    """Something that looks like a citation and is none. `certain` if it can be nothing else."""

    text: str
    keys: tuple[str, ...]
    line: int
    certain: bool
    hint: str


@dataclass(frozen=True)
class CitingPage:
    """A page with what it cites. `source` is the page in the source language."""

    path: PurePosixPath
    source: PurePosixPath
    locale: str
    clusters: tuple[Cluster, ...] = ()
    suspects: tuple[Suspect, ...] = ()
    lists: tuple[int, ...] = ()
    """Lines of blocks that ask for the list of references."""

    @property
    def keys(self) -> dict[str, int]:
        """Every key that the page cites with the line where it first does, in order."""
        found: dict[str, int] = {}
        for cluster in self.clusters:
            for citation in cluster.citations:
                found.setdefault(citation.key, cluster.line)
        return found


@dataclass(frozen=True)
class Library:
    """All works and all citations of a project. A page cites the works of its own folder."""

    bibliographies: Mapping[PurePosixPath, Bibliography]
    """By folder."""
    pages: Mapping[PurePosixPath, CitingPage]
    """Pages that cite, or that look as if they meant to."""
    loose: Mapping[PurePosixPath, Sequence[LooseFigure]] = field(default_factory=dict)
    """Amounts of papers that stand without source or year, by paper."""

    def works_for(self, page: PurePosixPath) -> Bibliography | None:
        """The works that a page can cite, or None if its folder has no `references.bib`."""
        return self.bibliographies.get(page.parent)
