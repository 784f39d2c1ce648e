"""Charts as readers meet them: drawn, told, listed; and data as editors write it."""

from __future__ import annotations

import csv
import io
import re
import xml.etree.ElementTree as etree
from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import markdown
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from charts_book import CASES, DATA, read_book
from journey.charts.canvas import WIDTH, Canvas, break_lines, measure
from journey.charts.kinds import Scale, _moments
from journey.charts.labels import Labels
from journey.charts.model import ChartBook, Text
from journey.charts.render import render_chart, render_print
from journey.charts.series import build_plot
from journey.charts.table import parse_cell, parse_table
from journey.layout import Layout
from journey.locales import LOCALES

BOOK = read_book()


@pytest.mark.parametrize("locale", ["en", "ur"])
@pytest.mark.parametrize("chart_id", BOOK.requests)
def test_chart(chart_id: str, locale: str, golden: Callable[[Path, str], None]) -> None:
    chart = BOOK.find_chart(chart_id)
    assert chart
    drawing = render_chart(chart, locale)
    etree.indent(drawing)
    golden(CASES / f"{chart_id}.{locale}.svg", etree.tostring(drawing, encoding="unicode") + "\n")


def test_chart_in_print(golden: Callable[[Path, str], None]) -> None:
    chart = BOOK.find_chart("t-stacked")
    assert chart
    golden(CASES / "t-stacked.ur.print.svg", render_print(chart, "ur").decode() + "\n")


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("chart_id", BOOK.requests)
def test_nothing_is_cut_off_and_nothing_has_a_colour_of_its_own(chart_id: str, locale: str) -> None:
    chart = BOOK.find_chart(chart_id)
    assert chart
    drawing = render_chart(chart, locale)
    height = float((drawing.get("viewBox") or "").split()[3])
    for element in drawing.iter():
        assert not {"stroke", "style"} & set(element.attrib)
        assert (element.get("fill") or "url(#").startswith("url(#")
        if element.tag == "text":
            x, width = float(element.get("x") or ""), measure(element.text or "")
            runs_back = (element.get("direction") or drawing.get("direction")) == "rtl"
            ends = {"start": (0, width), "end": (-width, 0), "middle": (-width / 2, width / 2)}
            before, after = ends[element.get("text-anchor") or "start"]
            low, high = (x - after, x - before) if runs_back else (x + before, x + after)
            assert low >= -1 and high <= WIDTH + 1, (element.text, low, high)
            assert 0 <= float(element.get("y") or "") <= height
        if element.tag == "rect" and "f-bed" not in (element.get("class") or ""):
            assert 0 <= float(element.get("x") or "") <= WIDTH
            assert float(element.get("x") or "") + float(element.get("width") or "") <= WIDTH + 0.01


def test_a_mirrored_chart_is_the_same_chart() -> None:
    """Every bar of the Urdu chart stands where the mirror image of the English one stands."""
    chart = BOOK.find_chart("t-columns")
    assert chart

    def bars(locale: str) -> list[tuple[float, float]]:
        bars = [one for one in render_chart(chart, locale).iter("rect") if one.get("class") == "f-fill"]
        return [(float(one.get("x") or ""), float(one.get("width") or "")) for one in bars]

    assert [(WIDTH - x - width, width) for x, width in bars("en")] == bars("ur")
    assert bars("en") != bars("ur")


def test_the_description_says_first_last_highest_and_lowest() -> None:
    chart = BOOK.find_chart("t-columns")
    assert chart
    english = render_chart(chart, "en").findtext("desc") or ""
    assert "first 10.4% (2000), last 7.2% (2015), highest 10.4% (2000), lowest 7.2% (2015)" in english
    french = render_chart(chart, "fr").findtext("desc") or ""
    assert "10,4\u00a0% (2000)" in french
    urdu = render_chart(chart, "ur")
    assert urdu.findtext("title") == "تحفظ کا دائرہ، ایک فرضی مثال"
    assert "پہلی قدر 10.4% (2000)" in (urdu.findtext("desc") or "")


