"""`journey glossary report`: how complete each language is, and which words ask for an editor's eye."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..locales import LOCALES, SOURCE
from .fold import fold_form
from .model import Glossary
from .usage import Usage


def report_glossary(glossary: Glossary, usage: Usage, locales: Iterable[str]) -> Iterator[str]:
    """The report, line by line."""
    ids = glossary.ids
    yield f"{len(ids)} concepts"
    yield ""
    yield f"{'language':<12}{'terms':>7}{'definitions':>13}{'doubtful':>10}{'missing':>9}"
    for code in locales:
        words = [glossary.word(concept, code) for concept in ids]
        terms = sum(word is not None for word in words)
        definitions = sum(bool(word and word.definition) for word in words)
        doubtful = sum(bool(word and word.is_doubtful) for word in words)
        yield f"{LOCALES[code].english_name:<12}{terms:>7}{definitions:>13}{doubtful:>10}{len(ids) - terms:>9}"
    used: dict[str, int] = {}
    for page in usage.pages:
        if page.locale == SOURCE:
            for concept in usage.concepts[page.path]:
                used[concept] = used.get(concept, 0) + 1
    yield from _list("unused", [concept for concept in ids if concept not in used])
    ranked = sorted(used.items(), key=lambda pair: (-pair[1], pair[0]))
    yield from _list("most used", [f"{concept} ({count})" for concept, count in ranked[:20]])
    for code in locales:
        doubtful_ids = [c for c in ids if (word := glossary.word(c, code)) and word.is_doubtful]
        yield from _list(f"doubtful, {LOCALES[code].english_name}", doubtful_ids)
    for code in locales:
        missing = [c for c in ids if c in used and not glossary.word(c, code)]
        yield from _list(f"used but without a term, {LOCALES[code].english_name}", missing)
    avoided = [
        f"{page.path}: {page.text[match.start : match.end]}"
        for page in usage.pages
        for match in usage.matches[page.path]
        if match.is_avoided
    ]
    yield from _list("avoided words in pages", avoided)
    yield from _list("words of two concepts", sorted(_ambiguous(glossary)))


def _ambiguous(glossary: Glossary) -> Iterator[str]:
    for page in glossary.pages.values():
        seen: dict[str, str] = {}
        for concept in page.concepts:
            for form in concept.forms:
                first = seen.setdefault(fold_form(form.text), concept.id)
                if first != concept.id:
                    yield f"{form.text} ({page.locale}): {first}, {concept.id}"


def _list(title: str, entries: list[str]) -> Iterator[str]:
    if entries:
        yield ""
        yield f"{title}: {len(entries)}"
        yield from (f"    {entry}" for entry in entries)
