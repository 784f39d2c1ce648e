"""The order of a language's alphabet, and its letters, from ICU: Urdu, Khmer, Chinese by pinyin."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import icu


def sort_key(locale: str) -> Callable[[str], bytes]:
    """A function that gives the key to sort by: Unicode collation with the locale's rules."""
    collator = icu.Collator.createInstance(icu.Locale(_collation(locale)))
    return lambda text: bytes(collator.getSortKey(text))


def letters_of(locale: str, terms: Iterable[str]) -> dict[str, str]:
    """The letter of the language's own alphabet under which each term stands; `#` for what has none."""
    index = icu.AlphabeticIndex(icu.Locale(_collation(locale)))
    index.addLabels(icu.Locale("en"))
    frozen = index.buildImmutableIndex()
    found = {}
    for term in terms:
        label = str(frozen.getBucket(frozen.getBucketIndex(term))[0])
        found[term] = label if label != "…" else "#"
    return found


def _collation(locale: str) -> str:
    return "zh@collation=pinyin" if locale == "zh" else locale
