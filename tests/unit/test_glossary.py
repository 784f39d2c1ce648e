"""Concepts are read with lines, found in texts of six languages, and travel to translators and back."""

from __future__ import annotations

import csv
import io
import re
import xml.etree.ElementTree as etree
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.glossary.collate import letters_of, sort_key
from journey.glossary.exports.table import TableError, find_changes, read_table, write_table
from journey.glossary.exports.tbx import NAMESPACE, write_tbx
from journey.glossary.fold import fold, fold_form
from journey.glossary.markdown import TermLinks
from journey.glossary.match import Matcher, plural_of
from journey.glossary.model import Glossary
from journey.glossary.parse import build_glossary, parse_glossary
from journey.glossary.usage import parse_text_page, terms_used
from journey.glossary.write import apply_changes
from journey.locales import LOCALES

CASES = Path(__file__).parents[1] / "cases" / "glossary"
LANGUAGES = ["en", "ur", "km", "zh", "fr", "es"]


def file_of(locale: str) -> Path:
    return CASES / ("glossary.md" if locale == "en" else f"glossary.{locale}.md")


@pytest.fixture(scope="module")
def glossary() -> Glossary:
    pages = [
        parse_glossary(PurePosixPath(file_of(code).name), code, file_of(code).read_text(encoding="utf-8"))
        for code in LANGUAGES
    ]
    assert not [problem for page in pages for problem in page.problems]
    return build_glossary(pages)


def link(text: str, locale: str, glossary: Glossary, page: str = "../glossary/") -> str:
    options = {"glossary": glossary, "matcher": Matcher(glossary, locale), "page": page, "locale": locale}
    extensions = [
        "attr_list",
        "tables",
        "footnotes",
        "admonition",
        "journey.content.markdown",
        "journey.glossary.markdown",
    ]
    return markdown.markdown(text, extensions=extensions, extension_configs={"journey.glossary.markdown": options})


@pytest.mark.parametrize("locale", LANGUAGES)
def test_linking(locale: str, glossary: Glossary, golden: Callable[[Path, str], None]) -> None:
    text = (CASES / f"text.{locale}.md").read_text(encoding="utf-8")
    golden(CASES / f"text.{locale}.html", link(text, locale, glossary) + "\n")


def found(text: str, locale: str, glossary: Glossary) -> list[str]:
    return [text[match.start : match.end] for match in Matcher(glossary, locale).find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Social protection and social insurance.", ["Social protection", "social insurance"]),
        ("the National Social Protection Council", []),
        ("he wrote to the Registry", []),
        ("Registries differ; one registry is new.", ["Registries", "registry"]),
        ("a non-registry and registry-like thing", []),
        ("An MIS, not a mis or a MISS.", ["MIS"]),
        ("SOCIAL\u00a0PROTECTION", []),
        ("social\nprotection", ["social\nprotection"]),
        ("biosocial protections2", []),
        ("social protection\u200b, then", ["social protection"]),
        ("Under ILO Convention No. 102 and the convention no. 102", ["ILO Convention No. 102", "convention no. 102"]),
        ("two rules of law and a rule of law", ["rules of law", "rule of law"]),
        ("a national social protection strategy for all", ["social protection strategy for all"]),
    ],
)
def test_english_words(text: str, expected: list[str], glossary: Glossary) -> None:
    assert found(text, "en", glossary) == expected


@pytest.mark.parametrize(
    ("locale", "text", "expected"),
    [
        ("ur", "یہ سماجى تحفظ ہے", ["سماجى تحفظ"]),  # Arabic alef maksura for yeh
        ("ur", "سوشل سیکیورٹی اور سماجی تحفّظ", ["سوشل سیکیورٹی", "سماجی تحفّظ"]),
        ("ur", "غیرسماجی تحفظات", []),
        ("km", "ការគាំពារសង្គមសម្រាប់ទាំងអស់គ្នា", ["ការគាំពារសង្គម"]),
        ("km", "សោធនរបស់គាត់ និងវិសោធនកម្ម", ["សោធន"]),  # the second is "amendment"
        ("km", "បទពិសោធន៍ 🙂 សោធន", ["សោធន"]),  # "experience"; ICU counts the face as two
        ("zh", "中国的社会保护制度与社会保险", ["社会保护", "社会保险"]),
        ("fr", "La protection sociale et les registres", ["protection sociale", "registres"]),
    ],
)
def test_words_of_other_languages(locale: str, text: str, expected: list[str], glossary: Glossary) -> None:
    assert found(text, locale, glossary) == expected


def test_khmer_ta_and_da_below_a_coeng_are_one_to_the_reader() -> None:
    assert fold_form("ក\u17d2\u178a") == fold_form("ក\u17d2\u178f")


def test_the_longest_term_wins(glossary: Glossary) -> None:
    assert found("the social registry of the district", "en", glossary) == ["social registry"]


