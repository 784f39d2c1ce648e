"""Which page stands where on which sheet, and what hands do with the sheets afterwards. Arithmetic only, no PDF.

**Order of pages.** Take N pages, a multiple of 4, as N/2 leaves folded in pairs. The pair of depth d (0 is the
outermost) shows pages N-2d and 1+2d on its outside, 2+2d and N-1-2d on its inside: each pair's outside adds up to
N+1, and so does its inside. In a book bound on the left the higher number of the outside stands left; bound on
the right (Urdu), everything is mirrored.

**Four on a sheet.** An A4 sheet holds two such pairs above each other. Sheet i of m holds the pair of depth i
above and the pair of depth i+m below, so that one cut through the whole pile gives two piles that are in order:
the upper pile on the lower one is the book.

**Creep.** A folded sheet of depth d lies inside d others, each of which adds the thickness t of its paper to the fold:
its outer edges stick out by d × t. Pages of depth d are therefore moved towards the fold by d × t, and stand under
each other once the outer edge is trimmed flush. Without trimming leave t at 0. Paper of 80 g/m² is about 0.1 mm thick.

**The turn.** Backs are laid out for a sheet that is turned about its upright middle axis, like the page of a book:
the long edge of an upright A4 sheet, the short edge of a sheet that lies across. For a printer that can only turn about
the other edge, backs are put upside down (`Edge`).

Lengths are millimetres from the upper left corner of the sheet as it leaves the printer, first page up.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ..wording import say

MM = 72 / 25.4
"""Points in a millimetre: a point of PDF is 1/72 inch, an inch is 25.4 mm."""

PAPERS = {"A3": (297.0, 420.0), "A4": (210.0, 297.0), "A5": (148.0, 210.0), "A6": (105.0, 148.0)}
"""Sizes of ISO 216, width and height in mm, upright."""

SHEET_OF_BOOKLET = {"A4": "A3", "A5": "A4", "A6": "A5"}
"""Two pages of the first fit beside each other on the second."""


class Binding(StrEnum):
    """Where the spine is when the front cover lies before you."""

    LEFT = "left"
    RIGHT = "right"


class Edge(StrEnum):
    """About which edge of the sheet a printer turns it to print the back, in the words of print dialogues."""

    LONG = "long"
    SHORT = "short"


class Shape(StrEnum):
    """How the pages of a book lie on sheets."""

    BOOKLET = "booklet"
    FOUR_UP = "four-up"


@dataclass(frozen=True)
class Cell:
    """A page's place on one side of a sheet. `column` counts from the left as printed, `row` from above, both from 0."""

    page: int
    """From 1, in the book with its blank pages."""
    column: int
    row: int
    depth: int
    """How many folded sheets lie around it."""


@dataclass(frozen=True)
class Sheet:
    """Both sides of a sheet. Cells of the back are as seen after the turn about the upright axis."""

    front: tuple[Cell, ...]
    back: tuple[Cell, ...]


@dataclass(frozen=True)
class Plan:
    """A book on sheets. `columns` × `rows` pages a side; `pages` with blanks."""

    shape: Shape
    pages: int
    rows: int
    sheets: tuple[Sheet, ...]
    section_sheets: tuple[int, ...]
    """Sheets of each pile that is folded and stapled for itself; most books have one."""
    columns: int = 2


