"""Sheets are printed, cut, stacked, folded and read by a simulator of paper that reads the finished PDF."""

from __future__ import annotations

import io

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import paper
from journey.books.folding import (
    PAPERS,
    Action,
    Binding,
    Edge,
    Shape,
    natural_edge,
    plan_booklet,
    plan_four_up,
    procedure,
)
from journey.books.imposition import ImpositionError, Settings, booklet, four_up
from journey.locales import LOCALES

counts = st.integers(4, 64)
bindings = st.sampled_from(Binding)
edges = st.sampled_from(Edge)
BOOKLETS = {"A6": (210, 148), "A5": (297, 210), "A4": (420, 297)}
"""Finished page, and the sheet that it is printed on, in mm."""


def book(count: int, trim: str = "A6") -> bytes:
    return paper.numbered_book(count, *PAPERS[trim])


def filled(count: int, multiple: int) -> list[int | None]:
    return [*range(1, count + 1), *[None] * (-count % multiple)]


@settings(deadline=None, max_examples=60)
@given(counts, bindings, edges, st.sampled_from(["A6", "A5", "A4"]))
def test_a_folded_booklet_reads_in_order(count: int, binding: Binding, edge: Edge, trim: str) -> None:
    sheets = paper.print_duplex(booklet(book(count, trim), Settings(binding, edge)), edge.value)
    assert [(round(s.width / paper.MM), round(s.height / paper.MM)) for s in sheets] == [BOOKLETS[trim]] * len(sheets)
    assert paper.fold_and_read(sheets, binding.value) == filled(count, 4)


@settings(deadline=None, max_examples=60)
@given(counts, bindings, edges)
def test_four_up_reads_in_order_after_one_cut(count: int, binding: Binding, edge: Edge) -> None:
    sheets = paper.print_duplex(four_up(book(count), Settings(binding, edge)), edge.value)
    assert {(round(s.width / paper.MM), round(s.height / paper.MM)) for s in sheets} == {(210, 297)}
    upper, lower = paper.cut_across(sheets)
    assert paper.fold_and_read(upper + lower, binding.value) == filled(count, 8)


def test_every_count_of_pages_in_both_bindings() -> None:
    """The plans alone, without PDF, for every count: each page once, each leaf n and n + 1 back to back."""
    for count in range(1, 200):
        for binding in Binding:
            for plan in (plan_booklet(count, binding), plan_four_up(count, binding), plan_booklet(count, binding, 16)):
                leaves = [
                    {front.page, next(b.page for b in sheet.back if (b.column, b.row) == (1 - front.column, front.row))}
                    for sheet in plan.sheets
                    for front in sheet.front
                ]
                assert sorted(map(sorted, leaves)) == [[n, n + 1] for n in range(1, plan.pages, 2)]


@given(counts, st.sampled_from([4, 8, 16, 20]), bindings)
@settings(deadline=None, max_examples=30)
def test_sections_of_a_thick_book_read_one_after_the_other(count: int, section: int, binding: Binding) -> None:
    sheets = paper.print_duplex(booklet(book(count), Settings(binding), section), "short")
    plan = plan_booklet(count, binding, section)
    reading: list[int | None] = []
    for size in plan.section_sheets:
        reading += paper.fold_and_read(sheets[:size], binding.value)
        sheets = sheets[size:]
    assert reading == filled(count, 4)
    assert not sheets


@pytest.mark.parametrize("binding", Binding)
def test_the_simulator_notices_a_wrong_turn_a_wrong_spine_and_a_wrong_pile(binding: Binding) -> None:
    """Proof that the tests above can fail."""
    sheets = paper.print_duplex(booklet(book(16), Settings(binding)), "long")
    with pytest.raises(AssertionError, match="on its head"):
        paper.fold_and_read(sheets, binding.value)
    sheets = paper.print_duplex(booklet(book(16), Settings(binding)), "short")
    wrong = "right" if binding is Binding.LEFT else "left"
    assert not paper.is_in_order(paper.fold_and_read(sheets, wrong))
    upper, lower = paper.cut_across(paper.print_duplex(four_up(book(16), Settings(binding)), "long"))
    assert paper.is_in_order(paper.fold_and_read(upper + lower, binding.value))
    assert not paper.is_in_order(paper.fold_and_read(lower + upper, binding.value))


def test_a_back_cover_stays_outside() -> None:
    sheets = paper.print_duplex(booklet(book(30), Settings(back_cover=True)), "short")
    assert paper.fold_and_read(sheets, "left") == [*range(1, 30), None, None, 30]
    upper, lower = paper.cut_across(paper.print_duplex(four_up(book(30), Settings(back_cover=True)), "long"))
    assert paper.fold_and_read(upper + lower, "left") == [*range(1, 30), None, None, 30]


