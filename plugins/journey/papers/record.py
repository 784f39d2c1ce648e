"""How a page of the site is itself cited: APA 7, BibTeX and RIS. Dates come from front matter, never from a clock."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ..frontmatter import day
from .style import Reference

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
"""APA 7 is a style of English texts; its months stay English."""

_TEX = {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}"} | {sign: "\\" + sign for sign in "&%$#_"}
_TEX |= {"~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_LANGID = {"en": "british", "fr": "french", "es": "spanish", "zh": "chinese", "ur": "urdu", "km": "khmer"}


@dataclass(frozen=True)
class PageRecord:
    """What a citation and metadata say of one page, in the language that it is written in."""

    id: str
    """A key for BibTeX, the same in every build."""
    title: str
    description: str
    author: str
    """The organisation that answers for the page."""
    site: str
    locale: str
    url: str
    """The absolute address; "" if the site has none yet."""
    published: str = ""
    """The day of the first publication, ISO 8601, or ""."""
    modified: str = ""
    """The later of publication and review, or ""."""
    is_paper: bool = False
    objectives: Sequence[str] = ()
    sdg: Sequence[str] = ()
    translations: Sequence[tuple[str, str]] = ()
    """The other languages that the page exists in, each with its address."""
    source_url: str = ""
    """For a translation, the address of the page that it translates."""
    cited: Sequence[Reference] = ()


def later(*days: object) -> str:
    """The latest of some days in ISO 8601; what is none is passed over."""
    return max(map(day, days), default="")


def to_apa(record: PageRecord) -> str:
    """APA 7 for a page of a website with a group author (section 10.16); the site is left out where it is the author."""
    when = _spoken(record.modified) if record.modified else "n.d."
    parts = [f"{record.author.rstrip('.')}.", f"({when}).", f"{record.title.rstrip('.')}."]
    if record.site != record.author:
        parts.append(f"{record.site.rstrip('.')}.")
    return " ".join([*parts, record.url]).strip()


def to_bibtex(record: PageRecord) -> str:
    """BibTeX with biblatex's `@online`, in UTF-8; signs that mean something to TeX are escaped."""
    fields = [
        ("author", f"{{{_tex(record.author)}}}"),
        ("title", f"{{{_tex(record.title)}}}"),
        ("date", record.modified),
        ("year", record.modified[:4]),
        ("organization", _tex(record.site)),
        ("url", record.url),
        ("langid", _LANGID.get(record.locale, "")),
    ]
    year = f"-{record.modified[:4]}" if record.modified else ""
    suffix = "" if record.locale == "en" else f"-{record.locale}"
    lines = [f"  {name} = {{{value}}}" for name, value in fields if value]
    return f"@online{{{record.id}{year}{suffix},\n" + ",\n".join(lines) + "\n}"


def to_ris(record: PageRecord) -> str:
    """RIS (Research Information Systems, 2011): two letters, two blanks, a dash, a blank. A body's name ends with a comma."""
    fields = [
        ("TY", "ELEC"),
        ("AU", f"{record.author},"),
        ("TI", record.title),
        ("T2", record.site),
        ("PY", record.modified[:4]),
        ("DA", f"{record.modified.replace('-', '/')}/" if record.modified else ""),
        ("AB", record.description),
        ("LA", record.locale),
        ("UR", record.url),
    ]
    return "".join(f"{tag}  - {' '.join(value.split())}\n" for tag, value in fields if value) + "ER  - "


@dataclass(frozen=True)
class Form:
    """One way to cite a page, for the disclosure "Cite this page"."""

    name: str
    text: str


def forms_of(record: PageRecord) -> Iterable[Form]:
    """All ways, in a fixed order."""
    yield Form("APA 7", to_apa(record))
    yield Form("BibTeX", to_bibtex(record))
    yield Form("RIS", to_ris(record))


def _spoken(day: str) -> str:
    """`2026-11-25` as APA writes it: 2026, November 25."""
    when = date.fromisoformat(day)
    return f"{when.year}, {MONTHS[when.month - 1]} {when.day}"


def _tex(text: str) -> str:
    return "".join(_TEX.get(sign, sign) for sign in text)
