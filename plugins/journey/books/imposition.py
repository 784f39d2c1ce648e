"""A book's pages on the sheets that an office printer takes: booklets to fold, and four small pages on A4 to cut and fold.

The order of pages, creep and the steps of the work are described in `folding.py`. Sheets are for the printer only:
their pages carry no tags, links or bookmarks, for nobody reads 16 beside 1. The file of single pages is the accessible one.
No imposition library: pdfimpose (AGPL) mirrors nothing for books bound on the right and gives other bytes on each run.
pikepdf (MPL-2.0, a library beside ours and not changed by us) places pages as they are, fonts and pictures shared.

Lengths of the sheet are millimetres, those of PDF are points of 1/72 inch from the lower left corner.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Rectangle

from .folding import (
    MM,
    PAPERS,
    Binding,
    Cell,
    Edge,
    Plan,
    Shape,
    natural_edge,
    plan_booklet,
    plan_four_up,
    sheet_size,
    with_blanks,
)

TOLERANCE = 0.5  # mm that a page may differ from its trim; 105 mm as points of one decimal differ by 0.02
MARK_FROM, MARK_TO = (
    4.5,
    9.0,
)  # mm from the edge: office printers leave about 4 mm white, margins of pages begin at 11 mm
TRIANGLE = 5.0  # mm, side of the marks that show whether the printer turns the sheet as it should


class ImpositionError(ValueError):
    """The pages can not be put on sheets; the message says which page and why."""


@dataclass(frozen=True)
class Settings:
    """How a book is put on sheets. `binding` is right for languages that are read from the right."""

    binding: Binding = Binding.LEFT
    edge: Edge | None = None
    """About which edge the printer turns; by default the one that is natural for the sheet. The other puts backs upside down."""
    instructions: bytes | None = None
    """A PDF of one page that tells how to print and bind, in the reader's language: becomes the first sheet."""
    paper_thickness: float = 0.0
    """In mm; above 0 pages creep towards the fold, for books that are trimmed after folding."""
    back_cover: bool = False
    """Keep the last page as the back of the cover; blank pages then stand before it, else at the end."""
    marks: bool = True
    """Ticks where to fold and to cut, on the outsides of the sheets."""


def booklet(book: bytes, settings: Settings | None = None, section: int | None = None) -> bytes:
    """A saddle-stitched booklet, two pages a side: A6 on A5, A5 on A4 or A4 on A3, sheets lying across.

    `book` is a PDF of single pages in reading order, all of one size; `section` as in `plan_booklet`. The same input gives
    the same bytes. Raises ImpositionError if the file can not be read or its pages are not of one known size.
    """
    settings = settings or Settings()
    with _open(book) as source:
        trim = _trim_of(source)
        plan = plan_booklet(len(source.pages), settings.binding, section)
        return _impose(source, trim, plan, settings)


def four_up(book: bytes, settings: Settings | None = None) -> bytes:
    """A booklet of A6 pages on upright A4 sheets, four a side: print, cut across, stack, fold, staple.

    Input, output and errors are those of `booklet`; pages must be A6.
    """
    settings = settings or Settings()
    with _open(book) as source:
        trim = _trim_of(source)
        if trim != "A6":
            raise ImpositionError(f"four pages on A4 are for A6 books; this one is {trim}")
        return _impose(source, trim, plan_four_up(len(source.pages), settings.binding), settings)


def _open(data: bytes) -> Pdf:
    try:
        return Pdf.open(io.BytesIO(data))
    except pikepdf.PdfError as error:  # an encrypted file, too
        raise ImpositionError(f"the PDF can not be read: {error}") from error


def _trim_of(source: Pdf) -> str:
    """The name of the size that all pages have."""
    if not len(source.pages):
        raise ImpositionError("the PDF has no pages")
    found = ""
    for number, page in enumerate(source.pages, start=1):
        width, height = _size(page)
        names = [n for n, (w, h) in PAPERS.items() if abs(width - w) <= TOLERANCE and abs(height - h) <= TOLERANCE]
        if not names:
            raise ImpositionError(f"page {number} is {width:.1f} × {height:.1f} mm; known are A4, A5 and A6, upright")
        if found and names[0] != found:
            raise ImpositionError(f"page {number} is {names[0]}, the pages before it are {found}")
        found = names[0]
    if found == "A3":
        raise ImpositionError("pages of A3 are too large for a booklet; known are A4, A5 and A6")
    return found


