"""After Typst: readable tags for right-to-left text, heads of rows, page labels; and a look at what came out.

Typst declares PDF/UA-1 without minding any of this. What we ask of every file here is asked of no other tool:
fonts are ours, the language is the book's, every right-to-left run has its text.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from ..locales import LOCALES
from ..wording import say
from .setting import SettingError
from .tagging import RTL, LogicalText, mark_row_heads

OUR_FONTS = ("NotoSerif", "NotoSans", "NotoNastaliqUrdu", "Hanuman", "NotoSansSC", "NotoSansMono")
DIGITS = {"ur": "۰۱۲۳۴۵۶۷۸۹", "km": "០១២៣៤៥៦៧៨៩"}


class FinishError(SettingError):
    """The PDF is not what it must be; the text says what."""


def finish(pdf: bytes, locale: str, texts: Sequence[str]) -> bytes:
    """The finished PDF, the same bytes for the same input; `texts` are all that were set. Raises FinishError."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        if any(RTL.search(text) for text in texts):
            try:
                logical = LogicalText(document, texts, say(locale, "book.page"))
            except ValueError as error:
                raise FinishError(str(error)) from None
            logical.apply()
            if logical.unmatched:
                raise FinishError(f"{len(logical.unmatched)} runs have no text, the first is {logical.unmatched[0]!r}")
        mark_row_heads(document)
        label_pages(document, locale)
        inspect(document, locale)
        out = io.BytesIO()
        document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
        return out.getvalue()


def label_pages(document: pikepdf.Pdf, locale: str) -> None:
    """The numbers that a reading program shows are those on the paper: the locale's digits, counted from the cover."""
    digits = DIGITS.get(locale, "0123456789")
    entries: list[object] = []
    for index in range(len(document.pages)):
        shown = "".join(digits[int(digit)] for digit in str(index + 1))
        entries += [index, Dictionary(P=String(shown))]
    document.Root.PageLabels = Dictionary(Nums=Array(entries))


def inspect(document: pikepdf.Pdf, locale: str) -> None:
    """Raise FinishError unless fonts, language and binding are what the book asks for."""
    language = str(document.Root.get("/Lang", "")).split("-")[0]
    if language != locale:
        raise FinishError(f"the document says it is in {language or 'no language'}, not in {locale}")
    foreign = [name for name in fonts_of(document) if not name.startswith(OUR_FONTS)]
    if foreign:
        raise FinishError(f"a font that is not ours was embedded: {foreign[0]}")
    preferences = document.Root.get("/ViewerPreferences", Dictionary())
    if (preferences.get("/Direction") == Name.R2L) != (LOCALES[locale].direction == "rtl"):
        raise FinishError("the binding is on the wrong side")


def fonts_of(document: pikepdf.Pdf) -> Sequence[str]:
    """Names of the embedded fonts without their subset tags, sorted."""
    names = set()
    for page in document.pages:
        for font in (page.get("/Resources", Dictionary()).get("/Font") or Dictionary()).values():
            names.add(str(font.BaseFont).lstrip("/").partition("+")[2] or str(font.BaseFont).lstrip("/"))
    return sorted(names)
