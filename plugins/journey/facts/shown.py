"""Whether the number that a reader sees is the number of the fact, however it is written and rounded."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from .model import Fact

_NUMBER = re.compile(r"[-−]?\d(?:[\d.,٫٬’' \u00a0\u202f\u2009]*\d)?")
_SEPARATORS = ".,٫٬’' \u00a0\u202f\u2009"
_SCALES = {
    "thousand": 3, "million": 6, "billion": 9, "trillion": 12,
    "lakh": 5, "crore": 7, "mille": 3, "millions": 6, "milliard": 9, "milliards": 9,
    "mil": 3, "millón": 6, "millones": 6, "mil millones": 9, "billones": 12,
    "ہزار": 3, "لاکھ": 5, "ملین": 6, "دس لاکھ": 6, "کروڑ": 7, "ارب": 9, "کھرب": 11,
    "ពាន់": 3, "ម៉ឺន": 4, "សែន": 5, "លាន": 6, "ពាន់លាន": 9, "ប៊ីលាន": 9,
    "万": 4, "百万": 6, "亿": 8, "十亿": 9, "万亿": 12,
}  # fmt: skip
"""Words that multiply the number before them, as powers of ten, in the six languages."""

_SCALE = re.compile(r"\s*(" + "|".join(sorted(map(re.escape, _SCALES), key=len, reverse=True)) + r")", re.I)


def shows(fact: Fact, text: str) -> bool:
    """Whether `text`, the words of a link, shows the value of the fact.

    A number may be rounded (47 for 46.9), grouped by any sign, written in any of the four sets of digits and
    multiplied by a word (4.1 billion for 4100000000). Text without a number only points to the fact, which is
    right whatever it says. A fact whose value is text must be quoted with the same digits.
    """
    if isinstance(fact.value, str):
        wanted = _digits(fact.value)
        return not wanted or not _digits(text) or wanted == _digits(text)
    numbers = list(_iter_numbers(text))
    return not numbers or any(_is_rounded(fact.value, number, step) for number, step in numbers)


def _is_rounded(value: Decimal, number: Decimal, step: Decimal) -> bool:
    return abs(value - number) * 2 <= step and (number != 0 or value == 0)


def _iter_numbers(text: str) -> Iterator[tuple[Decimal, Decimal]]:
    """Every way to read the numbers of a text, each with the step that it is rounded to."""
    for match in _NUMBER.finditer(text):
        after = _SCALE.match(text, match.end())
        for number, step in _readings(match[0]):
            yield number, step
            if after:
                factor = Decimal(10) ** _SCALES[after[1].lower()]
                yield number * factor, step * factor


def _readings(token: str) -> Iterator[tuple[Decimal, Decimal]]:
    """`1,250` is 1250 to some and 1.25 to others: the value decides, so both are tried."""
    plain = "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in token.replace("−", "-"))
    whole = plain
    for separator in _SEPARATORS:
        whole = whole.replace(separator, "")
    yield _with_step(whole)
    last = max((plain.rfind(s) for s in ".,٫"), default=-1)
    if last > 0:
        head = plain[:last]
        for separator in _SEPARATORS:
            head = head.replace(separator, "")
        try:
            yield _with_step(f"{head}.{plain[last + 1 :]}")
        except InvalidOperation:
            return


def _with_step(number: str) -> tuple[Decimal, Decimal]:
    """A number and the step it is written to: 46.9 has steps of 0.1, 47 of 1, 240 of 10, 1200 of 100.

    Zeros at the end count as rounded as long as two digits remain: 1000 may stand for 987, not for 600.
    """
    value = Decimal(number)
    exponent = -len(number.partition(".")[2])
    if exponent == 0 and len(number.lstrip("-")) > 2 and (match := re.search(r"[1-9](0+)$", number)):
        exponent = min(len(match[1]), len(number.lstrip("-")) - 2)
    return value, Decimal(10) ** exponent


def _digits(text: str) -> list[str]:
    normal = "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in text)
    return re.findall(r"\d+", normal)
