"""Finds terms in a text, in one pass whatever their number: an Aho-Corasick automaton over folded forms.

The automaton is `ahocorasick_rs` (Apache-2.0), which counts in characters and finds overlapping matches; our part is
what makes a match a word in six languages.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, MatchKind

from ..locales import SOURCE
from .fold import fold, fold_form
from .model import Glossary

NO_SPACES = frozenset({"km", "zh"})
"""Languages that put no blanks between words."""

_COENG = "\u17d2"
_SENTENCE_END = re.compile(r"(?:^|[.!?:;۔؟။។—–|\n]|[-*]|\d\.)[\s\"“‘'(\[*_>]*$")
_NEXT_CAPITAL = re.compile(r"^[ \u00a0]+(?:(?:of|and|for|the|de|des|du|la|y|et|del) )?[A-ZÀ-Þ]")
_CAPITAL_BEFORE = re.compile(r"[A-ZÀ-Þ][\w’'-]*[ \u00a0]+$")


@dataclass(frozen=True)
class Match:
    """A term in a text; offsets are of the text as it was given."""

    start: int
    end: int
    concept: str
    is_avoided: bool = False


@dataclass(frozen=True)
class _Pattern:
    folded: str
    concept: str
    exact: str = ""
    """The form itself where case counts: an abbreviation."""
    is_avoided: bool = False


class Matcher:
    """All forms of a glossary in one language."""

    def __init__(self, glossary: Glossary, locale: str, with_avoided: bool = False) -> None:
        self._locale = locale
        by_form: dict[tuple[str, str], _Pattern] = {}
        for pattern in _iter_patterns(glossary, locale, with_avoided):
            if pattern.folded:
                by_form.setdefault((pattern.folded, pattern.exact), pattern)
        self._patterns = list(by_form.values())
        forms = [pattern.folded for pattern in self._patterns]
        self._automaton = AhoCorasick(forms, matchkind=MatchKind.Standard) if forms else None

    @property
    def size(self) -> int:
        """How many different forms are looked for."""
        return len(self._patterns)

    def find(self, text: str) -> list[Match]:
        """The terms of a text from left to right, the longest where several begin; none inside another."""
        if self._automaton is None:
            return []
        folded, places = fold(text)
        candidates = [
            (start, -end, index)
            for index, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True)
            if self._is_word(folded, start, end)
        ]
        found: list[Match] = []
        last = 0
        for start, minus_end, index in sorted(candidates):
            pattern, end = self._patterns[index], -minus_end
            begin, stop = places[start], places[end]
            if start < last or (pattern.exact and text[begin:stop].strip() != pattern.exact):
                continue
            last = end
            if not self._is_part_of_name(text, begin, stop, pattern):
                found.append(Match(begin, stop, pattern.concept, pattern.is_avoided))
        return found

    def _is_word(self, text: str, start: int, end: int) -> bool:
        before, after = text[start - 1 : start], text[end : end + 1]
        if self._locale in NO_SPACES and not text[start].isascii():
            # Never half a cluster. Letters of another script have their own words.
            return before != _COENG and not (after and unicodedata.category(after).startswith("M"))
        return not (_joins(before) or _joins(after))

    def _is_part_of_name(self, text: str, start: int, end: int, pattern: _Pattern) -> bool:
        """`Social Security` in `National Social Security Fund` names a body, not the concept."""
        words = text[start:end]
        if pattern.exact or pattern.is_avoided or not words[:1].isupper():
            return False
        rest = re.split(r"[ \u00a0\n-]", words)[1:]
        title_case = bool(rest) and all(word[:1].isupper() for word in rest if len(word) > 3)
        if _NEXT_CAPITAL.match(text[end : end + 20]):
            return True
        if _CAPITAL_BEFORE.search(text[max(0, start - 40) : start]) and not _SENTENCE_END.search(text[:start][-6:]):
            return True
        return title_case or not _SENTENCE_END.search(text[max(0, start - 12) : start])


def _joins(character: str) -> bool:
    return bool(character) and (character.isalnum() or character in "_-" or unicodedata.combining(character) > 0)


def _iter_patterns(glossary: Glossary, locale: str, with_avoided: bool) -> Iterator[_Pattern]:
    page = glossary.pages.get(locale)
    for concept in page.concepts if page else ():
        for form in concept.abbreviations:
            yield _Pattern(fold_form(form.text), concept.id, exact=form.text)
        for term in (concept.term, *(one.text for one in concept.variants)):
            for written in (term, plural_of(term)) if locale == SOURCE else (term,):
                yield _Pattern(fold_form(written), concept.id)
        if with_avoided:
            for form in concept.avoid:
                yield _Pattern(fold_form(form.text), concept.id, is_avoided=True)


def plural_of(term: str) -> str:
    """The regular plural of an English term: policies, boxes, schemes."""
    if re.search(r"[^aeiou]y$", term):
        return term[:-1] + "ies"
    return term + ("es" if re.search(r"(?:s|x|z|ch|sh)$", term) else "s")


def first_uses(matches: Iterable[Match], skip: set[str]) -> list[Match]:
    """The first match of every concept that is not in `skip`."""
    seen = set(skip)
    first = []
    for match in matches:
        if match.concept not in seen:
            seen.add(match.concept)
            first.append(match)
    return first