def _size(page: pikepdf.Page) -> tuple[float, float]:
    """Width and height in mm of the trimmed page as it is shown."""
    box = Rectangle(Array(page.trimbox))
    width, height = float(box.width) / MM, float(box.height) / MM
    return (height, width) if int(page.obj.get("/Rotate", 0)) % 180 else (width, height)


def _impose(source: Pdf, trim: str, plan: Plan, settings: Settings) -> bytes:
    _, width, height = sheet_size(plan.shape, trim)
    written = with_blanks(len(source.pages), plan.pages, settings.back_cover)
    natural = natural_edge(plan.shape)
    turned = settings.edge is not None and settings.edge is not natural
    with Pdf.new() as target:
        press = _Press(target, width, height, PAPERS[trim], plan, settings.paper_thickness)
        if settings.instructions is not None:
            press.instruct(settings.instructions, turned)
        forms: dict[int, Object] = {}
        for sheet in plan.sheets:
            for cells, is_back in ((sheet.front, False), (sheet.back, True)):
                placed = []
                for cell in cells:
                    if (number := written[cell.page - 1]) is not None:
                        if number not in forms:
                            forms[number] = press.take_over(source.pages[number - 1])
                        placed.append((cell, forms[number]))
                press.print_side(placed, turned and is_back, settings.marks and not is_back)
        _describe(source, target, settings, natural)
        out = io.BytesIO()
        target.save(
            out,
            min_version=source.pdf_version,  # what its pages may use
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            deterministic_id=True,
        )
        return out.getvalue()


class _Press:
    """Prints sides of sheets, one after the other."""

    def __init__(
        self, target: Pdf, width: float, height: float, page: tuple[float, float], plan: Plan, thickness: float
    ) -> None:
        self._target, self._plan, self._thickness = target, plan, thickness
        self._width, self._height = width, height
        self._page = page

    def take_over(self, page: pikepdf.Page) -> Object:
        """The page as a form that any sheet can show, cut to its trim, without tags."""
        form = self._target.copy_foreign(page.as_form_xobject())
        for tag in ("/StructParents", "/StructParent"):  # the tree that they point into stays behind
            if tag in form:
                del form[tag]
        return form

    def print_side(self, placed: Sequence[tuple[Cell, Object]], upside_down: bool, marks: bool) -> None:
        page = self._new_side()
        parts = [_turn(self._width, self._height)] if upside_down else []
        parts += [self._place(page, cell, form) for cell, form in placed]
        if marks:
            parts.append(_draw(self._marks()))
        self._finish(page, parts)

    def instruct(self, instructions: bytes, upside_down: bool) -> None:
        """The sheet that tells how; its back holds only the second triangle, so that sides stay in step."""
        with _open(instructions) as source:
            if len(source.pages) != 1:
                raise ImpositionError(f"the instructions have {len(source.pages)} pages; they must fit on one")
            form = self.take_over(source.pages[0])
        page = self._new_side()
        rectangle = Rectangle(0, 0, self._width * MM, self._height * MM)
        name = page.add_resource(form, Name.XObject, Name("/Instructions"))
        placement = page.calc_form_xobject_placement(form, name, rectangle, allow_shrink=True, allow_expand=True)
        left, right = MARK_FROM, self._width - MARK_FROM - TRIANGLE
        self._finish(page, [placement, self._triangle(left)])
        back = self._new_side()
        turn = [_turn(self._width, self._height)] if upside_down else []
        self._finish(back, [*turn, self._triangle(right)])

    def _new_side(self) -> pikepdf.Page:
        return self._target.add_blank_page(page_size=(self._width * MM, self._height * MM))

    def _finish(self, page: pikepdf.Page, parts: list[bytes]) -> None:
        page.Contents = self._target.make_stream(b"\n".join(parts))

    def _place(self, page: pikepdf.Page, cell: Cell, form: Object) -> bytes:
        """The page beside the fold, in the middle of its half; what creeps over the fold is cut off."""
        width, height = self._page
        half, high = self._width / 2, self._height / self._plan.rows
        shift = self._thickness * cell.depth
        left = half - width + shift if cell.column == 0 else half - shift
        bottom = self._height - (cell.row + 1) * high + (high - height) / 2
        name = page.add_resource(form, Name.XObject, Name(f"/P{cell.page}"))
        rectangle = Rectangle(left * MM, bottom * MM, (left + width) * MM, (bottom + height) * MM)
        placement = page.calc_form_xobject_placement(form, name, rectangle, allow_shrink=False, allow_expand=False)
        clip = _numbers(cell.column * half, self._height - (cell.row + 1) * high, half, high)
        return b"q %b re W n\n%b\nQ" % (clip, placement.strip())

    def _marks(self) -> Iterator[tuple[bool, float, float, float, float]]:
        """Dashed or not, and two points in mm from the lower left corner."""
        middle, across = self._width / 2, self._height / 2
        yield True, middle, MARK_FROM, middle, MARK_TO
        yield True, middle, self._height - MARK_FROM, middle, self._height - MARK_TO
        if self._plan.shape is Shape.FOUR_UP:
            yield True, middle, across + MARK_FROM, middle, across + MARK_TO
            yield True, middle, across - MARK_FROM, middle, across - MARK_TO
            yield False, MARK_FROM, across, MARK_TO, across
            yield False, self._width - MARK_FROM, across, self._width - MARK_TO, across
            yield False, middle - MARK_TO + MARK_FROM, across, middle + MARK_TO - MARK_FROM, across

    def _triangle(self, left: float) -> bytes:
        top = self._height - MARK_FROM
        points = (left, top - TRIANGLE), (left + TRIANGLE, top - TRIANGLE), (left + TRIANGLE / 2, top)
        first, second, third = (_numbers(*point) for point in points)
        return b"q 0 g %b m %b l %b l h f Q" % (first, second, third)


