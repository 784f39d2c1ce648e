"""Structure is read from the text, with lines, and nothing in code or comments is taken for structure."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.content.model import ContentPage
from journey.content.parse import count_words, parse_page
from journey.layout import Layout
from journey.markup import mask_code

LAYOUT = Layout(Path("project"))


def parse(text: str, path: str = "docs/page.md") -> ContentPage:
    return parse_page(LAYOUT, PurePosixPath(path), text.encode())


def test_headings_have_level_text_id_and_line() -> None:
    page = parse("---\ntitle: A\n---\n\n## First {#one}\n\n### Second { .wide #two }\n\n## Third ##\n")
    assert [(h.level, h.text, h.anchor, h.line) for h in page.headings] == [
        (2, "First", "one", 5),
        (3, "Second", "two", 7),
        (2, "Third", None, 9),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "```\n# no heading [no](link.md)\n```\n",
        "````markdown\n```\n# no\n```\n[no](x.md)\n````\n",
        "~~~ text\n# no\n~~~\n",
        "<!-- # no\n[no](x.md) -->\n",
        "`[no](x.md)` and ``[no `](x.md)``\n",
        "    ```\n    # no\n    [no](x.md)\n    ```\n",
    ],
)
def test_code_and_comments_hold_no_structure(text: str) -> None:
    page = parse(text)
    assert not page.headings
    assert not page.links


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("[a](b.md)", ["b.md"]),
        ('[a](b.md "title")', ["b.md"]),
        ("[two\nlines](b.md)", ["b.md"]),
        ("[a](<b c.md>)", ["b c.md"]),
        ("[a](b_(c).md)", ["b_(c).md"]),
        ("![alt](p.svg)", ["p.svg"]),
        ("[![alt](p.svg)](b.md)", ["b.md", "p.svg"]),
        ("[a][x]\n\n[x]: b.md\n", ["b.md"]),
        ("Note.[^1]\n\n[^1]: See [a](b.md).\n", ["b.md"]),
        ('<a href="b.md">a</a>', ["b.md"]),
        ("[ ] no link (really)", []),
    ],
)
def test_links_are_found_in_every_form(text: str, targets: list[str]) -> None:
    assert [link.target for link in parse(text).links] == targets


def test_blocks_nest_and_know_whether_they_close() -> None:
    page = parse("/// tool | t\n\n/// key-messages\n\n///\n\n///\n\n//// case | c\n\n///\n")
    assert [(b.name, b.argument, b.line, b.closed) for b in page.blocks] == [
        ("tool", "t", 1, True),
        ("key-messages", "", 3, True),
        ("case", "c", 9, False),
    ]
    assert page.stray_fences == (11,)


def test_the_line_of_a_byte_that_is_not_utf8_is_named() -> None:
    page = parse_page(LAYOUT, PurePosixPath("docs/a.md"), b"one\ntwo \xff\n")
    assert [(p.rule, p.line) for p in page.problems] == [("C001", 2)]


def test_windows_line_ends_and_byte_order_mark_are_forgiven() -> None:
    page = parse_page(LAYOUT, PurePosixPath("docs/a.md"), b"\xef\xbb\xbf---\r\ntitle: A\r\n---\r\n\r\n## B {#b}\r\n")
    assert page.front_matter.values == {"title": "A"}
    assert page.headings[0].line == 5


def test_words_are_what_a_reader_reads() -> None:
    assert count_words("Two [words](far/away.md){.x}.[^1]\n\n[^1]: Not these words.\n\n/// key-messages\n") == 2


@given(st.text(alphabet=st.sampled_from(list("`~ab\n <!->[]()#/|{}"))))
def test_masking_moves_nothing(text: str) -> None:
    masked = mask_code(text)
    assert len(masked) == len(text)
    assert [i for i, c in enumerate(masked) if c == "\n"] == [i for i, c in enumerate(text) if c == "\n"]


@given(st.text())
def test_no_text_makes_the_parser_crash(text: str) -> None:
    page = parse_page(LAYOUT, PurePosixPath("modules/m/01-a.md"), text.encode("utf-8", "surrogatepass"))
    lines = text.count("\n") + text.count("\r") + 1
    assert all(1 <= heading.line <= lines for heading in page.headings)
