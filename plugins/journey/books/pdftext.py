"""The text of a PDF as its tags give it: what a screen reader would read, in its order.

Format: ISO 32000-1, 14.7 (structure). Lengths do not matter here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from .marked import MarkedTexts

BLOCKS = frozenset(
    {"/P", "/H1", "/H2", "/H3", "/H4", "/LI", "/TD", "/TH", "/Caption", "/Note", "/TOCI", "/Lbl", "/Title"}
)


def read_aloud(pdf: pikepdf.Pdf) -> str:
    """The text of a tagged PDF in the order of its structure, one block a line; ActualText stands for what it replaces."""
    marked = MarkedTexts()
    texts = {page.obj.objgen: marked.read(page) for page in pdf.pages}
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