def plan_booklet(count: int, binding: Binding, section: int | None = None) -> Plan:
    """Two pages a side, folded once. `count` ≥ 1 pages are filled up to a multiple of 4.

    `section` cuts a thick book into sections of so many pages, a multiple of 4, each folded for itself.
    Raises ValueError for a count or a section that can not be.
    """
    total = _fill_up(count, 4)
    section = section or total
    if section % 4 or section < 4:
        raise ValueError(f"a section has 4, 8, 12 … pages, not {section}")
    sheets = []
    for first in range(0, total, section):
        size = min(section, total - first)
        for depth in range(size // 4):
            front, back = _pair(size, depth, binding, row=0, offset=first)
            sheets.append(Sheet(front, back))
    sizes = tuple(min(section, total - first) // 4 for first in range(0, total, section))
    return Plan(Shape.BOOKLET, total, 1, tuple(sheets), sizes)


def plan_four_up(count: int, binding: Binding) -> Plan:
    """Four pages a side, cut across, stacked and folded once. `count` ≥ 1 pages are filled up to a multiple of 8."""
    total = _fill_up(count, 8)
    half = total // 8
    sheets = []
    for number in range(half):
        upper = _pair(total, number, binding, row=0)
        lower = _pair(total, number + half, binding, row=1)
        sheets.append(Sheet(upper[0] + lower[0], upper[1] + lower[1]))
    return Plan(Shape.FOUR_UP, total, 2, tuple(sheets), (half,))


def with_blanks(count: int, total: int, back_cover: bool) -> tuple[int | None, ...]:
    """For each page of the filled book the number of the written page, from 1, or None for a blank one.

    Blanks stand at the end; with `back_cover` the last written page stays the last of the book, and they stand before it.
    """
    written: list[int | None] = list(range(1, count + 1))
    blanks: list[int | None] = [None] * (total - count)
    return tuple(written[:-1] + blanks + written[-1:] if back_cover and count > 1 else written + blanks)


def _fill_up(count: int, multiple: int) -> int:
    if count < 1:
        raise ValueError("a book without pages can not be printed")
    return -(-count // multiple) * multiple


def _pair(
    size: int, depth: int, binding: Binding, row: int, offset: int = 0
) -> tuple[tuple[Cell, Cell], tuple[Cell, Cell]]:
    """Outside and inside of one folded pair of leaves of a section of `size` pages."""
    outside = (size - 2 * depth, 1 + 2 * depth)
    inside = (2 + 2 * depth, size - 1 - 2 * depth)
    if binding is Binding.RIGHT:
        outside, inside = outside[::-1], inside[::-1]
    front = (Cell(offset + outside[0], 0, row, depth), Cell(offset + outside[1], 1, row, depth))
    back = (Cell(offset + inside[0], 0, row, depth), Cell(offset + inside[1], 1, row, depth))
    return front, back


class Action(StrEnum):
    """What hands do, in this order."""

    PRINT = "print"
    TRIAL = "trial"
    SECTIONS = "sections"
    CUT = "cut"
    STACK = "stack"
    FOLD = "fold"
    STAPLE = "staple"


@dataclass(frozen=True)
class Line:
    """A line on the paper, in mm from its upper left corner."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True)
class Step:
    """One step of the work: enough to say it and to draw it."""

    action: Action
    paper: str
    """The sheet that goes into the printer, such as `A4`."""
    edge: Edge
    sheets: int
    """Sheets of the book, without the sheet of instructions."""
    width: float
    height: float
    """The piece of paper that is in hand now, in mm as it lies."""
    lines: tuple[Line, ...] = ()
    """Where to cut, to fold or to staple."""
    section_sheets: tuple[int, ...] = ()

    def words(self, locale: str) -> str:
        """The step in one or two sentences of a language. Raises KeyError for a locale that the project lacks."""
        key = f"fold.{self.action}_{self.edge}" if self.action is Action.PRINT else f"fold.{self.action}"
        return say(locale, key, paper=self.paper, sheets=self.sheets, piles=", ".join(map(str, self.section_sheets)))


def procedure(plan: Plan, trim: str, edge: Edge | None = None, trial: bool = True) -> tuple[Step, ...]:
    """The steps from the printer to the finished book.

    `trim` is the name of the finished page, `A4`, `A5` or `A6` (four on a sheet: `A6`); `edge` as given to the imposition,
    by default the natural one; `trial` is for files that begin with a sheet of instructions.
    Raises ValueError for a trim that no sheet is known for.
    """
    paper, width, height = sheet_size(plan.shape, trim)
    edge = edge or natural_edge(plan.shape)
    count = len(plan.sheets)

    def step(action: Action, *lines: Line, high: float = height) -> Step:
        return Step(action, paper, edge, count, width, high, lines, plan.section_sheets)

    steps = [step(Action.PRINT)]
    if trial:
        steps.append(step(Action.TRIAL))
    if len(plan.section_sheets) > 1:
        steps.append(step(Action.SECTIONS))
    if plan.shape is Shape.FOUR_UP:
        steps.append(step(Action.CUT, Line(0, height / 2, width, height / 2)))
        height /= 2
        steps.append(step(Action.STACK, high=height))
    middle = width / 2
    steps.append(step(Action.FOLD, Line(middle, 0, middle, height), high=height))
    wire = 6.0  # a staple of 24/6 or 26/6 is about 12 mm wide
    staples = [Line(middle, height * part - wire, middle, height * part + wire) for part in (0.25, 0.75)]
    steps.append(step(Action.STAPLE, *staples, high=height))
    return tuple(steps)


def sheet_size(shape: Shape, trim: str) -> tuple[str, float, float]:
    """Name of the sheet, its width and height in mm as it lies. Raises ValueError for an unknown trim."""
    if shape is Shape.FOUR_UP and trim == "A6":
        return ("A4", *PAPERS["A4"])
    if shape is Shape.BOOKLET and trim in SHEET_OF_BOOKLET:
        paper = SHEET_OF_BOOKLET[trim]
        upright = PAPERS[paper]
        return paper, upright[1], upright[0]
    raise ValueError(f"no sheet is known for a {shape} of {trim} pages")


def natural_edge(shape: Shape) -> Edge:
    """The edge about which a sheet turns like the page of a book."""
    return Edge.LONG if shape is Shape.FOUR_UP else Edge.SHORT
