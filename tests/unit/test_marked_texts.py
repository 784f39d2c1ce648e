"""The quick reader of marked content finds what a parser of every operator finds."""

from __future__ import annotations

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from journey.books.marked import FontMap, MarkedTexts, TextObjects, to_unicode
from journey.books.setting import Manuscript, set_book

PARAGRAPHS = [
    ("en", "Data (and (all) of it) \\ stays: affluent, 50% – efficient."),
    ("ur", "گاؤں کا ڈیٹا (اور Data 2024) صفحہ ۱۲ پر ہے۔"),
    ("km", "ទិន្នន័យ\u200bភូមិ (Data) នៅ\u200bទំព័រ ១២។"),
    ("zh", "村庄的数据（Data）在第12页。"),
]


@pytest.fixture(scope="module")
def pdf() -> bytes:
    lines = ['#import "/lib/lib.typ": *', '#set document(title: "x")']
    for code, text in PARAGRAPHS:
        shown = text.replace("\\", "\\\\")
        body = f'[#par[#"{shown}"; #strong([#"{shown}";]); #super([#"{shown}";]);] #pagebreak()]'
        lines.append(f'#speak("{code}", "a6", {body})')
    return set_book(Manuscript(lines * 2, ())).pdf


def read_by_operator(page: pikepdf.Page) -> dict[int, str]:
    """The text of every piece of marked content, by its number."""
    fonts = {name: to_unicode(font) for name, font in page.obj.Resources.get("/Font", Dictionary()).items()}
    texts: dict[int, str] = {}
    stack: list[tuple[int | None, bool]] = []  # number, whether ActualText stands for what is inside
    font: FontMap = {}
    for instruction in pikepdf.parse_content_stream(page, "BDC BMC EMC Tf Tj TJ"):
        operands, name = instruction.operands, str(instruction.operator)
        added = ""
        if name in ("BDC", "BMC"):
            properties = operands[1] if len(operands) > 1 else Dictionary()
            stack.append((int(properties.MCID) if "/MCID" in properties else None, "/ActualText" in properties))
            added = str(properties.get("/ActualText", ""))
        elif name == "EMC":
            stack.pop()
        elif name == "Tf":
            font = fonts[str(operands[0])]
        elif not any(replaced for _, replaced in stack):
            shown = operands[0] if isinstance(operands[0], Array) else [operands[0]]
            data = b"".join(bytes(one) for one in shown if isinstance(one, String))
            added = "".join(font.get(int.from_bytes(data[at : at + 2]), "") for at in range(0, len(data), 2))
        number = next((number for number, _ in reversed(stack) if number is not None), None)
        if number is not None and added:
            texts[number] = texts.get(number, "") + added
    return texts


def test_every_piece_has_the_text_that_a_parser_of_every_operator_finds(pdf: bytes) -> None:
    marked = MarkedTexts()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert len(document.pages) >= 2 * len(PARAGRAPHS)
        for page in document.pages:
            found = {number: text for number, text in marked.read(page).items() if text}
            assert found == read_by_operator(page)
            assert found or page.index == len(document.pages) - 1


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (rb" 0 Tr/f0 9 Tf[(\000\()-20(\000\))]TJ", "()"),
        (rb" 0 Tr/f0 9 Tf(\000(\000))Tj", "()"),
        (rb" 0 Tr/f0 9 Tf(" + rb"\000(" * 9 + rb"\000)" * 9 + rb")Tj", "(" * 9 + ")" * 9),
        (rb" 0 Tr/f0 9 Tf(\000\\\000\n)Tj", "\\n"),
        (rb" 0 Tr/f0 9 Tf<0028F000>Tj", "("),
        (
            rb"/Span<</ActualText<FEFF06A9>>>BDC/ReversedChars BMC 0 Tr/f0 9 Tf(\000\()Tj EMC EMC/f0 9 Tf(\000\))Tj",
            "ک)",
        ),
        (rb"/Span<</ActualText(fi \(\))/Lang(en)>>BDC 0 Tr/f0 9 Tf(\000\()Tj EMC", "fi ()"),
    ],
)
def test_strings_are_read_in_all_their_forms(code: bytes, text: str) -> None:
    font = {ord("("): "(", ord(")"): ")", ord("\\"): "\\", ord("\n"): "n"}
    assert TextObjects({str(Name.f0): font}).text(code) == text


def test_code_that_typst_does_not_write_is_an_error() -> None:
    with pytest.raises(ValueError, match="Typst does not write"):
        TextObjects({str(Name.f0): {}}).text(rb" 0 Tr/f0 9 Tf(\000((a))Tj")
