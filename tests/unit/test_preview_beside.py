"""Two languages side by side: what belongs together stands together."""

from __future__ import annotations

from journey.preview.beside import Row, align


def test_paragraphs_stand_beside_their_source() -> None:
    assert align("<p>ایک</p><p>دو</p>", "<p>One</p><p>Two</p>") == [
        Row("<p>ایک</p>", "<p>One</p>"),
        Row("<p>دو</p>", "<p>Two</p>"),
    ]


def test_headings_with_the_same_id_meet_whatever_is_missing_before_them() -> None:
    rows = align('<p>ایک</p><h2 id="b">ب</h2><p>دو</p>', '<p>One</p><p>More</p><h2 id="b">B</h2><p>Two</p>')
    assert rows == [
        Row("<p>ایک</p>", "<p>One</p>"),
        Row("", "<p>More</p>"),
        Row('<h2 id="b">ب</h2>', "<h2>B</h2>"),
        Row("<p>دو</p>", "<p>Two</p>"),
    ]


def test_a_heading_never_stands_beside_a_paragraph() -> None:
    rows = align("<h2>ب</h2><p>دو</p>", "<p>One</p><h2>B</h2><p>Two</p>")
    assert rows[0] == Row("", "<p>One</p>")
    assert rows[1] == Row("<h2>ب</h2>", "<h2>B</h2>")


def test_every_id_stands_on_the_page_once_and_definitions_do_not_count() -> None:
    rows = align(
        '<p id="a">ا</p><div class="term-definitions"><p id="t">x</p></div>',
        '<p id="a"><a class="term" aria-describedby="t">A</a></p>',
    )
    assert rows == [Row('<p id="a">ا</p>', '<p><a class="term">A</a></p>')]
