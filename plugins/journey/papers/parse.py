"""Reads `references.bib` files and the citations of pages. bibtexparser finds entries, fields and their lines."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares.names import parse_single_name_into_parts, split_multiple_persons_names
from bibtexparser.model import (
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    ImplicitComment,
    ParsingFailedBlock,
)
from pylatexenc.latex2text import LatexNodes2Text

from ..diagnostics import Diagnostic
from ..documents import DocumentError
from ..frontmatter import split_front_matter
from ..layout import Kind, Layout
from ..memory import remembered
from .citations import KEY, find_citations
from .figures import LooseFigure, find_loose_figures
from .model import Bibliography, CitingPage, Library, Name, People, Work

FILE = "references.bib"
PAPER = "index.md"

_VERBATIM = frozenset({"doi", "url", "urldate", "date", "year", "langid", "language", "file", "eprint", "isbn"})
"""Fields in which TeX's signs mean themselves."""

_TO_TEXT = LatexNodes2Text(math_mode="verbatim")
_TEX = re.compile(r"[\\{}~]|--|``|''")
"""What means more than itself; most values hold none of it, and the converter is slow."""
_LITERAL = re.compile(r"(?<!\\)[%$&#_]")
_NO_COMMA = re.compile(r'(?:\{.*?\}|".*?"|\w+)\s*\n\s*[\w-]+\s*=', re.S)
_HINT_COMMA = "Every field but the last ends with a comma."
_HINT = "An entry is @report{key, and below it one field a line: title = {Its title}, and } at the end."

for _library in ("bibtexparser", "pylatexenc"):  # they log what comes back as a block or as no text, which we report
    logging.getLogger(_library).setLevel(logging.CRITICAL)


def read_library(layout: Layout) -> Library:
    """Read every `references.bib` and every page of a project, templates included. Never raises for bad content."""
    bibliographies: dict[PurePosixPath, Bibliography] = {}
    pages: dict[PurePosixPath, CitingPage] = {}
    loose: dict[PurePosixPath, Sequence[LooseFigure]] = {}
    for path in layout.iter_files():
        if path.name == FILE:
            bibliographies[path.parent] = parse_bibliography(path, layout.read(path))
        elif path.suffix == ".md" and (page := _read_page(layout, path, layout.read(path))):
            pages[path] = page
        if path.name == PAPER and layout.kind(path) is Kind.PAPER:
            loose[path] = _loose_figures(path, layout.read(path))
    return Library(bibliographies, pages, loose)


@remembered
def _read_page(layout: Layout, path: PurePosixPath, data: bytes) -> CitingPage | None:
    if b"@" not in data and b"references" not in data:
        return None
    text = _body(data)
    if text is None:
        return None
    clusters, suspects, lists = find_citations(text)
    source, locale = layout.source_of(path)
    return CitingPage(path, source, locale, clusters, suspects, lists) if clusters or suspects or lists else None


@remembered
def _loose_figures(path: PurePosixPath, data: bytes) -> Sequence[LooseFigure]:
    return find_loose_figures(_body(data) or "")


def _body(data: bytes) -> str | None:
    """The text of a page with blank lines for its front matter; None if it can not be read, which other checks say."""
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        _, end = split_front_matter(text)
    except (UnicodeDecodeError, DocumentError):
        return None
    return "\n".join([""] * end + text.split("\n")[end:])


@remembered
def parse_bibliography(path: PurePosixPath, data: bytes) -> Bibliography:
    """The works of one file; what can not be read comes as a problem with its line."""
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        said = f"this line is not UTF-8 text (byte {data[error.start]:#04x})"
        return Bibliography(path, {}, (Diagnostic(path, line, "R001", said, "Save the file again as UTF-8."),))
    works: dict[str, Work] = {}
    problems: list[Diagnostic] = []
    for block in parse_string(text).blocks:
        line = (block.start_line or 0) + 1
        if isinstance(block, Entry):
            problems += _iter_problems(path, block, line)
            works[block.key] = _work(path, block, line)
        elif isinstance(block, DuplicateBlockKeyBlock):
            said = f"the key `{block.key}` is already taken in line {works[block.key].line}"
            hint = "Delete one of the two if they are the same work; otherwise give this one a key of its own."
            problems.append(Diagnostic(path, line, "R002", said, hint))
        elif isinstance(block, DuplicateFieldKeyBlock):
            names = " and ".join(f"`{name}`" for name in sorted(block.duplicate_keys))
            problems.append(Diagnostic(path, line, "R001", f"this entry has {names} twice", "Keep one of them."))
        elif isinstance(block, ParsingFailedBlock):
            said = "this entry can not be read: " + _reason(block)
            problems.append(Diagnostic(path, line, "R001", said, _HINT))
        elif isinstance(block, ImplicitComment):
            problems += _iter_stray(path, block.comment, line)
    return Bibliography(path, works, tuple(problems))


