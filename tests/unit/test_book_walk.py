"""From Markdown to Typst: every element of the site's Markdown has a golden case, and each case can be set."""

from __future__ import annotations

import xml.etree.ElementTree as etree
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journey.books.html import HtmlError, parse_html
from journey.books.literals import literal
from journey.books.markdown import BookMarkdown
from journey.books.printed import Chunk, Page, Picture, WalkError
from journey.books.select import take_keys, take_notes
from journey.books.setting import Manuscript, SettingError, set_book
from journey.books.typeset import TypeSet
from journey.books.walk import Walk
from journey.locales import LOCALES
from journey.quizzes.bank import build_bank
from journey.quizzes.parse import parse_quizzes
from journey.wording import load_wording
from support import ROOT

CASES = Path(__file__).parents[1] / "cases"
EXTENSIONS = [
    "abbr",
    "admonition",
    "attr_list",
    "def_list",
    "footnotes",
    "md_in_html",
    "tables",
    "toc",
    "pymdownx.details",
    "pymdownx.highlight",
    "pymdownx.superfences",
    "journey.content.markdown",
]
OPTIONS = {"pymdownx.highlight": {"use_pygments": False}}


class Around:
    """Pictures from the folder of cases, one other page in the book."""

    def load_picture(self, target: str) -> Picture:
        return Picture((CASES / "books" / target).read_bytes(), "svg")

    def label_of(self, target: str) -> str | None:
        return {"#lists": "page#lists", "other.md#x": "other#x"}.get(target)

    def address_of(self, target: str) -> str | None:
        return target if target.startswith(("http", "mailto")) else None


def walk(text: str, locale: str, trim: str = "a5", items: str = "") -> tuple[list[str], Walk]:
    """The chunks of a text, and the walk that made them."""
    bank = build_bank([parse_quizzes(PurePosixPath("case.md"), "en", items)])
    root = parse_html(BookMarkdown(EXTENSIONS, OPTIONS, bank).page(text, PurePosixPath("modules/demo/page.md"), locale))
    notes = take_notes(root)
    page = Page("page", locale, trim, load_wording(locale), Around(), notes, 80, TypeSet(locale))
    walked = Walk(page)
    return [chunk.code for chunk in walked.chapter("Chapter", root)], walked


def manuscript(codes: list[str], walked: Walk, locale: str, trim: str = "a5") -> Manuscript:
    """The chunks as a book without cover; labels that the case links to stand at its end."""
    front = [
        '#import "/lib/lib.typ": *',
        *(f'#let {one} = speak.with("{one}", "{trim}")' for one in LOCALES),
        f'#let meta = (title: "T", author: "A", keywords: (), description: "", lang: "{locale}", trim: "{trim}", words: (page: "p."))',
        "#show: book.with(meta)",
    ]
    chunks = [Chunk(code, "") for code in codes]
    return Manuscript(front, chunks, (), walked.pictures)


@pytest.mark.parametrize("case", sorted((CASES / "books").glob("*.md")), ids=lambda case: case.name)
def test_every_element_has_a_printed_form(case: Path, golden: Callable[[Path, str], None]) -> None:
    locale = case.suffixes[0][1:]
    codes, walked = walk(case.read_text(encoding="utf-8"), locale)
    golden(case.with_suffix(".typ"), "\n".join(codes) + "\n")
    labels = ['#[#metadata(none)#label("other#x")]']
    if 'label("page#lists")' not in "\n".join(codes).replace("see(", ""):
        labels.append('#[#metadata(none)#label("page#lists")]')
    book = manuscript(codes, walked, locale)
    done = set_book(Manuscript(book.front, book.chunks, labels, book.pictures))
    assert done.pages >= 1


@pytest.mark.parametrize(
    "case",
    [
        case
        for case in sorted((CASES / "quizzes").glob("*.md"))
        if case.name not in ("final.md",) and ".ur." not in case.name
    ],
    ids=lambda case: case.name,
)
def test_every_kind_of_question_has_a_form_and_a_key_on_paper(case: Path, golden: Callable[[Path, str], None]) -> None:
    text = case.read_text(encoding="utf-8")
    pages = [parse_quizzes(PurePosixPath("case.md"), "en", text)]
    markdown = BookMarkdown(EXTENSIONS, OPTIONS, build_bank(pages))
    root = parse_html(markdown.page(text, PurePosixPath("case.md"), "en"))
    notes, keys = take_notes(root), take_keys(root)
    assert set(keys) == {item.id for item in pages[0].items}
    assert "print-key" not in etree.tostring(root, encoding="unicode")
    key = etree.Element("div")
    key.extend(keys.values())
    html = [etree.tostring(one, encoding="unicode") for one in (root, key)]
    golden(CASES / "print" / case.with_suffix(".html").name, "\n".join(html) + "\n")
    page = Page("page", "en", "a5", load_wording("en"), Around(), notes, typeset=TypeSet("en"))
    walked = Walk(page)
    codes = [chunk.code for tree in (root, key) for chunk in walked.blocks_of(tree)]
    golden(CASES / "print" / case.with_suffix(".typ").name, "\n".join(codes) + "\n")
    heading = '#en(heading(level: 1, [#"T";]))'
    set_book(manuscript([heading, *codes], walked, "en"))