def test_a_page_shows_caption_source_note_and_all_data() -> None:
    text = (
        "Before.\n\n/// chart | t-line\n    data: nothing.csv\n\nSee *both*[^1] lines.\n\n///\n\nAfter.\n\n"
        "/// chart | t-gone\n\nA sentence that stays.\n\n///\n\n[^1]: Note."
    )
    options = {"book": BOOK, "layout": Layout(Path("p"), docs="docs"), "src_uri": "page.md", "locale": "en"}
    options["book"] = BOOK
    html = markdown.markdown(
        text,
        extensions=["footnotes", "journey.charts.markdown"],
        extension_configs={"journey.charts.markdown": options},
    )
    figure = html[html.index("<figure") : html.index("</figure>")]
    assert '<figcaption>See <em>both</em><sup id="fnref:1">' in figure
    assert "nothing.csv" not in html
    assert 'Source: <span><a href="https://rivers.test/book">Rivers, <em>A Book</em>, 2021</a>, Table 3.' in figure
    assert "The method changed in 2010." in figure
    assert '<th scope="col">Year</th><th scope="col">Kenya</th><th scope="col">Pakistan</th>' in figure
    assert '<th scope="row">2000</th><td><bdi>10.4%</bdi></td><td>no figure</td>' in figure
    assert re.search(r'<a download="" href="[^"]*data/coverage.csv">', figure)
    assert "<p>A sentence that stays.</p>" in html
    assert html.index("Before") < html.index("<figure") < html.index("After")


def test_where_nothing_is_drawn_the_sentence_stays() -> None:
    html = markdown.markdown(
        "/// chart | t-line\n    kind: line\n\nSee both lines.\n\n///",
        extensions=["journey.charts.markdown"],
        extension_configs={"journey.charts.markdown": {"book": BOOK}},
    )
    assert html == "<p>See both lines.</p>"


def test_what_has_no_words_in_a_language_says_that_it_is_english() -> None:
    chart = BOOK.find_chart("t-rows")
    assert chart
    texts = [one for one in render_chart(chart, "ur").iter("text") if one.get("lang")]
    assert [one.text for one in texts] == ["Workers in homes, fields"]
    assert texts[0].get("lang") == "en" and texts[0].get("direction") == "ltr"


def test_months_and_countries_have_names_in_every_language() -> None:
    chart = BOOK.find_chart("t-line")
    assert chart
    labels = Labels(chart, build_plot(chart), "ur")
    assert labels.value("country", "KE").text == "کینیا"
    assert labels.value("year", "2024-11").text == "نومبر 2024"
    assert Labels(chart, build_plot(chart), "zh").value("year", "2024-11").text == "2024年11月"


CELL = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=12).map(str.strip)


@given(st.data())
def test_a_table_that_is_written_is_read_the_same(data: st.DataObject) -> None:
    heads = data.draw(st.lists(CELL.filter(bool), min_size=1, max_size=5, unique=True))
    assume(not (len(heads) == 1 and ";" in heads[0]))
    row = st.lists(CELL, min_size=len(heads), max_size=len(heads)).map(tuple)
    rows = data.draw(st.lists(row, min_size=1, max_size=6))
    assume(not heads[0].startswith("\ufeff"))
    out = io.StringIO()
    csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows([heads, *rows])
    table, problems = parse_table(DATA, out.getvalue().encode())
    assert not problems
    assert table and table.columns == tuple(heads) and table.rows == tuple(rows)
    assert len(table.lines) == len(rows)


@given(st.integers(2, 5), st.integers(1, 8), st.integers(0, 6), st.data())
def test_a_ragged_row_is_never_accepted(width: int, cells: int, before: int, data: st.DataObject) -> None:
    assume(cells != width)
    good = [",".join("x" * width)] * before
    text = "\n".join([",".join(f"c{n}" for n in range(width)), *good, ",".join("y" * cells), ",".join("x" * width)])
    table, problems = parse_table(DATA, text.encode())
    assert table is None
    assert [(one.rule, one.line) for one in problems] == [("D002", before + 2)]


def test_a_row_after_a_cell_of_two_lines_has_its_own_line() -> None:
    table, problems = parse_table(DATA, b'a,b\n"one\ntwo",2\n\n3,4\n')
    assert table and not problems
    assert table.lines == (2, 5)
    assert parse_table(DATA, b'a,b\n"one\ntwo",2\n\n3\n')[1][0].line == 5
    assert parse_table(DATA, b'a,b\n"one,2\n')[1][0].rule == "D002"