def _reason(block: ParsingFailedBlock) -> str:
    said = str(getattr(block.error, "abort_reason", "") or block.error)
    if "end of file" in said:
        return "its last } is missing"
    if "block start" in said:
        return "a brace, a quotation mark or its last } is missing before the next entry"
    return "a comma, an equals sign or a brace is missing"


def _iter_stray(path: PurePosixPath, comment: str, line: int) -> Iterator[Diagnostic]:
    """Text between entries is lost; that is meant only where it begins with %."""
    for number, text in enumerate(comment.split("\n"), start=line):
        if text.strip() and not text.lstrip().startswith("%"):
            said = f'"{text.strip()[:40]}" belongs to no entry'
            hint = "Perhaps a } stands too early above, or the @ of an entry is missing. A remark begins with %."
            yield Diagnostic(path, number, "R001", said, hint)
            return  # what follows is the same mistake


def _iter_problems(path: PurePosixPath, entry: Entry, line: int) -> Iterator[Diagnostic]:
    if not re.fullmatch(KEY, entry.key):
        hint = "Use letters, digits and - _ : . such as ilo-2021."
        yield Diagnostic(path, line, "R001", f"the key `{entry.key}` can not be cited", hint)
    for item in entry.fields:
        if re.search(r'["}\w]\s+#\s+["{\w]', str(item.value)) and '"' in str(item.value):
            said = f"`{item.key}` is put together with #"
            where = (item.start_line or 0) + 1
            yield Diagnostic(path, where, "R001", said, "Write the whole text between one pair of braces.")
        elif _NO_COMMA.match(str(item.value)):
            where = (item.start_line or 0) + 1
            yield Diagnostic(path, where, "R001", f"the comma behind `{item.key}` is missing", _HINT_COMMA)
        elif item.key.lower() not in _VERBATIM and _convert(str(item.value)) is None:
            where = (item.start_line or 0) + 1
            said = f"`{item.key}` holds a command of TeX that is no text"
            yield Diagnostic(path, where, "R001", said, "Write the letters themselves; the file is UTF-8.")


def _work(path: PurePosixPath, entry: Entry, line: int) -> Work:
    raw = {item.key.lower(): str(item.value).strip() for item in entry.fields}
    fields = {name: value if name in _VERBATIM else _to_text(value) for name, value in raw.items()}
    return Work(
        key=entry.key,
        kind=entry.entry_type.lower(),
        path=path,
        line=line,
        fields=fields,
        lines={item.key.lower(): (item.start_line or 0) + 1 for item in entry.fields},
        authors=_people(raw.get("author", "")),
        editors=_people(raw.get("editor", "")),
    )


def _people(written: str) -> People:
    names = split_multiple_persons_names(written) if written else []
    return People(tuple(_name(name) for name in names if name != "others"), "others" in names)


def _name(written: str) -> Name:
    """BibTeX's three forms of a name; what is in braces as a whole is an organisation."""
    parts = parse_single_name_into_parts(written, strict=False)
    family = _to_text(" ".join([*parts.von, *parts.last]))
    given = _to_text(" ".join(parts.first))
    return Name(f"{family} {_to_text(' '.join(parts.jr))}".strip(), given)


def _to_text(value: str) -> str:
    """Plain text of a value in TeX: `Caf{\\'e}` gives Café. What can not be converted stays as it is, and is reported."""
    converted = _convert(value)
    return re.sub(r"\s+", " ", value if converted is None else converted).strip()


def _convert(value: str) -> str | None:
    """None if TeX's commands in a value make no text. Signs that nobody escaped mean themselves."""
    if not _TEX.search(value):
        return value
    escaped = _LITERAL.sub(lambda match: "\\" + match[0], value).replace("^", r"\textasciicircum{}")
    try:
        return str(_TO_TEXT.latex_to_text(escaped))
    except (AttributeError, LookupError, TypeError, ValueError):  # commands of a whole document, such as \title, alone
        return None