@given(st.text(max_size=60))
def test_every_folded_letter_knows_where_it_came_from(text: str) -> None:
    folded, places = fold(text)
    assert len(places) == len(folded) + 1
    assert list(places) == sorted(places)
    assert places[-1] == len(text)


WORDS = st.sampled_from(
    ["social protection", "Social insurance", "registry", "MIS", "`registry`", "[registry](a.md)", "**social** protection",
     "[x](term:registry)", "<b>MIS</b>", "<kbd>registry</kbd>", '<a href="b.md">our *registry* MIS</a>',
     '<span class="no-term">a registry</span>', "<i>registry</i>", "# registry", "\n\n", "- ", "| a |", "registry{.no-term}", "*registry*{.no-term}", "&amp;", "text"]
)  # fmt: skip


@given(st.lists(WORDS, max_size=30).map(" ".join))
def test_linking_changes_no_visible_text_and_never_nests_links(text: str) -> None:
    pages = [parse_glossary(PurePosixPath("glossary.md"), "en", file_of("en").read_text(encoding="utf-8"))]
    words = build_glossary(pages)
    with_links, without = link(text, "en", words), link(text, "en", words, page="")

    def visible(html: str) -> str:
        root = etree.fromstring(f"<div>{html}</div>".replace("&nbsp;", " "))
        for parent in list(root.iter()):
            for child in list(parent):
                if child.get("class") == "term-definitions":
                    parent.remove(child)
        return re.sub(r"\s+", " ", "".join(root.itertext())).strip()

    assert visible(with_links) == visible(without)
    root = etree.fromstring(f"<div>{with_links}</div>".replace("&nbsp;", " "))
    assert not [inner for outer in root.iter("a") for inner in outer.iter("a") if inner is not outer]
    linked = [one.get("href") for one in root.iter("a") if one.get("class") == "term" and (one.text or "") != "x"]
    assert len(linked) == len(set(linked)), "only the first use"


def test_plurals() -> None:
    assert [plural_of(word) for word in ("policy", "box", "scheme", "key", "branch")] == [
        "policies",
        "boxes",
        "schemes",
        "keys",
        "branches",
    ]


def test_the_order_is_that_of_the_alphabet() -> None:
    assert sorted(["ے", "پ", "ب", "آ", "ٹ"], key=sort_key("ur")) == ["آ", "ب", "پ", "ٹ", "ے"]
    assert sorted(["中", "阿", "保"], key=sort_key("zh")) == ["阿", "保", "中"]  # a, bao, zhong
    assert sorted(["zone", "été", "eau"], key=sort_key("fr")) == ["eau", "été", "zone"]
    assert letters_of("zh", ["保险", "社会"]) == {"保险": "B", "社会": "S"}
    assert letters_of("km", ["គោល"]) == {"គោល": "គ"}


def test_the_lines_of_problems_are_right() -> None:
    page = parse_glossary(
        PurePosixPath("g.md"),
        "en",
        "---\ntitle: G\n---\n\n## One {#one}\n\nText.\n\n- alzo: two\n- confidence: high\n\n## No id\n",
    )
    assert [(problem.line, problem.rule) for problem in page.problems] == [(9, "G001"), (10, "G001"), (12, "G001")]


def test_labels_are_told_from_other_lists_and_may_go_on_on_the_next_line(glossary: Glossary) -> None:
    words = {concept.id: concept for concept in glossary.pages["en"].concepts}
    assert "- scope: who is meant;" in words["strategy"].more
    assert [form.text for form in words["rule-of-law"].variants] == [
        "law and order, properly so called",
        "government under law",
    ]
    assert "example" not in words


def test_khmer_labels_may_have_a_khmer_colon() -> None:
    page = parse_glossary(PurePosixPath("glossary.km.md"), "km", "## បញ្ជី {#registry}\n\n- also៖ បញ្ជីឈ្មោះ\n")
    assert [form.text for form in page.concepts[0].variants] == ["បញ្ជីឈ្មោះ"]
    assert not page.problems


def test_a_misspelt_label_is_no_text() -> None:
    page = parse_glossary(PurePosixPath("glossary.md"), "en", "## Registry {#registry}\n\nA list.\n\n- alsoo: roll\n")
    assert ["alsoo" in problem.message for problem in page.problems] == [True]


def test_labels_may_be_in_the_language_of_the_page() -> None:
    page = parse_glossary(
        PurePosixPath("g.fr.md"), "fr", "## Registre {#registry}\n\n- aussi : fichier, répertoire\n- sigle : RS\n"
    )
    assert not page.problems
    assert [form.text for form in page.concepts[0].variants] == ["fichier", "répertoire"]
    assert page.concepts[0].abbreviations[0].text == "RS"


