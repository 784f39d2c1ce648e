"""`journey report`: what editors and translators want to know of all pages at once, also as tables for a spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import PurePosixPath

from .checks import quotations_of
from .content.model import ContentPage, Project
from .frontmatter import split_front_matter
from .glossary.model import Glossary
from .glossary.usage import Usage
from .layout import Kind
from .markup import mask_code
from .quizzes.bank import Bank

_FOOTNOTE = re.compile(r"^\[\^[^\]]+\]:", re.M)
_ITEM = re.compile(r"^/{3,} question\b.*?^/{3,}\s*$", re.M | re.S)
_NOT_PROSE = re.compile(r"^(?:\|.*|#.*|/{3,}.*|\[\^[^\]]+\]:.*|!\[.*|    .*)$", re.M)
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|\[\^[^\]]+\]|\{[^{}\n]*\}")
_SENTENCE = re.compile(r"[^.!?:\n]+(?:[.!?:]+|\n\n|$)")


@dataclass(frozen=True)
class PageReport:
    """One page in figures; `level` is a school grade, 0 where there is too little text to say."""

    page: str
    words: int
    level: float
    drawings: int
    tables: int
    terms: int
    """Concepts of the glossary that it uses."""
    facts: int
    sources: int
    items: int


@dataclass(frozen=True)
class ObjectiveReport:
    """How well an objective is tested: items on pages, in the bank, and the kinds among them."""

    objective: str
    on_pages: int
    in_bank: int
    in_final: int
    kinds: int


def report_pages(project: Project, bank: Bank, usage: Usage) -> list[PageReport]:
    """Every unit, module and paper in the source language, by path; templates are left out."""
    facts: dict[PurePosixPath, set[str]] = {}
    for quotation in quotations_of(project):
        facts.setdefault(quotation.path, set()).add(quotation.fact)
    return [
        _report(project, page, bank, len(usage.concepts.get(page.path, ())), len(facts.get(page.path, ())))
        for page in _iter_pages(project)
    ]


def unused_terms(pages: Iterable[PageReport], glossary: Glossary, usage: Usage) -> list[str]:
    """Ids of the concepts that none of the pages uses, in the glossary's order."""
    used = {concept for page in pages for concept in usage.concepts.get(PurePosixPath(page.page), ())}
    return [concept for concept in glossary.ids if concept not in used]


def _iter_pages(project: Project) -> Iterator[ContentPage]:
    for page in project.iter_sources():
        if page.kind in (Kind.MODULE, Kind.UNIT, Kind.PAPER) and project.layout.is_published(page.path):
            yield page


def _report(project: Project, page: ContentPage, bank: Bank, terms: int, facts: int) -> PageReport:
    text = (project.layout.root / page.path).read_text(encoding="utf-8-sig")
    body = "\n".join(text.split("\n")[split_front_matter(text)[1] :])
    body = _ITEM.sub("", mask_code(body))
    return PageReport(
        str(page.path),
        page.words,
        reading_level(body),
        sum(link.is_image for link in page.links),
        len(re.findall(r"^\|[ :|-]+\|\s*$", body, re.M)),
        terms,
        facts,
        len(_FOOTNOTE.findall(body)),
        len(bank.pages[page.path].items) if page.path in bank.pages else 0,
    )


def reading_level(markdown: str) -> float:
    """The school grade by Coleman and Liau (1975): 0.0588 L - 0.296 S - 15.8.

    L is letters and S sentences, both per hundred words. It needs no syllables, which no rule counts well in English.
    Tables, headings, notes and lists' marks are left out; under a hundred words the answer is 0.
    """
    prose = _LINK.sub(lambda match: match[1] or "", _NOT_PROSE.sub("\n", markdown))
    prose = re.sub(r"^\s*(?:[-*>]|\d+\.)\s+", "", prose, flags=re.M)
    words = re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", prose)
    if len(words) < 100:
        return 0.0
    letters = sum(len(re.findall(r"[^\W\d_]", word)) for word in words)
    sentences: int = sum(bool(re.search(r"[^\W\d_]", sentence)) for sentence in _SENTENCE.findall(prose))
    grade: float = 0.0588 * 100 * letters / len(words) - 0.296 * 100 * sentences / len(words) - 15.8
    return round(grade, 1)


def report_objectives(project: Project, bank: Bank) -> list[ObjectiveReport]:
    """Every learning objective of the modules and papers, in the order in which pages name them."""
    objectives: dict[str, PurePosixPath] = {}
    for page in _iter_pages(project):
        for objective in page.front_matter.values.get("objectives") or {}:
            objectives.setdefault(objective, page.path.parent)
    found = []
    for objective, folder in objectives.items():
        items = [i for i in bank.sources.values() if i.header.get("objective") == objective and i.path.parent == folder]
        names = [item.path.name for item in items]
        kinds = {item.kind for one in items if (item := bank.item(one.id))}
        bank_count, final_count = names.count("bank.md"), names.count("final.md")
        found.append(
            ObjectiveReport(objective, len(names) - bank_count - final_count, bank_count, final_count, len(kinds))
        )
    return sorted(found, key=lambda one: [int(n) if n.isdigit() else n for n in re.split(r"(\d+)", one.objective)])


def find_gaps(pages: Sequence[PageReport], objectives: Sequence[ObjectiveReport]) -> list[str]:
    """What an editor should look at, in sentences."""
    gaps = [f"{page.page}: no drawing and no table" for page in pages if not page.drawings and not page.tables]
    gaps += [f"{page.page}: no fact and no source" for page in pages if not page.facts and not page.sources]
    gaps += [f"{page.page}: school grade {page.level}, hard to read" for page in pages if page.level > 14]
    gaps += [f"{one.objective}: no item" for one in objectives if not one.on_pages and not one.in_bank]
    return gaps


def as_table(rows: Sequence[PageReport | ObjectiveReport], separator: str = "") -> str:
    """The rows with a head: columns in line, or parted by `separator` for a spreadsheet."""
    if not rows:
        return ""
    names = [field.name for field in fields(rows[0])]
    cells = [[name.replace("_", " ") for name in names], *([str(getattr(row, name)) for name in names] for row in rows)]
    if separator:
        return "\n".join(separator.join(line) for line in cells)
    widths = [max(len(line[column]) for line in cells) for column in range(len(names))]
    return "\n".join(
        "  ".join(
            cell.ljust(w) if not n else cell.rjust(w) for n, (cell, w) in enumerate(zip(line, widths, strict=True))
        )
        for line in cells
    )


def totals(pages: Sequence[PageReport]) -> Mapping[str, int]:
    """Sums over all pages."""
    return {
        name: sum(getattr(page, name) for page in pages) for name in ("words", "drawings", "facts", "sources", "items")
    }


def report_translations(
    project: Project, locale: str
) -> tuple[Mapping[str, int], list[PurePosixPath], list[PurePosixPath]]:
    """How far a language is: counts of pages, then the pages that wait for a translation, those that wait for a review.

    Pages are those that readers can open in the source language; a page waits for a review while its status is draft.
    """
    sources = sorted(page.path for page in project.iter_sources() if project.layout.is_published(page.path))
    translated = {source.path: page for page, source in project.iter_translations() if page.locale == locale}
    missing = [path for path in sources if path not in translated]
    drafts = [
        translated[path].path
        for path in sources
        if path in translated and translated[path].front_matter.values.get("status") != "reviewed"
    ]
    done = len(sources) - len(missing)
    return {"pages": len(sources), "translated": done, "reviewed": done - len(drafts)}, missing, drafts
