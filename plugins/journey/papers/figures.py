"""Figures in a paper that stand without a source or without a year.

Only amounts are looked at: shares, millions, and numbers with a comma for the thousands. A fact link brings both. What
sums up the text above (key messages, questions) and what is said to be invented or constructed is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_AMOUNT = re.compile(
    r"(?<!Law )(?<!Act )(?<!Decree )(?<!No\. )(?<![\d,])(?:\d[\d,]*(?:\.\d+)?\s?%|\d+(?:\.\d+)?\s(?:million|billion|trillion)|\b\d{1,3}(?:,\d{3})+\b)"
)
_FACT = re.compile(r"\[[^\]]*\]\(fact:[^)]*\)")
_LINK = re.compile(r"(\[[^\]]*\])\([^)]*\)")
_SOURCE = re.compile(r"\[@|\[\^|\]\(fact:")
_CITED = re.compile(r"\[@[^\]]*\]")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_HEADING = re.compile(r"#{2,6}\s")
_OPEN = re.compile(r"///\s*([a-z-]+)")
_SUMMARIES = ("quiz", "question", "chart", "key-messages", "tool", "references")
_ITEM = re.compile(r"\s*(?:[-*]|\d+\.)\s")


@dataclass(frozen=True)
class LooseFigure:
    """An amount, its line, and what it lacks: `source` or `year`."""

    line: int
    amount: str
    lacks: str


def find_loose_figures(text: str) -> list[LooseFigure]:
    """The amounts without source or year in the Markdown of a paper; blank lines stand for its front matter.

    >>> find_loose_figures("In 2019, 3.6% of children had a benefit.")
    [LooseFigure(line=1, amount='3.6%', lacks='source')]
    >>> find_loose_figures("Of all children 3.6% had a benefit [@office-2021].")
    [LooseFigure(line=1, amount='3.6%', lacks='year')]
    """
    found = []
    for section in _sections(text.split("\n")):
        if any("invented" in line or "constructed" in line for _, line in section):
            continue
        for passage, around in _passages(section):
            for number, line in passage:
                plain = _LINK.sub(r"\1", _FACT.sub("", line))
                for amount in _AMOUNT.findall(plain)[:1]:
                    whole = " ".join(one for _, one in (*around, *passage))
                    year = _YEAR.search(_CITED.sub("", whole))  # the year of a work is not that of its figures
                    lacks = "source" if not _SOURCE.search(whole) else "" if year else "year"
                    if lacks:
                        found.append(LooseFigure(number, amount, lacks))
    return found


_Lines = list[tuple[int, str]]


def _sections(lines: list[str]) -> Iterator[_Lines]:
    """What stands under each heading, with the heading; code, notes and summaries are taken out."""
    section: _Lines = []
    skipped, depth, code = 0, 0, False
    for number, line in enumerate(lines, start=1):
        if line.startswith("```"):
            code = not code
        opened = _OPEN.match(line)
        if opened and not code:
            depth += 1
            skipped = skipped or (depth if opened[1] in _SUMMARIES else 0)
        elif line.strip() == "///" and not code:
            skipped = 0 if skipped == depth else skipped
            depth -= 1
        elif code or skipped or line.startswith(("[^", "    ", "```")):
            continue
        elif _HEADING.match(line):
            yield section
            section = [(number, line)]
        else:
            section.append((number, line))
    yield section


def _passages(section: _Lines) -> Iterator[tuple[_Lines, _Lines]]:
    """Paragraphs, rows and items, each with what it is read with: the heading; the sentence before and the head row."""
    heading = section[:1] if section and _HEADING.match(section[0][1]) else []
    before: _Lines = []
    block: _Lines = []
    for entry in [*section[len(heading) :], (0, "")]:
        if entry[1].strip():
            block.append(entry)
        elif block:
            first = block[0][1]
            if first.startswith("|"):
                yield from (([row], [*heading, *before, block[0]]) for row in block[2:])
            elif _ITEM.match(first):
                yield from (([item], [*heading, *before]) for item in block)
            else:
                yield block, heading
                before = block
            block = []
