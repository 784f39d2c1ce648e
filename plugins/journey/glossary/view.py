"""The glossary page in one language: concepts in the alphabet's order, with equivalents and the pages that use them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from ..locales import LOCALES, SOURCE, Locale
from .collate import letters_of, sort_key
from .fold import fold_form
from .model import ConceptText, Glossary


@dataclass(frozen=True)
class Equivalent:
    """The term in another language."""

    term: str
    locale: Locale


@dataclass(frozen=True)
class Entry:
    """A concept as it is listed."""

    id: str
    term: str
    term_locale: Locale
    definition: str
    """HTML."""
    more: str
    """HTML; empty where the definition is in another language than the page."""
    definition_locale: Locale
    abbreviations: Sequence[str]
    variants: Sequence[str]
    source: str
    see: Sequence[tuple[str, str, Locale]]
    """Id, term and its language."""
    equivalents: Sequence[Equivalent]
    pages: Sequence[PurePosixPath]
    folded: str
    """All forms of the concept as the filter compares them."""
    is_doubtful: bool


@dataclass(frozen=True)
class Letter:
    """A letter of the alphabet with the concepts below it."""

    letter: str
    entries: Sequence[Entry]


def list_concepts(
    glossary: Glossary,
    locale: str,
    to_html: Callable[[str], str],
    pages_of: Mapping[str, Sequence[PurePosixPath]],
) -> list[Letter]:
    """The concepts by letter; `to_html` renders Markdown, `pages_of` names the pages that use each concept."""
    entries = [_entry(glossary, concept, locale, to_html, pages_of.get(concept, ())) for concept in glossary.ids]
    key = sort_key(locale)
    entries.sort(key=lambda entry: (key(entry.term), entry.id))
    letters = letters_of(locale, [entry.term for entry in entries])
    grouped: dict[str, list[Entry]] = {}
    for entry in entries:
        grouped.setdefault(letters[entry.term], []).append(entry)
    return [Letter(letter, found) for letter, found in grouped.items()]


def _entry(
    glossary: Glossary,
    concept: str,
    locale: str,
    to_html: Callable[[str], str],
    pages: Sequence[PurePosixPath],
) -> Entry:
    source = glossary.words[concept, SOURCE]
    word = glossary.word(concept, locale) or source
    defined = glossary.defined(concept, locale) or source
    others = [(code, glossary.word(concept, code)) for code in LOCALES if code != word.locale]
    forms = [form.text for code in LOCALES if (w := glossary.word(concept, code)) for form in w.forms]
    return Entry(
        concept,
        word.term,
        LOCALES[word.locale],
        to_html(defined.definition),
        to_html(defined.more) if defined.more else "",
        LOCALES[defined.locale],
        [form.text for form in word.abbreviations],
        [form.text for form in word.variants],
        to_html(source.source).removeprefix("<p>").removesuffix("</p>") if source.source else "",
        [_related(glossary, form.text, locale) for form in source.see if (form.text, SOURCE) in glossary.words],
        [Equivalent(other.term, LOCALES[code]) for code, other in others if other],
        pages,
        " ".join(dict.fromkeys(fold_form(form) for form in forms)),
        word.is_doubtful,
    )


def _related(glossary: Glossary, concept: str, locale: str) -> tuple[str, str, Locale]:
    word: ConceptText = glossary.word(concept, locale) or glossary.words[concept, SOURCE]
    return concept, word.term, LOCALES[word.locale]
