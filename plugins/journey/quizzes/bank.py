"""All items and assessments of a project: the key from the source, the words in any language."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from ..layout import Layout
from ..locales import SOURCE
from ..memory import remembered
from ..numbers import parse_span
from .model import Assessment, Item, ItemText, Kind, Piece
from .parse import QuizPage, parse_quizzes
from .write import write_item

FINAL = "final.md"
"""The file beside the units that holds the items of a final; it is never published."""


@dataclass(frozen=True)
class Bank:
    """Every item by id. The first file that has an id owns it; checks report the others."""

    pages: Mapping[PurePosixPath, QuizPage]
    sources: Mapping[str, ItemText]
    words: Mapping[tuple[str, str], ItemText]
    """Translations, by id and locale."""
    assessments: Mapping[str, Assessment]

    def item(self, item_id: str, locale: str = SOURCE) -> Item | None:
        """An item in a language, in the source's words where it is not translated; None if it can not be asked."""
        source = self.sources.get(item_id)
        kind = find_kind(source) if source else None
        if source is None or kind is None:
            return None
        spans = tuple(span for piece in source.answers if (span := parse_span(piece.text)))
        return Item(self.words.get((item_id, locale), source), source, kind, spans)

    def items_of(self, assessment: Assessment) -> list[str]:
        """The ids that an assessment asks: those written in it, those it names, those it draws.

        A draw takes the first items of each objective in the order of their ids: the same in every
        build. A learning platform draws at random from the same pool.
        """
        ids = list(assessment.nested)
        named = assessment.header.get("items")
        ids += [str(name) for name in named] if isinstance(named, list) else []
        draw = assessment.header.get("draw")
        if isinstance(draw, dict):
            for objective, count in draw.items():
                pool = self.pool(assessment.path.parent, str(objective))
                ids += pool[: count if isinstance(count, int) else 0]
        return ids

    def intro_of(self, assessment: Assessment, locale: str) -> Piece | None:
        """The words before an assessment's items, in a language where its page is translated, or in the source's."""
        for page in self.pages.values():
            for one in page.assessments:
                if page.locale == locale and one.id == assessment.id and one.intro:
                    return one.intro
        return assessment.intro

    def pool(self, folder: PurePosixPath, objective: str) -> list[str]:
        """The ids in a folder's bank that serve an objective, in order."""
        return sorted(
            item.id
            for item in self.sources.values()
            if item.path == folder / "bank.md" and item.header.get("objective") == objective
        )


def build_bank(pages: Iterable[QuizPage]) -> Bank:
    """Collect items and assessments; sources first, since translations need their key."""
    by_path = {page.path: page for page in pages}
    sources: dict[str, ItemText] = {}
    words: dict[tuple[str, str], ItemText] = {}
    assessments: dict[str, Assessment] = {}
    for page in by_path.values():
        for item in page.items:
            if page.locale == SOURCE:
                sources.setdefault(item.id, item)
            else:
                words.setdefault((item.id, page.locale), item)
        if page.locale == SOURCE:
            for assessment in page.assessments:
                if page.path.name == FINAL or assessment.id not in assessments:
                    assessments[assessment.id] = assessment  # a page only says where a final is taken
    return Bank(by_path, sources, words, assessments)


def find_kind(item: ItemText) -> Kind | None:
    """The kind of a source item, from what is written in it; None if nothing there can be answered."""
    declared = item.header.get("type")
    if item.gaps:
        return Kind.GAPS
    if item.pairs:
        return Kind.MATCHING
    if item.steps:
        return Kind.ORDERING
    if item.answers:
        is_number = declared != "text" and len(item.answers) == 1 and parse_span(item.answers[0].text) is not None
        return Kind.NUMBER if is_number else Kind.TEXT
    if item.options:
        if declared == "scale":
            return Kind.SCALE
        if {option.key for option in item.options} == {"true", "false"}:
            return Kind.TRUE_FALSE
        several = sum(option.right is True for option in item.options) > 1
        return Kind.MULTIPLE if several or declared == "multiple" else Kind.SINGLE
    return Kind.REFLECTION if item.model else None


def read_bank(layout: Layout) -> Bank:
    """Read the items of every page, bank and final of a project.

    Files that are not UTF-8 are passed over: the check of pages reports them.
    """
    pages = []
    for path in layout.iter_files():
        if path.suffix == ".md":
            page = _read_page(path, layout.source_of(path)[1], layout.read(path))
            if page is not None:
                pages.append(page)
    return build_bank(pages)


@remembered
def _read_page(path: PurePosixPath, locale: str, data: bytes) -> QuizPage | None:
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        return None
    return parse_quizzes(path, locale, text)


def read_retired_ids(layout: Layout) -> frozenset[str]:
    """The ids of items that are gone, one a line in `retired-ids.txt` at the project's root."""
    file = layout.root / "retired-ids.txt"
    return frozenset(file.read_text(encoding="utf-8").split()) if file.is_file() else frozenset()


def release_of(bank: Bank) -> str:
    """Eight hexadecimal digits that change when any item changes; they name what was exported."""
    digest = hashlib.sha256()
    for key in sorted(bank.sources):
        digest.update(write_item(bank.sources[key]).encode())
    for key, locale in sorted(bank.words):
        digest.update(f"{locale}\n{write_item(bank.words[key, locale])}".encode())
    return digest.hexdigest()[:8]
