"""Tags of right-to-left text: the words in logical order as ActualText.

Typst writes the letters of Urdu in visual order, a piece for each height of a letter, so what a screen reader would
get from the tags is unreadable. Here every run of such text in the structure tree is matched with the text that was
set, and gets it. Matching is by the set of letters in the order of the document, since the pieces have letters twice
and reversed. https://www.w3.org/TR/WCAG20-TECHS/PDF.html, ISO 32000-1 14.9.4 (ActualText)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from .marked import FontMap, MarkedTexts

RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_DROPPED = re.compile("[·\\s\u00a0\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_DIGITS = re.compile("[\u06f0-\u06f9]")
_PAGE_LINE = re.compile("[\u06f0-\u06f9.۔·\\s]")

Place = tuple[tuple[int, int], int]
"""Where a piece of marked content stands: object and generation of its page, and its number there (MCID)."""


def key_of(text: str) -> frozenset[str]:
    """By what two forms of the same run are recognised."""
    return frozenset(_DROPPED.sub("", text))


class LogicalText:
    """Puts the texts of a book on the runs of its PDF."""

    def __init__(self, pdf: pikepdf.Pdf, runs: Sequence[str], page_word: str) -> None:
        """`runs` are all texts that were set, in the order of the document; `page_word` stands before page numbers.

        Raises ValueError for a page that Typst does not write.
        """
        self._page_word = page_word
        self._pdf = pdf
        marked = MarkedTexts()
        self._texts = {page.obj.objgen: marked.read(page) for page in pdf.pages if _has_rtl(marked.fonts_of(page))}
        self._parents = {page.obj.objgen: int(page.obj.StructParents) for page in pdf.pages if "/StructParents" in page}
        self._tree: dict[int, Any] = {}
        self._read_parent_tree(pdf.Root.StructTreeRoot.ParentTree)
        self._runs = runs
        self._keys = [key_of(run) for run in runs]
        self._by_key: dict[frozenset[str], list[int]] = {}
        for index, key in enumerate(self._keys):
            self._by_key.setdefault(key, []).append(index)
        self._headings = {key_of(_PAGE_LINE.sub("", run)): run for run in reversed(runs)}
        self._position = 0
        self.unmatched: list[str] = []
        """Beginnings of the runs that no text was found for."""

    def apply(self) -> None:
        """Go through the whole tree."""
        for kid in _list(self._pdf.Root.StructTreeRoot.K):
            self._visit(kid, None)

    def _read_parent_tree(self, node: Any) -> None:
        numbers = node.get("/Nums")
        if numbers is not None:
            for index in range(0, len(numbers), 2):
                self._tree[int(numbers[index])] = numbers[index + 1]
        for kid in node.get("/Kids", []):
            self._read_parent_tree(kid)

    def _visit(self, element: Any, page: tuple[int, int] | None) -> None:
        """Give the runs of an element their texts, each being its neighbouring pieces; then go on to the elements in it."""
        page = element.Pg.objgen if "/Pg" in element else page
        kids = [(kid, _place(kid, page)) for kid in _list(element.get("/K"))]
        named: list[Any] = []
        spanned = False
        for is_run, part in groupby(kids, lambda kid: kid[1] is not None):
            pieces, places = zip(*part, strict=True)
            text = self._text_of(places) if is_run else None
            if text is not None and len(pieces) == len(kids):
                element.ActualText = String(text)
            elif text is not None:
                pieces, spanned = (self._span(element, pieces, places, text),), True
            named += pieces
        if spanned:
            element.K = Array(named)
        for kid, place in kids:
            if place is None and "/S" in kid:
                self._visit(kid, page)

    def _text_of(self, places: Sequence[Place]) -> str | None:
        """The text of a run, if it is one that is written from right to left and was set."""
        found = "".join(self._texts.get(page, {}).get(number, "") for page, number in places)
        if not RTL.search(found):
            return None
        text = self._find(found)
        if text is None:
            self.unmatched.append(found[:40])
        return text

    def _span(self, element: Any, pieces: Sequence[Any], places: Sequence[Place], text: str) -> Any:
        """A Span around a run in an element that holds more."""
        span = self._pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Span, P=element, K=Array(pieces), ActualText=String(text))
        )
        if "/Pg" in element:
            span.Pg = element.Pg
        for page, number in places:
            self._tree[self._parents[page]][number] = span
        return span

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
        bare = _PAGE_LINE.sub("", found)
        if not key_of(bare) or not number:
            return number or None
        if key_of(bare) <= key_of(self._page_word):
            return f"{self._page_word} {number}"
        run = self._headings.get(key_of(bare))
        return None if run is None else f"{run} {number}"

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
            keys = [key_of(word) for word in words]
            for start in range(len(words)):
                end = _count_of(keys[start:], key)
                if end:
                    return " ".join(words[start : start + end])
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
            end = start + _count_of(self._keys[start : start + 16], key) if self._keys[start] <= key else start
            if end > start:
                self._position = end
                return " ".join(run.strip() for run in self._runs[start:end])
        return None


def _count_of(keys: Iterable[frozenset[str]], key: frozenset[str]) -> int:
    """How many of some keys, from the first on, have together the letters of another one; 0 if none have."""
    letters: frozenset[str] = frozenset()
    for count, own in enumerate(keys, start=1):
        if not own <= key:
            return 0
        letters |= own
        if letters == key:
            return count
    return 0


def _has_rtl(fonts: Mapping[str, FontMap]) -> bool:
    """Whether any of some fonts has letters that are written from right to left."""
    return any(RTL.search("".join(font.values())) for font in fonts.values())


def _place(kid: Any, page: tuple[int, int] | None) -> Place | None:
    """Where a kid of an element stands if it is a piece of content; None for anything else."""
    if not isinstance(kid, int):
        if "/MCID" not in kid:
            return None
        page, kid = kid.Pg.objgen if "/Pg" in kid else page, int(kid.MCID)
    return None if page is None else (page, kid)


def mark_row_heads(pdf: pikepdf.Pdf) -> int:
    """Make the first cell of every row of a table's body its head, for reading aloud. Returns their number.

    Only in tables whose first column is filled throughout: an empty one names nothing. Cells are read as filled if
    they hold any content.
    """
    count = 0
    for body in pdf.objects:
        if not isinstance(body, Dictionary) or body.get("/S") != Name.TBody:
            continue
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