def _draw(lines: Iterator[tuple[bool, float, float, float, float]]) -> bytes:
    """Grey lines of 0.5 pt on white ones of 1.5 pt, so that they are seen on a dark cover, too."""
    parts = []
    for dashed, x1, y1, x2, y2 in lines:
        path = b"%b m %b l S" % (_numbers(x1, y1), _numbers(x2, y2))
        dash = b"[2 1.5] 0 d " if dashed else b""
        parts.append(b"q 1 G 1.5 w %b 0.4 G 0.5 w %b%b Q" % (path, dash, path))
    return b"\n".join(parts)


def _turn(width: float, height: float) -> bytes:
    """Half a turn of everything that follows on this side."""
    return b"-1 0 0 -1 %b cm" % _numbers(width, height)


def _numbers(*millimetres: float) -> bytes:
    return b" ".join(b"%.4f" % (value * MM) for value in millimetres)


def _describe(source: Pdf, target: Pdf, settings: Settings, natural: Edge) -> None:
    """Language and title of the book, and what the print dialogue should offer: actual size, both sides, the right turn."""
    if "/Lang" in source.Root:
        target.Root.Lang = pikepdf.String(str(source.Root.Lang))
    title = str(source.docinfo.get("/Title", "")) or _title_in_metadata(source)
    if title:
        target.docinfo["/Title"] = pikepdf.String(title)
    edge = settings.edge or natural
    target.Root.ViewerPreferences = Dictionary(
        DisplayDocTitle=bool(title),
        PrintScaling=Name("/None"),
        PickTrayByPDFSize=True,
        Duplex=Name.DuplexFlipLongEdge if edge is Edge.LONG else Name.DuplexFlipShortEdge,
        Direction=Name.R2L if settings.binding is Binding.RIGHT else Name.L2R,
    )


def _title_in_metadata(source: Pdf) -> str:
    with source.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        return str(metadata.get("dc:title", ""))