@pytest.mark.parametrize("binding", Binding)
def test_creep_moves_inner_pages_to_the_fold_by_the_paper_around_them(binding: Binding) -> None:
    plain = paper.print_duplex(booklet(book(16), Settings(binding)), "short")
    crept = paper.print_duplex(booklet(book(16), Settings(binding, paper_thickness=0.1)), "short")
    for depth, (before, after) in enumerate(zip(plain, crept, strict=True)):
        for number in (one.number for one in before.front + before.back):
            moved = paper.distance_to_fold(before, number) - paper.distance_to_fold(after, number)
            assert moved == pytest.approx(depth * 0.1 * paper.MM, abs=0.001)
    halves = paper.cut_across(paper.print_duplex(four_up(book(16), Settings(paper_thickness=0.1)), "long"))
    moved = paper.distance_to_fold(halves[0][0], 1) - paper.distance_to_fold(halves[1][1], 8)
    assert moved == pytest.approx(3 * 0.1 * paper.MM, abs=0.001), "the lower pile lies inside the upper one"


@pytest.mark.parametrize("shape", Shape)
@pytest.mark.parametrize("edge", Edge)
def test_instructions_are_a_sheet_of_their_own_that_proves_the_turn(shape: Shape, edge: Edge) -> None:
    words = paper.numbered_book(1, 105, 148)
    options = Settings(edge=edge, instructions=words)
    data = (booklet if shape is Shape.BOOKLET else four_up)(book(16), options)
    first = paper.print_duplex(data, edge.value)[0]
    assert [one.number for one in first.front] == [1]
    assert not first.back
    with pikepdf.open(io.BytesIO(data)) as pdf:
        width, height = (float(value) for value in pdf.pages[0].mediabox[2:])
        front, back = triangle(pdf.pages[0]), triangle(pdf.pages[1])
    upright_axis = (edge is Edge.LONG) == (height > width)
    through = [(width - x, y) if upright_axis else (x, height - y) for x, y in back]
    seen = [(round(x, 1), round(y, 1)) for x, y in through]
    assert sorted(seen) == sorted((round(x, 1), round(y, 1)) for x, y in front), (
        "the triangles cover each other against the light"
    )
    rest = paper.print_duplex(data, edge.value)[1:]
    assert rest == paper.print_duplex((booklet if shape is Shape.BOOKLET else four_up)(book(16), Settings(edge=edge)), edge.value)  # fmt: skip


def triangle(page: pikepdf.Page) -> list[tuple[float, float]]:
    """Corners of the only filled path of a page, in its coordinates."""
    matrix, saved, corners = pikepdf.Matrix(), [], []
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "q":
                saved.append(matrix)
            case "Q":
                matrix = saved.pop()
            case "cm":
                matrix = pikepdf.Matrix(*(float(value) for value in operands)) @ matrix
            case "m" | "l":
                x, y = matrix.transform(tuple(float(value) for value in operands))
                corners.append((round(x, 2), round(y, 2)))
    assert len(corners) == 3
    return corners


def test_language_title_and_print_settings_come_along_and_tags_stay_behind() -> None:
    source = paper.numbered_book(8, *PAPERS["A6"], title="جیبی کتاب", locale="ur")
    with pikepdf.open(io.BytesIO(four_up(source, Settings(Binding.RIGHT)))) as pdf:
        assert str(pdf.Root.Lang) == "ur"
        assert str(pdf.docinfo["/Title"]) == "جیبی کتاب"
        wishes = pdf.Root.ViewerPreferences
        assert (wishes.Direction, wishes.PrintScaling) == (pikepdf.Name.R2L, pikepdf.Name("/None"))
        assert wishes.Duplex == pikepdf.Name.DuplexFlipLongEdge
        assert "/StructTreeRoot" not in pdf.Root
        assert pdf.pdf_version == "1.7"
        assert not [form for page in pdf.pages for form in page.Resources.XObject.values() if "/StructParents" in form]
        assert not pdf.check_pdf_syntax()
    with pikepdf.open(io.BytesIO(booklet(source))) as pdf:
        assert pdf.Root.ViewerPreferences.Duplex == pikepdf.Name.DuplexFlipShortEdge
        assert pdf.Root.ViewerPreferences.Direction == pikepdf.Name.L2R
        fonts = {form.Resources.Font.F.objgen for page in pdf.pages for form in page.Resources.XObject.values()}
        assert len(fonts) == 1, "pages share their fonts"


def test_the_same_book_gives_the_same_bytes() -> None:
    options = Settings(Binding.RIGHT, instructions=book(1), paper_thickness=0.1)
    assert booklet(book(30), options) == booklet(book(30), options)
    assert four_up(book(30), options) == four_up(book(30), options)
    assert booklet(book(30), options) != booklet(book(31), options)


