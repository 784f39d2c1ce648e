"""Numbers as people write them: in four sets of digits, with either decimal sign, as a value with a margin or a range."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

_RANGE = re.compile(r"^(?P<low>[^…]+?)\s*(?:…|\.{2,3})\s*(?P<high>.+)$")
_MARGIN = re.compile(r"^(?P<value>.+?)\s*(?:±|\+-|\+/-)\s*(?P<margin>.+?)\s*(?P<percent>%)?$")


@dataclass(frozen=True)
class Span:
    """Accepted numbers, both ends included; `value` is what the author typed first."""

    low: Decimal
    high: Decimal
    value: Decimal

    def __contains__(self, number: object) -> bool:
        return isinstance(number, Decimal) and self.low <= number <= self.high


def parse_number(text: str) -> Decimal | None:
    """A number in Latin, Arabic-Indic, extended Arabic-Indic or Khmer digits; None if it is none.

    `46.9`, `46,9`, `٤٦٫٩`, `៤៦,៩` are the same. A sign for thousands is not read: it would be ambiguous.
    """
    out = ""
    for character in text.strip():
        digit = unicodedata.digit(character, None)
        if digit is not None:
            out += str(digit)
        elif character in ".,٫":
            out += "."
        elif character in "-−":
            out += "-"
        else:
            return None
    try:
        number = Decimal(out)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def parse_span(text: str) -> Span | None:
    """`46.9`, `46.9 ± 0.5`, `46.9 +- 2 %`, `40 … 50`, `40 .. 50`; None if it is none of them."""
    if match := _RANGE.match(text.strip()):
        low, high = parse_number(match["low"]), parse_number(match["high"])
        if low is None or high is None or low > high:
            return None
        return Span(low, high, (low + high) / 2)
    margin = Decimal(0)
    if match := _MARGIN.match(text.strip()):
        given = parse_number(match["margin"])
        if given is None or given < 0:
            return None
        margin, text = given, match["value"]
    value = parse_number(text)
    if value is None:
        return None
    if match and match["percent"]:
        margin = abs(value) * margin / 100
    return Span(value - margin, value + margin, value)
