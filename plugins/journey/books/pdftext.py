"""The text of a PDF as its tags give it: what a screen reader would read, in its order.

Formats: ISO 32000-1, 9.10 (text), 14.6 (marked content), 14.7 (structure). Lengths do not matter here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

Place = tuple[tuple[int, int], int]
"""Where a piece of marked content stands: object and generation of its page, and its number there (MCID)."""

FontMaps = dict[tuple[int, int], dict[int, str]]
"""What the codes of each font stand for, by object and generation of the font."""

BLOCKS = frozenset(
    {"/P", "/H1", "/H2", "/H3", "/H4", "/LI", "/TD", "/TH", "/Caption", "/Note", "/TOCI", "/Lbl", "/Title"}
)


def to_unicode(font: Any) -> dict[int, str]:
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


def marked_texts(page: pikepdf.Page, known: FontMaps | None = None) -> dict[int, str]:
    """The text of every piece of marked content on a page, by its number; `known` keeps fonts from page to page."""
    known = {} if known is None else known
    resources = page.get("/Resources", Dictionary())
    fonts: dict[str, dict[int, str]] = {}
    for name, entry in (resources.get("/Font") or Dictionary()).items():
        if entry.objgen not in known:
            known[entry.objgen] = to_unicode(entry)
        fonts[name] = known[entry.objgen]
    texts: dict[int, str] = {}
    stack: list[tuple[int | None, bool]] = []  # number, whether ActualText stands for what is inside
    font: dict[int, str] = {}
    for instruction in pikepdf.parse_content_stream(page, "BDC BMC EMC Tf Tj TJ"):
        operands, name = instruction.operands, str(instruction.operator)
        if name in ("BDC", "BMC"):
            properties = operands[1] if len(operands) > 1 and isinstance(operands[1], Dictionary) else Dictionary()
            number = int(properties.MCID) if "/MCID" in properties else None
            actual = properties.get("/ActualText")
            stack.append((number, actual is not None))
            if actual is not None and (inner := _number(stack)) is not None:
                texts[inner] = texts.get(inner, "") + str(actual)
        elif name == "EMC":
            stack.pop()
        elif name == "Tf":
            font = fonts.get(str(operands[0]), {})
        elif name in ("Tj", "TJ") and not any(replaced for _, replaced in stack):
            number = _number(stack)
            if number is not None:
                texts[number] = texts.get(number, "") + _shown(operands[0], font)
    return texts


def _number(stack: list[tuple[int | None, bool]]) -> int | None:
    return next((number for number, _ in reversed(stack) if number is not None), None)


def _shown(operand: Any, font: dict[int, str]) -> str:
    strings = [one for one in operand if isinstance(one, String)] if isinstance(operand, Array) else [operand]
    data = b"".join(bytes(one) for one in strings)
    return "".join(font.get(data[i] << 8 | data[i + 1], "") for i in range(0, len(data) - 1, 2))


def read_aloud(pdf: pikepdf.Pdf) -> str:
    """The text of a tagged PDF in the order of its structure, one block a line; ActualText stands for what it replaces."""
    fonts: FontMaps = {}
    texts = {page.obj.objgen: marked_texts(page, fonts) for page in pdf.pages}
    out: list[str] = []

    def visit(node: Any, page: tuple[int, int] | None) -> None:
        if isinstance(node, int):
            out.append(texts.get(page, {}).get(node, "") if page else "")
        elif isinstance(node, Array):
            for child in node:
                visit(child, page)
        elif node.get("/Type") == Name.MCR:
            visit(int(node.MCID), node.Pg.objgen if "/Pg" in node else page)
        elif "/S" in node:
            page = node.Pg.objgen if "/Pg" in node else page
            if str(node.S) in BLOCKS:
                out.append("\n")
            if "/ActualText" in node:
                out.append(str(node.ActualText))
            elif "/K" in node:
                visit(_kids(node), page)

    visit(_kids(pdf.Root.StructTreeRoot), None)
    return "".join(out)


def _kids(node: Any) -> Any:
    kids = node.K
    return kids if isinstance(kids, (int, Array, Dictionary)) else int(kids)


def elements(pdf: pikepdf.Pdf, kind: str) -> Iterator[Any]:
    """Every structure element of a kind, `/Table`, in order."""

    def visit(node: Any) -> Iterator[Any]:
        if isinstance(node, Array):
            for child in node:
                yield from visit(child)
        elif isinstance(node, Dictionary) and "/S" in node:
            if str(node.S) == kind:
                yield node
            if "/K" in node:
                yield from visit(node.K)

    yield from visit(pdf.Root.StructTreeRoot.K)
