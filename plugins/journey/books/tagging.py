"""Tags of right-to-left text: the words in logical order as ActualText.

Typst writes the letters of Urdu in visual order, a piece for each height of a letter, so what a screen reader would
get from the tags is unreadable. Here every run of such text in the structure tree is matched with the text that was
set, and gets it. Matching is by the set of letters in the order of the document, since the pieces have letters twice
and reversed. https://www.w3.org/TR/WCAG20-TECHS/PDF.html, ISO 32000-1 14.9.4 (ActualText)
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from .pdftext import FontMaps, marked_texts

RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_DROPPED = re.compile("[·\\s\u00a0\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_DIGITS = re.compile("[\u06f0-\u06f9]")
_PAGE_LINE = re.compile("[\u06f0-\u06f9.۔·\\s]")

Leaf = tuple[tuple[int, int] | None, int]


def key_of(text: str) -> frozenset[str]:
    """By what two forms of the same run are recognised."""
    return frozenset(_DROPPED.sub("", text))


class LogicalText:
    """Puts the texts of a book on the runs of its PDF."""

    def __init__(self, pdf: pikepdf.Pdf, runs: Sequence[str], page_word: str) -> None:
        """`runs` are all texts that were set, in the order of the document; `page_word` stands before page numbers."""
        self._page_word = page_word
        self._pdf = pdf
        fonts: FontMaps = {}
        self._texts = {page.obj.objgen: marked_texts(page, fonts) for page in pdf.pages}
        self._parents = {page.obj.objgen: int(page.obj.StructParents) for page in pdf.pages if "/StructParents" in page}
        self._tree: dict[int, Any] = {}
        self._read_parent_tree(pdf.Root.StructTreeRoot.ParentTree)
        self._runs = runs
        self._keys = [key_of(run) for run in runs]
        self._by_key: dict[frozenset[str], list[int]] = {}
        for index, key in enumerate(self._keys):
            self._by_key.setdefault(key, []).append(index)
        self._position = 0
        self.unmatched: list[str] = []
        """Beginnings of the runs that no text was found for."""

    def apply(self) -> None:
        """Go through the whole tree."""
        kids = self._pdf.Root.StructTreeRoot.K
        for kid in kids if isinstance(kids, Array) else [kids]:
            self._visit(kid, None)

    def _read_parent_tree(self, node: Any) -> None:
        numbers = node.get("/Nums")
        if numbers is not None:
            for index in range(0, len(numbers), 2):
                self._tree[int(numbers[index])] = numbers[index + 1]
        for kid in node.get("/Kids", []):
            self._read_parent_tree(kid)

    def _visit(self, element: Any, page: tuple[int, int] | None) -> None:
        page = element.Pg.objgen if "/Pg" in element else page
        kids = element.get("/K")
        if kids is None:
            return
        items = list(kids) if isinstance(kids, Array) else [kids]
        parts: list[Any] = []  # a list for neighbouring leaves, an element for itself
        for item in items:
            if self._leaf(item, page) is None:
                parts.append(item)
            elif parts and isinstance(parts[-1], list):
                parts[-1].append(item)
            else:
                parts.append([item])
        for index, part in enumerate(parts):
            if isinstance(part, list):
                parts[index] = self._name(element, part, page, alone=len(parts) == 1)
        if len(parts) > 1:
            element.K = Array([one for part in parts for one in (part if isinstance(part, list) else [part])])
        for item in items:
            if isinstance(item, Dictionary) and "/S" in item:
                self._visit(item, page)

    def _name(self, element: Any, leaves: list[Any], page: tuple[int, int] | None, alone: bool) -> Any:
        """Give a run its text: on its element, or on a Span around it where the element holds more."""
        places = [self._leaf(leaf, page) for leaf in leaves]
        found = "".join(self._texts.get(where, {}).get(number, "") for where, number in filter(None, places) if where)
        if not RTL.search(found):
            return leaves
        text = self._find(found)
        if text is None:
            self.unmatched.append(found[:40])
            return leaves
        if alone:
            element.ActualText = String(text)
            return leaves
        span = self._pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Span, P=element, K=Array(leaves), ActualText=String(text))
        )
        if "/Pg" in element:
            span.Pg = element.Pg
        for place in places:
            if place and place[0]:
                self._tree[self._parents[place[0]]][place[1]] = span
        return [span]

    @staticmethod
    def _leaf(item: Any, page: tuple[int, int] | None) -> Leaf | None:
        if isinstance(item, int):
            return (page, item)
        if isinstance(item, Dictionary) and item.get("/Type") == Name.MCR:
            return (item.Pg.objgen if "/Pg" in item else page, int(item.MCID))
        return None

    def _find(self, found: str) -> str | None:
        key = key_of(found)
        return (
            self._take(key)
            or self._take_several(key)
            or self._page_number(found)
            or self._after_reference(found)
            or self._take_part(key)
        )

    def _page_number(self, found: str) -> str | None:
        """A number of a page that the typesetter put in: in the contents behind a heading, else behind the word for page."""
        number = "".join(_DIGITS.findall(found))
        bare = _DROPPED.sub("", _PAGE_LINE.sub("", found))
        if not bare or not number:
            return number or None
        if key_of(bare) <= key_of(self._page_word):
            return f"{self._page_word} {number}"
        for run in self._runs:
            if key_of(_PAGE_LINE.sub("", run)) == key_of(bare):
                return f"{run} {number}"
        return None

    def _after_reference(self, found: str) -> str | None:
        """A text with the page of the link before it: `(p. 6) and`. Only such numbers have the locale's digits."""
        number = "".join(_DIGITS.findall(found))
        key = key_of(found)
        added = key_of(f"({self._page_word}{number})")
        if not number or not added <= key:
            return None
        near = range(max(self._position - 3, 0), len(self._runs))
        for index in [*near, *range(near.start)]:
            own = self._keys[index]
            if key - added <= own <= key:
                self._position = index + 1
                return f"({self._page_word} {number}) {self._runs[index].strip()}"
        return None

    def _take_part(self, key: frozenset[str]) -> str | None:
        """Some words of a text whose rest stands in another tag, as a number in a link does."""
        near = range(max(self._position - 8, 0), len(self._runs))
        for index in [*near, *range(near.start)]:
            if not key <= self._keys[index]:
                continue
            words = self._runs[index].split()
            for start in range(len(words)):
                for end in range(start + 1, len(words) + 1):
                    if key_of("".join(words[start:end])) == key:
                        return " ".join(words[start:end])
        return None

    def _take(self, key: frozenset[str]) -> str | None:
        """The next text with these letters, from where the last one stood; else the first anywhere."""
        indices = self._by_key.get(key)
        if not indices:
            return None
        after = [index for index in indices if index >= self._position]
        index = after[0] if after else indices[0]
        self._position = index + 1 if after else self._position
        return self._runs[index]

    def _take_several(self, key: frozenset[str]) -> str | None:
        """Neighbouring texts that were set as one run: around a line to write on, around a name in another language."""
        near = range(max(self._position - 3, 0), len(self._runs))
        for start in [*near, *range(near.start)]:
            letters: frozenset[str] = frozenset()
            for end in range(start, min(start + 16, len(self._runs))):
                letters |= self._keys[end]
                if not letters <= key:
                    break
                if letters == key and end > start:
                    self._position = end + 1
                    return " ".join(run.strip() for run in self._runs[start : end + 1])
        return None


def mark_row_heads(pdf: pikepdf.Pdf) -> int:
    """Make the first cell of every row of a table's body its head, for reading aloud. Returns their number.

    Only in tables whose first column is filled throughout: an empty one names nothing. Cells are read as filled if
    they hold any content.
    """
    count = 0
    for body in _elements(pdf.Root.StructTreeRoot.K, Name.TBody):
        rows = [row for row in _list(body.get("/K")) if isinstance(row, Dictionary)]
        firsts = [_list(row.get("/K"))[0] for row in rows if _list(row.get("/K"))]
        if not firsts or any("/K" not in cell or not len(_list(cell.K)) for cell in firsts):
            continue
        for cell in firsts:
            if cell.S == Name.TD:
                cell.S = Name.TH
                scope = Dictionary(O=Name.Table, Scope=Name.Row)
                cell.A = Array([*_list(cell.A), scope]) if "/A" in cell else scope
                count += 1
    return count


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, Array) else [value]


def _elements(node: Any, kind: Name) -> list[Any]:
    found = []
    for one in _list(node):
        if isinstance(one, Dictionary) and "/S" in one:
            found += [one] if kind == one.S else []
            found += _elements(one.get("/K"), kind)
    return found