def test_a_table_opens_in_a_spreadsheet_and_comes_back_unchanged(glossary: Glossary) -> None:
    text = write_table(glossary, LANGUAGES)
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert {len(row) for row in rows} == {len(rows[0])}
    assert find_changes(glossary, read_table(text)) == []


def test_a_changed_cell_is_reported_and_written_and_nothing_else(glossary: Glossary) -> None:
    before = {code: file_of(code).read_text(encoding="utf-8") for code in LANGUAGES}
    table = "id;term ur;also ur\nregistry;رجسٹر نو;اندراج کی کتاب\nsocial-protection;;\n"
    changes = find_changes(glossary, read_table(table))
    assert [(change.concept, change.field) for change in changes] == [("registry", "term"), ("registry", "also")]
    after = apply_changes(glossary, changes, before)
    assert list(after) == [PurePosixPath("glossary.ur.md")]
    text = after[PurePosixPath("glossary.ur.md")]
    assert "## رجسٹر نو {#registry}" in text and "- also: اندراج کی کتاب" in text
    page = parse_glossary(PurePosixPath("glossary.ur.md"), "ur", text)
    others = [c for c in page.concepts if c.id != "registry"]
    assert [(c.id, c.term, c.definition) for c in others] == [
        (c.id, c.term, c.definition) for c in glossary.pages["ur"].concepts if c.id != "registry"
    ]


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("term en\nx\n", "no column `id`"),
        ("id,trm ur\nregistry,x\n", "column 2: `trm ur`"),
        ("id,term ur\nregistry\n", "line 2: 1 cells"),
        ("id,term ur\nregistry,a\nregistry,b\n", "line 3: `registry` stands in line 2"),
        ("id,term ur\nregistri,a\n", "no concept `registri`"),
    ],
)
def test_a_table_that_can_not_be_read_says_where(table: str, message: str, glossary: Glossary) -> None:
    with pytest.raises(TableError, match=re.escape(message)):
        find_changes(glossary, read_table(table))


def test_tbx_has_the_structure_of_tbx_basic(glossary: Glossary) -> None:
    """ISO 30042:2019, dialect TBX-Basic, style DCA: elements, their nesting, and the dialect's values."""
    root = etree.fromstring(write_tbx(glossary, LANGUAGES, "Learning Journey"))
    space = f"{{{NAMESPACE}}}"
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    assert (root.tag, root.get("type"), root.get("style"), root.get(lang)) == (f"{space}tbx", "TBX-Basic", "dca", "en")
    assert [child.tag.removeprefix(space) for child in root] == ["tbxHeader", "text"]
    inside = {
        "tbxHeader": {"fileDesc"}, "fileDesc": {"titleStmt", "sourceDesc"}, "titleStmt": {"title"}, "sourceDesc": {"p"},
        "text": {"body"}, "body": {"conceptEntry"}, "conceptEntry": {"langSec"}, "langSec": {"descripGrp", "termSec"},
        "descripGrp": {"descrip", "admin"}, "termSec": {"term", "termNote", "note"}, "tbx": {"tbxHeader", "text"},
    }  # fmt: skip
    values = {
        "termType": {"fullForm", "abbreviation", "variant"},
        "administrativeStatus": {"preferredTerm-admn-sts", "admittedTerm-admn-sts", "deprecatedTerm-admn-sts"},
    }
    for element in root.iter():
        name = element.tag.removeprefix(space)
        assert {child.tag.removeprefix(space) for child in element} <= inside.get(name, set()), name
        if name == "termNote":
            assert element.text in values[element.get("type", "")]
        if name == "termSec":
            assert element[0].tag == f"{space}term", "the term comes first"
    entries = list(root.iter(f"{space}conceptEntry"))
    assert [entry.get("id") for entry in entries] == glossary.ids
    assert {section.get(lang) for section in entries[0]} == set(LANGUAGES)


def test_terms_for_a_book_are_those_of_its_pages_with_english_beside(glossary: Glossary) -> None:
    texts = ["سماجی تحفظ سب کے لیے ہے۔"]
    terms = terms_used(glossary, texts, "ur", linked=["registry"])
    assert {term[0] for term in terms} == {"social-protection", "registry"}
    assert {term[0]: term[3] for term in terms}["social-protection"] == "Social protection"
    assert [term[1] for term in terms] == sorted((term[1] for term in terms), key=sort_key("ur"))
    assert terms_used(glossary, ["Nothing here."], "en") == []


def test_targets_and_code_are_no_prose() -> None:
    page = parse_text_page(
        PurePosixPath("a.md"),
        PurePosixPath("a.md"),
        "en",
        "---\ntitle: registry\n---\n[a](registry.md) `registry` [b](term:registry)\n",
    )
    assert "registry" not in page.text
    assert [(one.text, one.line) for one in page.links] == [("registry", 4)]


def test_every_language_of_the_site_has_a_case() -> None:
    assert set(LANGUAGES) == set(LOCALES)
    assert TermLinks
