"""Finds terms in a text, in one pass whatever their number: an Aho-Corasick automaton over folded forms.

The automaton is `ahocorasick_rs` (Apache-2.0), which counts in characters and finds overlapping matches; our part is
what makes a match a word in six languages.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property

import icu
from ahocorasick_rs import AhoCorasick, MatchKind

from ..locales import SOURCE
from .fold import fold, fold_form
from .model import Glossary, GlossaryPage

NO_SPACES = frozenset({"km", "zh"})
"""Languages that put no blanks between words."""

_COENG = "\u17d2"
_BEYOND_UTF_16 = re.compile("[\U00010000-\U0010ffff]")
_HEAD_OF_PHRASE = re.compile(r"(.+?)( (?:of|for|in|to|by|at|on|with|from) .+)")
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
    is_name: bool = False
    """Whether the glossary itself writes it with a capital inside: `Convention No. 102`."""


class Matcher:
    """All forms of a glossary in one language. Matchers of the same forms are equal, and find the same."""

    def __init__(self, glossary: Glossary, locale: str, with_avoided: bool = False) -> None:
        self._locale = locale
        self._patterns = _patterns_of(glossary, locale, with_avoided)

    @cached_property
    def _automaton(self) -> AhoCorasick | None:
        forms = [pattern.folded for pattern in self._patterns]
        return AhoCorasick(forms, matchkind=MatchKind.Standard) if forms else None

    @cached_property
    def fingerprint(self) -> str:
        """A hash of all forms: what is found depends on nothing else."""
        return hashlib.sha256(repr((self._locale, self._patterns)).encode()).hexdigest()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Matcher) and self.fingerprint == other.fingerprint

    def __hash__(self) -> int:
        return hash(self.fingerprint)

    def __getstate__(self) -> object:
        """Without the automaton, which is made when it is needed."""
        return {name: value for name, value in vars(self).items() if name != "_automaton"}

    @property
    def size(self) -> int:
        """How many different forms are looked for."""
        return len(self._patterns)

    def find(self, text: str) -> list[Match]:
        """The terms of a text from left to right; of those that overlap, the longest, and the first of equally long."""
        if self._automaton is None:
            return []
        folded, places = fold(text)
        hits = self._automaton.find_matches_as_indexes(folded, overlapping=True)
        words = self._word_ends(folded) if hits else None
        candidates = [
            (start - end, start, end, index)
            for index, start, end in hits
            if self._is_word(folded, start, end) and (words is None or end in words)
        ]
        taken: list[tuple[int, int]] = []
        found: list[Match] = []
        for _, start, end, index in sorted(candidates):
            pattern = self._patterns[index]
            begin, stop = places[start], _without_signs(text, places[end])
            if any(start < other_end and other < end for other, other_end in taken):
                continue
            if pattern.exact and text[begin:stop] != pattern.exact:
                continue
            taken.append((start, end))
            if not self._is_part_of_name(text, begin, stop, pattern):
                found.append(Match(begin, stop, pattern.concept, pattern.is_avoided))
        found.sort(key=lambda match: match.start)
        return found

    def _word_ends(self, text: str) -> frozenset[int] | None:
        """Where Khmer words end, by ICU's dictionary; its beginnings are less certain. None for other languages.

        Of 165 terms in our Khmer texts all ended there but one, which was a syllable of another word.
        """
        if self._locale != "km":
            return None
        iterator = _khmer_words()
        iterator.setText(_BEYOND_UTF_16.sub("\ufffd", text))
        return frozenset(iterator)

    def _is_word(self, text: str, start: int, end: int) -> bool:
        before, after = text[start - 1 : start], text[end : end + 1]
        if self._locale in NO_SPACES and not text[start].isascii():
            # Never half a cluster. Letters of another script have their own words.
            return before != _COENG and not (after and unicodedata.category(after).startswith("M"))
        return not (_joins(before) or _joins(after))

    def _is_part_of_name(self, text: str, start: int, end: int, pattern: _Pattern) -> bool:
        """`Social Security` in `National Social Security Fund` names a body, not the concept."""
        words = text[start:end]
        if pattern.exact or pattern.is_avoided or pattern.is_name or not words[:1].isupper():
            return False
        rest = re.split(r"[ \u00a0\n-]", words)[1:]
        title_case = bool(rest) and all(word[:1].isupper() for word in rest if len(word) > 3)
        if _NEXT_CAPITAL.match(text[end : end + 20]):
            return True
        if _CAPITAL_BEFORE.search(text[max(0, start - 40) : start]) and not _SENTENCE_END.search(text[:start][-6:]):
            return True
        return title_case or not _SENTENCE_END.search(text[max(0, start - 12) : start])


_matchers: dict[tuple[str, bool], tuple[GlossaryPage | None, Matcher]] = {}


def matcher_of(glossary: Glossary, locale: str, with_avoided: bool = False) -> Matcher:
    """The matcher of a language; the last one again as long as the language's forms are the same."""
    page, key = glossary.pages.get(locale), (locale, with_avoided)
    last = _matchers.get(key)
    if last is None or last[0] is not page:
        matcher = Matcher(glossary, locale, with_avoided)
        last = page, last[1] if last is not None and last[1] == matcher else matcher
        _matchers[key] = last
    return last[1]


def _patterns_of(glossary: Glossary, locale: str, with_avoided: bool) -> list[_Pattern]:
    by_form: dict[tuple[str, str], _Pattern] = {}
    for pattern in _iter_patterns(glossary, locale, with_avoided):
        if pattern.folded:
            by_form.setdefault((pattern.folded, pattern.exact), pattern)
    return list(by_form.values())


def _without_signs(text: str, stop: int) -> int:
    """The end of a match without what no reader sees behind it, such as a place to break the line."""
    while text[stop - 1].isspace() or unicodedata.category(text[stop - 1]) == "Cf":
        stop -= 1
    return stop


@cache
def _khmer_words() -> icu.BreakIterator:
    return icu.BreakIterator.createWordInstance(icu.Locale("km"))


def _joins(character: str) -> bool:
    return bool(character) and (character.isalnum() or character in "_-" or unicodedata.combining(character) > 0)


def _iter_patterns(glossary: Glossary, locale: str, with_avoided: bool) -> Iterator[_Pattern]:
    page = glossary.pages.get(locale)
    for concept in page.concepts if page else ():
        for form in concept.abbreviations:
            yield _Pattern(fold_form(form.text), concept.id, exact=form.text)
        for term in (concept.term, *(one.text for one in concept.variants)):
            # A heading begins with a capital; other forms are written as in a sentence.
            is_name = term[term == concept.term :] != term[term == concept.term :].lower()
            for written in (term, plural_of(term)) if locale == SOURCE else (term,):
                yield _Pattern(fold_form(written), concept.id, is_name=is_name)
        if with_avoided:
            for form in concept.avoid:
                yield _Pattern(fold_form(form.text), concept.id, is_avoided=True)


def plural_of(term: str) -> str:
    """The regular plural of an English term: policies, boxes, schemes, rules of law."""
    if phrase := _HEAD_OF_PHRASE.fullmatch(term):
        return plural_of(phrase[1]) + phrase[2]
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