def test_rotated_pages_and_pages_with_bleed_are_placed_by_what_is_seen() -> None:
    with pikepdf.open(io.BytesIO(book(4))) as pdf:
        width, height = (value * paper.MM for value in PAPERS["A6"])
        for page in pdf.pages:
            page.MediaBox = pikepdf.Array([-9, -9, width + 9, height + 9])
            page.TrimBox = pikepdf.Array([0, 0, width, height])
        pdf.pages[2].MediaBox = pikepdf.Array([0, 0, height, width])  # across, and shown upright
        pdf.pages[2].TrimBox = pdf.pages[2].MediaBox
        pdf.pages[2].Rotate = 90
        pdf.pages[2].Contents = pdf.make_stream(b"BT /F 60 Tf 0 1 -1 0 200 100 Tm (=3=) Tj ET")
        out = io.BytesIO()
        pdf.save(out)
    sides = paper.read_sides(booklet(out.getvalue()))
    places = {
        one.number: (round(one.x / paper.MM, 1), round(one.y / paper.MM, 1)) for _, _, side in sides for one in side
    }
    assert places == {4: (52.5, 74), 1: (157.5, 74), 2: (52.5, 74), 3: (157.5, 74)}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"no PDF", "can not be read"),
        (paper.numbered_book(4, 100, 148), "page 1 is 100.0 × 148.0 mm"),
        (paper.numbered_book(4, 148, 105), "page 1 is 148.0 × 105.0 mm"),
        (paper.numbered_book(4, 297, 420), "too large"),
    ],
)
def test_pages_that_fit_on_no_sheet_are_refused(data: bytes, message: str) -> None:
    with pytest.raises(ImpositionError, match=message):
        booklet(data)


def test_mixed_sizes_empty_files_and_long_instructions_are_refused() -> None:
    mixed = pikepdf.open(io.BytesIO(book(3)))
    mixed.add_blank_page(page_size=(148 * paper.MM, 210 * paper.MM))
    with pytest.raises(ImpositionError, match="page 4 is A5, the pages before it are A6"):
        booklet(_saved(mixed))
    with pytest.raises(ImpositionError, match="no pages"):
        booklet(_saved(pikepdf.new()))
    with pytest.raises(ImpositionError, match="have 2 pages"):
        booklet(book(4), Settings(instructions=book(2)))
    with pytest.raises(ImpositionError, match="this one is A5"):
        four_up(book(4, "A5"))
    with pytest.raises(ValueError, match="not 6"):
        booklet(book(8), section=6)


def _saved(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def test_the_steps_say_and_draw_what_the_simulator_did() -> None:
    steps = procedure(plan_four_up(32, Binding.RIGHT), "A6")
    actions = [step.action for step in steps]
    assert actions == [Action.PRINT, Action.TRIAL, Action.CUT, Action.STACK, Action.FOLD, Action.STAPLE]
    assert [(step.width, step.height) for step in steps] == [(210, 297)] * 3 + [(210, 148.5)] * 3
    cut, fold, staple = steps[2].lines[0], steps[4].lines[0], steps[5].lines
    assert (cut.y1, cut.y2, cut.x2) == (148.5, 148.5, 210)
    assert (fold.x1, fold.x2, fold.y2) == (105, 105, 148.5)
    assert len(staple) == 2
    assert all(line.x1 == 105 and 0 < line.y1 < line.y2 < 148.5 for line in staple)
    booklet_steps = procedure(plan_booklet(72, Binding.LEFT, 32), "A5", trial=False)
    assert [s.action for s in booklet_steps] == [Action.PRINT, Action.SECTIONS, Action.FOLD, Action.STAPLE]
    assert "8, 8, 2" in booklet_steps[1].words("en")
    assert "A4" in booklet_steps[0].words("en")
    assert "short edge" in booklet_steps[0].words("en")
    assert "long edge" in procedure(plan_booklet(8, Binding.LEFT), "A5", Edge.LONG)[0].words("en")
    alone = [s.words("en") for s in (*procedure(plan_four_up(8, Binding.LEFT), "A6", trial=False), *booklet_steps)]
    assert not [words for words in alone if "instructions" in words or "triangle" in words or "page 3" in words]
    with pytest.raises(ValueError, match="no sheet is known"):
        procedure(plan_four_up(8, Binding.LEFT), "A5")


@pytest.mark.parametrize("locale", LOCALES)
def test_every_step_has_words_in_every_language(locale: str) -> None:
    for edge in Edge:
        for step in (*procedure(plan_four_up(32, Binding.LEFT), "A6", edge), *procedure(plan_booklet(72, Binding.LEFT, 32), "A5", edge)):  # fmt: skip
            words = step.words(locale)
            assert len(words) > 10
            assert "{" not in words
            if step.action is Action.PRINT:
                assert step.paper in words
                assert "100" in words


def test_natural_edges() -> None:
    assert natural_edge(Shape.FOUR_UP) is Edge.LONG
    assert natural_edge(Shape.BOOKLET) is Edge.SHORT
