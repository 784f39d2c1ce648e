"""What a page weighs on the wire, against what readers with a slow connection can bear.

Bytes are those of gzip at its best, for what is not packed already; brotli, which most browsers take, is a fifth less.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath

from ..wire import size_on_wire
from .pages import BuiltPage, fonts_of

KIB = 1024
FIRST = {"ur": 145 * KIB, "km": 78 * KIB}
"""Bytes of a first view; the fonts of Urdu and Khmer are in it."""
FIRST_ELSE = 48 * KIB
FURTHER = 14 * KIB
"""Bytes of a page's own text once style, scripts and fonts are there."""
QUIZ = 14 * KIB
"""Bytes more for a page with a quiz."""
REQUESTS = 8
QUIZ_REQUESTS = 2
"""Requests more for a page with a quiz: its script and that of tools."""
EXCEPTED = "glossary/index.html"
"""The one page that may be as heavy as its words."""
SHOWN = 5


@dataclass(frozen=True)
class Weight:
    """Bytes of a page on the wire: `parts` by file, the page itself first."""

    page: BuiltPage
    parts: tuple[tuple[str, int], ...]

    @property
    def first(self) -> int:
        return sum(size for _, size in self.parts)

    @property
    def own(self) -> int:
        return self.parts[0][1]

    @property
    def more(self) -> int:
        return QUIZ if self.page.has_quiz else 0

    @property
    def is_first_too_heavy(self) -> bool:
        requests = REQUESTS + (QUIZ_REQUESTS if self.page.has_quiz else 0)
        return self.first > FIRST.get(self.page.language, FIRST_ELSE) + self.more or len(self.parts) > requests

    @property
    def is_further_too_heavy(self) -> bool:
        return self.own > FURTHER + self.more


def weigh(site: Path, pages: Iterable[BuiltPage]) -> list[Weight]:
    """The weights of all pages, in their order."""

    @cache
    def size(file: str) -> int:
        path = site / file
        if not path.is_file():
            return 0
        return size_on_wire(PurePosixPath(file), path.read_bytes())

    weights = []
    for page in pages:
        files = (page.file, *page.asks, *fonts_of(site, page))
        weights.append(Weight(page, tuple((file, size(file)) for file in dict.fromkeys(files))))
    return weights


def describe(weights: Iterable[Weight]) -> list[str]:
    """What an editor should know: the heaviest page of each language, and the pages over a limit with the culprit."""
    pages = [one for one in weights if one.page.file.endswith("index.html")]  # not the page of errors, not leaflets
    judged = [one for one in pages if not one.page.file.endswith(EXCEPTED)]
    heaviest: dict[str, Weight] = {}
    for one in judged:
        if one.page.language not in heaviest or one.first > heaviest[one.page.language].first:
            heaviest[one.page.language] = one
    shown = ", ".join(f"{language} {_kib(one.first)}" for language, one in sorted(heaviest.items()))
    lines = [f"Weight (gzip), heaviest first view by language: {shown}."] if heaviest else []
    first = [one for one in judged if one.is_first_too_heavy]
    further = [one for one in judged if one.is_further_too_heavy and not one.is_first_too_heavy]
    lines += _listed("first view over its limit", first, _first_view)
    lines += _listed(f"own text over {_kib(FURTHER)}", further, lambda one: _kib(one.own))
    return lines


def _listed(problem: str, heavy: list[Weight], size: Callable[[Weight], str]) -> list[str]:
    heavy = sorted(heavy, key=lambda one: (-one.own, one.page.file))
    lines = [f"  {problem}: {one.page.file}, {size(one)}" for one in heavy[:SHOWN]]
    return [*lines, f"  {problem}: {len(heavy) - SHOWN} more pages"] if len(heavy) > SHOWN else lines


def _first_view(one: Weight) -> str:
    file, size = max(one.parts, key=lambda part: part[1])
    return f"{_kib(one.first)}, {len(one.parts)} requests; most of it is {'its own text' if file == one.page.file else file}, {_kib(size)}"


def _kib(size: int) -> str:
    return f"{size / KIB:.1f} KiB"
