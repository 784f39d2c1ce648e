"""Citations, works and what is made of them: as an editor writes them, in six languages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path, PurePosixPath

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journey.papers.citations import find_citations, parse_cluster
from journey.papers.model import Citation
from journey.papers.parse import parse_bibliography
from journey.papers.style import Style, as_text

CASES = Path(__file__).parents[1] / "cases" / "papers"
BIB = PurePosixPath("research/x/references.bib")
EXTENSIONS = ["attr_list", "footnotes", "sane_lists", "tables", "toc", "journey.content.markdown"]


def works(text: str) -> Style:
    found = parse_bibliography(BIB, text.encode())
    assert not found.problems
    return Style(found, "en")


def to_html(text: str, style: Style | str, linked: bool = True) -> str:
    locale = style.locale if isinstance(style, Style) else "en"
    options = {"journey.papers.markdown": {"style": style, "linked": linked}}
    return markdown.markdown(
        text,
        extensions=[*EXTENSIONS, "journey.papers.markdown"],
        extension_configs={**options, "journey.content.markdown": {"locale": locale}},
    )


@pytest.mark.parametrize("case", sorted(CASES.glob("text.*.md")), ids=lambda case: case.name)
def test_citations_become_html(case: Path, golden: Callable[[Path, str], None]) -> None:
    found = parse_bibliography(BIB, (CASES / "references.bib").read_bytes())
    assert not found.problems
    style = Style(found, case.suffixes[0][1:])
    golden(case.with_suffix(".html"), to_html(case.read_text(encoding="utf-8"), style) + "\n")


def test_without_works_text_stays_as_it_is() -> None:
    assert to_html("As said [@a].", "") == "<p>As said [@a].</p>"


def test_an_export_names_works_without_links() -> None:
    style = works("@book{a, author={Khan, Ali}, title={T}, year={2020}}")
    html = to_html("As said [@a, p. 3].", style, linked=False)
    assert html == '<p>As said <span class="citations">(<span>Khan 2020, p. 3</span>)</span>.</p>'


@pytest.mark.parametrize(
    ("text", "citations"),
    [
        ("[@a]", (Citation("a"),)),
        ("[@ilo-2021:x, p. 12]", (Citation("ilo-2021:x", "p. 12"),)),
        ("[ @a ;@b,  table\n3 ]", (Citation("a"), Citation("b", "table 3"))),
        ("[@a, pp. 1, 3]", (Citation("a", "pp. 1, 3"),)),
    ],
)
def test_a_bracket_is_read(text: str, citations: tuple[Citation, ...]) -> None:
    clusters, suspects, _ = find_citations(text)
    assert [cluster.citations for cluster in clusters] == [citations]
    assert not suspects
    assert parse_cluster(text.strip("[]")) == citations


@pytest.mark.parametrize(
    "text",
    [
        "office@example.org",
        "[mail](mailto:office@example.org)",
        "`[@a]`",
        "```\n[@a]\n```",
        "<!-- [@a] -->",
        "\\[@a]",
        "[@a](https://example.org/@a)",
        "![@a](x.svg)",
        "<https://example.org/@a>",
        "[write to office@example.org]",
    ],
)
def test_what_is_no_citation(text: str) -> None:
    clusters, suspects, _ = find_citations(text)
    assert not clusters
    assert not [one for one in suspects if one.certain]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("[@a p. 12]", "comma"),
        ("[@a, @b]", "semicolon"),
        ("[see @a, p. 3]", "before the bracket"),
        ("[-@a]", "before the bracket"),
        ("[@a; p. 3]", "[@key, p. 12]"),
        ("As @a says", "[@a]"),
    ],
)
def test_what_looks_like_a_citation_is_explained(text: str, hint: str) -> None:
    clusters, suspects, _ = find_citations("\n\n" + text)
    assert not clusters
    assert len(suspects) == 1
    assert (suspects[0].line, suspects[0].keys[0]) == (3, "a")
    assert hint in suspects[0].hint


@pytest.mark.parametrize(
    ("bib", "line", "rule"),
    [
        (b"@book{a,\n title = {caf\xe9}\n}", 2, "R001"),
        (b"\n@book{a,\n title = {x}\n year = 2020\n}", 3, "R001"),
        (b"@book{a,\n title = {x}\n", 1, "R001"),
        (b"@book{a,\n title = {x\n}\n@book{b, title = {y}}", 1, "R001"),
        (b"@book{a, title = {x}}\n\nbook{b, title = {y}}", 3, "R001"),
        (b"@book{a, title = {x}}\nyear = 2020\n}", 2, "R001"),
        (b"@book{a, title = {x},\n title = {y}}", 1, "R001"),
        (b"@book{a b,\n title = {x}}", 1, "R001"),
        (b'@string{p = "Press"}\n@book{a,\n title = p # " of x"}', 3, "R001"),
        (b"@book{a,\n title = {\\title}}", 2, "R001"),
        (b"@book{a, title = {x}}\n@book{a, title = {y}}", 2, "R002"),
    ],
)
def test_a_broken_file_is_reported_with_its_line(bib: bytes, line: int, rule: str) -> None:
    problems = parse_bibliography(BIB, bib).problems
    assert [(one.line, one.rule) for one in problems] == [(line, rule)]
    assert problems[0].hint


def test_a_file_with_windows_line_ends_reads_the_same() -> None:
    data = (CASES / "references.bib").read_bytes()
    assert parse_bibliography(BIB, data.replace(b"\n", b"\r\n")) == parse_bibliography(BIB, data)


def test_letters_do_not_depend_on_the_order_of_the_file_nor_on_the_language() -> None:
    one = "@book{x, author={{ILO}}, title={B}, year={2020}}\n"
    two = "@book{y, author={{ILO}}, title={A}, year={2020}}\n"
    other = "@book{z, author={{ILO}}, title={A}, year={2021}}\n"
    assert works(one + two + other).letters == works(two + other + one).letters == {"y": "a", "x": "b"}
    assert Style(works(one + two).bibliography, "ur").letters == {"y": "a", "x": "b"}


def test_many_works_of_one_year_never_run_out_of_letters() -> None:
    text = "".join(f"@book{{k{n:02}, author={{{{ILO}}}}, title={{T{n:02}}}, year={{2020}}}}\n" for n in range(30))
    letters = works(text).letters
    assert (letters["k00"], letters["k25"], letters["k26"], letters["k29"]) == ("a", "z", "aa", "ad")
    assert len(set(letters.values())) == 30


def test_the_list_follows_the_alphabet_of_the_page() -> None:
    style = works("".join(f"@book{{{k}, author={{{n}, X.}}, title={{T}}, year={{2020}}}}\n" for k, n in
                          [("z", "Zaman"), ("e", "Élan"), ("f", "Fox")]))  # fmt: skip
    assert list(style.references) == ["e", "f", "z"]


def test_a_work_with_nothing_but_a_key_can_still_be_named() -> None:
    reference = works("@misc{lonely}").references["lonely"]
    assert as_text(reference.label) == "lonely n.d."
    assert as_text(reference.entry) == "lonely (n.d.)."


_COMMANDS = ("\\'", "\\begin", "\\frac", "\\title", "\\author", "@book", "@string", "@comment", "@preamble")
_WORDS = ("\n", "\r", " and ", "--", "é", "س", "title", "author", "year")
_PIECES = st.sampled_from([*_COMMANDS, *_WORDS, *' \\"@{}(),=#$%^_&~[];a'])


@given(st.lists(_PIECES, max_size=40).map("".join))
@settings(max_examples=400, deadline=None)
def test_no_file_and_no_text_stops_the_program(text: str) -> None:
    found = parse_bibliography(BIB, text.encode())
    for reference in Style(found, "ur").references.values():
        assert as_text(reference.entry)
    wrapped = f"@book{{a, title = {{{text}}}, author = {{{text}}}}}"
    parse_bibliography(BIB, wrapped.encode())
    find_citations(text)
    to_html(text, Style(found, "en"))
