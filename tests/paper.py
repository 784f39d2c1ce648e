"""Paper: sheets as a printer makes them from a PDF, and what hands do with them. Knows nothing of how pages were put there.

Sheets are read back from the finished file: every page drawn on a side is found by the number written on it, with the place
of its middle and the direction of its upper edge, in points from the lower left corner of the side as shown on a screen.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from itertools import pairwise

import pikepdf
from pikepdf import Array, Dictionary, Matrix, Name, Pdf

MM = 72 / 25.4


def numbered_book(count: int, width: float, height: float, title: str = "", locale: str = "") -> bytes:
    """A PDF of `count` pages of a size in mm; each shows its number in large type, upright."""
    pdf = Pdf.new()
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    for number in range(1, count + 1):
        page = pdf.add_blank_page(page_size=(width * MM, height * MM))
        page.Resources = Dictionary(Font=Dictionary(F=font))
        middle = (width * MM / 2 - 30, height * MM / 2)
        frame = f"0.8 G 20 20 {width * MM - 40:.2f} {height * MM - 40:.2f} re S"
        text = f"{frame} BT /F 60 Tf {middle[0]:.2f} {middle[1]:.2f} Td (={number}=) Tj ET"
        page.Contents = pdf.make_stream(text.encode())
        page.StructParents = number
    if title:
        pdf.docinfo["/Title"] = title
    if locale:
        pdf.Root.Lang = pikepdf.String(locale)
    out = io.BytesIO()
    pdf.save(out, min_version="1.7", static_id=True)
    return out.getvalue()


@dataclass(frozen=True)
class Print:
    """A page on a side of paper: its number, its middle, and whether its upper edge points up (or down)."""

    number: int
    x: float
    y: float
    upright: bool


@dataclass(frozen=True)
class Paper:
    """A sheet or a part of one, front towards you. What is on the back is told as if seen through the paper."""

    width: float
    height: float
    front: tuple[Print, ...]
    back: tuple[Print, ...]


def read_sides(data: bytes) -> list[tuple[float, float, tuple[Print, ...]]]:
    """Width, height and pages of every side in a finished PDF."""
    sides = []
    with Pdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            box = [float(value) for value in page.mediabox]
            sides.append((box[2], box[3], tuple(_prints(page))))
    return sides


def _prints(page: pikepdf.Page) -> list[Print]:
    found = []
    matrix, saved = Matrix(), []
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "q":
                saved.append(matrix)
            case "Q":
                matrix = saved.pop()
            case "cm":
                matrix = Matrix(*(float(value) for value in operands)) @ matrix
            case "Do":
                form = page.Resources.XObject[str(operands[0])]
                number = re.search(rb"\(=(\d+)=\)", form.read_bytes())
                if number:
                    own = Matrix(form.get("/Matrix", Array([1, 0, 0, 1, 0, 0]))) @ matrix
                    x1, y1, x2, y2 = (float(value) for value in form.BBox)
                    middle = own.transform(((x1 + x2) / 2, (y1 + y2) / 2))
                    up = _upwards(form)
                    above = own.transform(((x1 + x2) / 2 + up[0], (y1 + y2) / 2 + up[1]))
                    assert abs(above[0] - middle[0]) < 0.01, "a page lies on its side"
                    found.append(Print(int(number[1]), middle[0], middle[1], above[1] > middle[1]))
    return found


def _upwards(form: pikepdf.Object) -> tuple[float, float]:
    """The direction that the number's letters stand up in."""
    for operands, operator in pikepdf.parse_content_stream(form):
        if str(operator) == "Tm":
            return float(operands[2]), float(operands[3])
    return 0.0, 1.0


def print_duplex(data: bytes, edge: str) -> list[Paper]:
    """Both sides on paper by a printer that turns sheets about the `long` or the `short` edge."""
    sides = read_sides(data)
    assert len(sides) % 2 == 0, "a sheet without a back would put all others out of step"
    sheets = []
    for (width, height, front), (back_width, back_height, back) in zip(sides[::2], sides[1::2], strict=True):
        assert (width, height) == (back_width, back_height)
        upright_axis = (edge == "long") == (height > width)
        if upright_axis:  # left and right change places
            through = [Print(one.number, width - one.x, one.y, one.upright) for one in back]
        else:  # above and below change places, and what was up is down
            through = [Print(one.number, one.x, height - one.y, not one.upright) for one in back]
        sheets.append(Paper(width, height, front, tuple(through)))
    return sheets


def cut_across(pile: list[Paper]) -> tuple[list[Paper], list[Paper]]:
    """One cut through the middle of a pile; the upper and the lower pile."""

    def part(paper: Paper, low: float, high: float) -> Paper:
        def inside(prints: tuple[Print, ...]) -> tuple[Print, ...]:
            return tuple(Print(p.number, p.x, p.y - low, p.upright) for p in prints if low < p.y < high)

        return Paper(paper.width, high - low, inside(paper.front), inside(paper.back))

    return (
        [part(paper, paper.height / 2, paper.height) for paper in pile],
        [part(paper, 0, paper.height / 2) for paper in pile],
    )


def fold_and_read(pile: list[Paper], spine: str) -> list[int | None]:
    """Fold a pile in the middle, the top sheet's front outside, hold the spine `left` or `right`, and turn the pages.

    Gives the page numbers in the order of reading, None for a blank one; fails if a page stands on its head or off its leaf.
    """
    cover = "right" if spine == "left" else "left"  # the half that is in front once the spine is where it belongs
    other = "left" if cover == "right" else "right"
    reading: list[int | None] = []
    for paper in pile:  # towards the middle
        reading += [_page(paper, paper.front, cover), _page(paper, paper.back, cover)]
    for paper in reversed(pile):  # and out again
        reading += [_page(paper, paper.back, other), _page(paper, paper.front, other)]
    return reading


def _page(paper: Paper, prints: tuple[Print, ...], half: str) -> int | None:
    middle = paper.width / 2
    there = [one for one in prints if (one.x < middle) == (half == "left")]
    assert len(there) <= 1, "two pages on one leaf"
    if not there:
        return None
    assert there[0].upright, f"page {there[0].number} stands on its head"
    assert abs(there[0].y - paper.height / 2) < 0.01, f"page {there[0].number} is not in the middle of its leaf"
    return there[0].number


def distance_to_fold(paper: Paper, number: int) -> float:
    """From the middle of a page to the fold, in points."""
    return next(abs(one.x - paper.width / 2) for one in paper.front + paper.back if one.number == number)


def is_in_order(numbers: list[int | None]) -> bool:
    """Whether the pages that are not blank follow each other from 1."""
    written = [number for number in numbers if number is not None]
    return written[:1] == [1] and all(after == before + 1 for before, after in pairwise(written))
