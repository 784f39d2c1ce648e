"""The text of the marked content on a page, read from what the page shows.

Formats: ISO 32000-1, 7.3.4 (strings), 9.4 (text objects), 9.10 (codes and their text), 14.6 (marked content). Read are
pages as Typst writes them: strings have no line ends, text objects begin and end lines and name their fonts, codes
have two bytes, and content with a number holds none with another. Looking at every operator takes ten times as long.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pikepdf
from pikepdf import Dictionary

FontMap = Mapping[int, str]
"""What the codes of a font stand for."""

_LITERAL = rb"(?: [^()\\]++ | \\. )*+"
for _ in range(12):  # codes 40 and 41, letters like any other, are written as brackets in brackets where they balance
    _LITERAL = rb"(?: [^()\\]++ | \\. | \( %b \) )*+" % _LITERAL

# What in a text object shows text, marks it or sets its font, and what must not be there.
_TOKEN = re.compile(
    rb"""
    (?: [^(</EB]++ | /(?![^\s/]+[ ][\d.]+[ ]Tf) | E(?!MC) | B(?!MC) )*+
    (?: \( (?P<literal> %(literal)b ) \)
      | < (?P<hex> [0-9A-F]*+ ) >
      | / (?P<font> [^\s/]++ ) [ ] [\d.]++ [ ]Tf
      | << (?P<properties> (?: [^<>()]++ | < [0-9A-F]*+ > | \( %(literal)b \) )*+ ) >>BDC
      | (?P<begin> BMC )
      | (?P<end> EMC )
      | (?P<unknown> [(<] )
    )"""
    % {b"literal": _LITERAL},
    re.X,
)
_ACTUAL = re.compile(rb"/ActualText (?: <FEFF (?P<hex> [0-9A-F]*+ ) > | \( (?P<literal> %b ) \) )" % _LITERAL, re.X)
_ESCAPE = re.compile(rb"\\([0-7]{3}|.)")
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_NUMBER = re.compile(rb"/MCID (\d+)")


class MarkedTexts:
    """Reads pages of one document; knows the fonts and the text objects that it has met."""

    def __init__(self) -> None:
        self._maps: dict[tuple[int, int], FontMap] = {}
        self._objects: dict[tuple[str, ...], TextObjects] = {}

    def fonts_of(self, page: pikepdf.Page) -> dict[str, FontMap]:
        """What the codes of a page's fonts stand for, by the names that the page has for them."""
        fonts = page.get("/Resources", Dictionary()).get("/Font") or Dictionary()
        for font in fonts.values():
            if font.objgen not in self._maps:
                self._maps[font.objgen] = to_unicode(font)
        return {name: self._maps[font.objgen] for name, font in fonts.items()}

    def read(self, page: pikepdf.Page) -> dict[int, str]:
        """The text of every piece of marked content on a page, by its number. Raises ValueError for foreign code."""
        fonts = self.fonts_of(page)
        names = tuple(f"{name} {id(font)}" for name, font in fonts.items())
        objects = self._objects.setdefault(names, TextObjects(fonts))
        texts: dict[int, str] = {}
        number: int | None = None
        for piece in page.Contents.read_bytes().split(b"\nET\n"):
            around, _, code = piece.partition(b"\nBT")
            _, ended, begun = around.rpartition(b"EMC")
            if (mark := _NUMBER.search(begun)) or ended:
                number = int(mark[1]) if mark else None
            if number is not None and code:
                texts[number] = texts.get(number, "") + objects.text(code)
        return texts


class TextObjects:
    """Reads text objects in the fonts of a page, each once: most of Urdu is single letters, and they come again."""

    def __init__(self, fonts: Mapping[str, FontMap]) -> None:
        self._fonts = {name[1:].encode(): font for name, font in fonts.items()}
        self._known: dict[bytes, str] = {}

    def text(self, code: bytes) -> str:
        """What a text object shows; ActualText stands for what it replaces. Raises ValueError for foreign code."""
        if code not in self._known:
            self._known[code] = "".join(self._pieces(code))
        return self._known[code]

    def _pieces(self, code: bytes) -> Iterator[str]:
        font: FontMap = {}
        replaced: list[bool] = []  # for all marked content that is open, whether ActualText stands for it
        for token in _TOKEN.finditer(code):
            kind = token.lastgroup
            if kind == "font":
                font = self._fonts[token["font"]]
            elif kind == "properties":
                actual = _ACTUAL.search(token["properties"])
                replaced.append(actual is not None)
                if actual:
                    yield _bytes(actual).decode("ascii" if actual["hex"] is None else "utf-16-be")
            elif kind == "begin":
                replaced.append(False)
            elif kind == "end":
                replaced.pop()
            elif kind == "unknown":
                raise ValueError(f"a text object that Typst does not write: {code[:60]!r}")
            elif not any(replaced):
                data = _bytes(token)
                yield "".join(font.get(high << 8 | low, "") for high, low in zip(data[::2], data[1::2], strict=True))


def to_unicode(font: Any) -> FontMap:
    """What each code of a font stands for, from its ToUnicode map."""
    stream = font.get("/ToUnicode")
    if stream is None:
        return {}
    text = stream.read_bytes().decode("latin1")
    out: dict[int, str] = {}

    def letters(digits: str) -> str:
        return bytes.fromhex(digits).decode("utf-16-be")

    for block in re.findall(r"beginbfchar(.*?)endbfchar", text, re.S):
        for code, value in re.findall(r"<(\w+)>\s*<(\w+)>", block):
            out[int(code, 16)] = letters(value)
    for block in re.findall(r"beginbfrange(.*?)endbfrange", text, re.S):
        for low, high, value in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            first = letters(value)
            for code in range(int(low, 16), int(high, 16) + 1):
                out[code] = first[:-1] + chr(ord(first[-1]) + code - int(low, 16))
    return out


def _bytes(string: re.Match[bytes]) -> bytes:
    """The bytes of a string."""
    if string["hex"] is not None:
        return bytes.fromhex(string["hex"].decode())
    return _ESCAPE.sub(_unescaped, string["literal"])


def _unescaped(escape: re.Match[bytes]) -> bytes:
    sign = escape[1]
    return bytes([int(sign, 8)]) if len(sign) == 3 else _ESCAPED.get(sign, sign)