@pytest.mark.parametrize(
    ("text", "number"),
    [("46.9", "46.9"), ("-3", "-3"), ("0", "0"), ("", None), ("1,5", None), ("1 000", None), ("٤٦", None), ("nan", None), ("1e3", None)],
)  # fmt: skip
def test_only_plain_digits_are_a_number(text: str, number: str | None) -> None:
    assert parse_cell(text) == (None if number is None else Decimal(number))


NUMBERS = st.decimals("-1e9", "1e9", places=2)


@given(st.lists(NUMBERS, min_size=1, max_size=12), st.booleans())
def test_every_value_lies_on_its_scale(values: list[Decimal], from_zero: bool) -> None:
    chart = BOOK.find_chart("t-line")
    assert chart
    scale = Scale(values, Labels(chart, build_plot(chart), "en"), from_zero)
    assert all(-0.001 <= scale(value, 0, 100) <= 100.001 for value in values)
    assert len(scale.ticks) == len(scale.labels) >= 2
    assert 0 <= scale(scale.base, 0, 100) <= 100
    if from_zero:
        assert scale.base == 0


@pytest.mark.parametrize("locale", LOCALES)
def test_long_names_are_broken_and_lose_nothing(locale: str) -> None:
    texts = {
        "en": "Older persons who receive a pension of any kind, contributory or tax-financed",
        "ur": "بزرگ افراد جنہیں کسی بھی قسم کی پنشن ملتی ہے، چاہے حصہ داری سے یا ٹیکس سے",
        "km": "មនុស្សចាស់ដែលទទួលបានប្រាក់សោធនគ្រប់ប្រភេទ មិនថាតាមការបង់ភាគទាន ឬតាមពន្ធ",
        "zh": "领取任何形式养老金的老年人，无论其资金来自缴费还是来自税收，均包括在内",
    }
    text = texts.get(locale, texts["en"])
    lines = break_lines(text, WIDTH, locale)
    assert len(lines) > 1
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(measure(line) <= WIDTH for line in lines)


def test_a_line_breaks_at_an_empty_cell_and_passes_over_a_year_without_a_row() -> None:
    def runs(text: str) -> list[int]:
        table, problems = parse_table(DATA, text.encode())
        assert table and not problems
        book = ChartBook({DATA: table}, BOOK.provenances, BOOK.requests)
        chart = book.find_chart("t-line")
        assert chart
        paths = [one for one in render_chart(chart, "en").iter("path") if "f-line" in (one.get("class") or "")]
        return [(one.get("d") or "").count("L") for one in paths]

    head = "year,country,group,share,people\n"
    kenya = "2000,KE,all,1,\n2005,KE,all,2,\n2010,KE,all,3,\n2015,KE,all,4,\n"
    assert runs(head + kenya + "2000,PK,all,1,\n2015,PK,all,4,\n") == [3, 1]
    assert runs(head + kenya.replace("2005,KE,all,2", "2005,KE,all,") + "2000,PK,all,1,\n2015,PK,all,4,\n") == [1, 1]


def test_the_same_input_gives_the_same_bytes() -> None:
    for chart_id in BOOK.requests:
        first, second = BOOK.find_chart(chart_id), read_book().find_chart(chart_id)
        assert first and second
        assert render_print(first, "ur") == render_print(second, "ur")


@given(st.lists(st.tuples(st.floats(0, WIDTH), st.integers(1, 14)), min_size=1, max_size=12))
def test_moments_below_a_chart_never_touch(moments: list[tuple[float, int]]) -> None:
    class Names:
        def place(self, index: int) -> Text:
            return Text("0" * moments[index][1], "en")

    moments.sort()
    canvas = Canvas("t", "en")
    _moments(canvas, 0, [x for x, _ in moments], Names())  # type: ignore[arg-type]
    spans = []
    for element in canvas.root.iter("text"):
        middle, half = float(element.get("x") or ""), measure(element.text or "") / 2
        spans.append((middle - half, middle + half))
    assert spans and all(right <= left for (_, right), (left, _) in pairwise(spans))