def test_a_question_without_translation_keeps_two_languages_apart() -> None:
    """The question is English, the words around it Urdu; each is printed in its own letters."""
    bank = build_bank(
        parse_quizzes(PurePosixPath(case.name), "en", case.read_text(encoding="utf-8"))
        for case in sorted((CASES / "quizzes").glob("*.md"))
        if ".ur." not in case.name
    )
    root = parse_html(
        BookMarkdown(EXTENSIONS, OPTIONS, bank).questions(sorted(bank.sources), PurePosixPath("modules/demo"), "ur")
    )
    page = Page("page", "ur", "a5", load_wording("ur"), Around(), take_notes(root), typeset=TypeSet("ur"))
    walked = Walk(page)
    codes = [chunk.code for chunk in walked.blocks_of(root)]
    assert len(bank.sources) >= 10
    assert all(code.startswith("#ur(foreign(") for code in codes)
    set_book(manuscript(['#ur(heading(level: 1, [#"T";]))', *codes], walked, "ur"))


@pytest.mark.parametrize(
    ("text", "problem", "hint"),
    [
        ("<video src='x'></video>", "<video>", "only"),
        ("<marquee>x</marquee>", "<marquee>", "only"),
        ("![](assets/drop.svg)", "no description", "Say what it shows"),
        ("## Head[^a] {#h}\n\nText.\n\n[^a]: Note.", "footnote", "first sentence"),
        ("<table><tr><td>1</td></tr></table>", "no head", "names"),
        (
            "<table><tr><th>A</th><th>B</th></tr><tr><td colspan='2'>1</td></tr></table>",
            "2 cells",
            "none of them joined",
        ),
        ("<p lang='no language'>x</p>", "no language tag", "lang="),
    ],
)
def test_what_has_no_printed_form_is_an_error_that_says_what_to_do(text: str, problem: str, hint: str) -> None:
    with pytest.raises(WalkError) as error:
        walk(text, "en")
    assert problem in error.value.problem
    assert hint in error.value.hint


@pytest.mark.parametrize("text", ["<p>a", "a</p>", "<div><p>a</div>"])
def test_raw_html_must_be_closed(text: str) -> None:
    with pytest.raises(HtmlError):
        parse_html(text)


def test_a_sign_that_no_font_has_is_an_error_with_its_chunk() -> None:
    codes, walked = walk("Fine.\n\nNot fine: ꙮ.", "en")
    with pytest.raises(SettingError) as error:
        set_book(manuscript(codes, walked, "en"))
    assert error.value.missing == "ꙮ"
    assert error.value.chunk is not None and "Not fine" in error.value.chunk.code


def test_a_table_that_does_not_fit_names_itself() -> None:
    head = "| " + " | ".join("ناقابلِتقسیملفظ" * 3 for _ in range(6)) + " |\n" + "| --- " * 6 + "|\n"
    codes, walked = walk(head + "| a " * 6 + "|", "ur", "a6")
    with pytest.raises(SettingError) as error:
        set_book(manuscript(codes, walked, "ur", "a6"))
    assert error.value.wide.startswith("ناقابل")


def test_nothing_runs_off_a_page_unseen() -> None:
    codes, walked = walk("Text.", "en", "a6")
    with pytest.raises(SettingError, match="runs off page"):
        set_book(manuscript([*codes, "#en(block(breakable: false, { v(200mm); end-mark }))"], walked, "en", "a6"))


def test_a_tool_longer_than_a_page_goes_on_on_the_next() -> None:
    rows = "".join(f"| {number} | | |\n" for number in range(1, 31))
    text = f"/// tool | m1-tool-long\n\n**A long sheet**\n\n| Step | Days | Who |\n| --- | --- | --- |\n{rows}\nThe end.\n\n///"
    codes, walked = walk(text, "ur", "a6")
    assert set_book(manuscript(codes, walked, "ur", "a6")).pages >= 3


@settings(max_examples=15, deadline=None)
@given(st.lists(st.text(alphabet="# \"\\[]{}$*_<>@/;`~-='()ab", max_size=40), min_size=20, max_size=20))
def test_no_text_becomes_code(texts: list[str]) -> None:
    chunk = "#en([" + "".join(f"#par({literal('x' + text)});" for text in texts) + "])"
    codes, walked = walk("x", "en")
    set_book(manuscript([codes[0], chunk], walked, "en"))


def test_fonts_and_templates_are_in_the_package() -> None:
    settings_of_build = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert '"books/typ/*.typ"' in settings_of_build and '"books/fonts/*"' in settings_of_build
