"""What an e-book is made of, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePosixPath

KINDS: dict[str, tuple[str, str]] = {
    "chapter": ("chapter", "doc-chapter"),
    "introduction": ("introduction", "doc-introduction"),
    "conclusion": ("conclusion", "doc-conclusion"),
    "appendix": ("appendix", "doc-appendix"),
    "glossary": ("glossary", "doc-glossary"),
    "bibliography": ("bibliography", "doc-bibliography"),
    "answers": ("appendix", "doc-appendix"),
    "imprint": ("imprint", ""),
}
"""What a chapter can be; its word in the EPUB Structural Semantics Vocabulary 1.1, its role in Digital Publishing ARIA."""


@dataclass(frozen=True)
class Chapter:
    """One chapter. `name` is short, in small Latin letters, digits and hyphens, and becomes the name of its file."""

    name: str
    title: str
    """Plain text; becomes the heading, unless the HTML begins with an `h1` of its own."""
    html: str
    locale: str
    """The language that the chapter is in: that of the book, or of the source where a translation is missing."""
    kind: str = "chapter"
    part: str = ""
    """Chapters that follow each other with the same part stand below its name in the contents."""
    source: PurePosixPath = field(default_factory=PurePosixPath)
    """The page that it was made from, for messages."""


@dataclass(frozen=True)
class Font:
    """A font file to embed: WOFF2, TTF or OTF. Its licence must allow it, and its text belongs into `EBook.licences`."""

    name: str
    """File name, such as `khmer-400.woff2`."""
    family: str
    weight: str
    """As in CSS: `400` or `600 900`."""
    data: bytes
    unicode_range: str = ""


@dataclass(frozen=True)
class EBook:
    """All that goes into one file."""

    title: str
    locale: str
    identifier: str
    """A URI that is this book's in this language and edition, such as `urn:uuid:…`."""
    modified: date
    """When the content changed last; never the day of the build."""
    chapters: Sequence[Chapter]
    description: str = ""
    creators: Sequence[str] = ()
    publisher: str = ""
    rights: str = ""
    source: str = ""
    """Address of the online edition."""
    lines: Sequence[str] = ()
    """Shown on the title page: edition, licence."""
    cover: str = ""
    """Name of the cover picture in `pictures`; without one the book begins with its title page."""
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    """Pictures by the `src` that the chapters use."""
    styles: Sequence[str] = ()
    """CSS behind our own: what drawings need. Rules of one class or element also become attributes of the shapes."""
    fonts: Sequence[Font] = ()
    licences: Mapping[str, bytes] = field(default_factory=dict)
    """Texts of the fonts' licences by file name."""
    with_answers: bool = True
    """Whether the audience may have answers; without, they are not in the file."""
