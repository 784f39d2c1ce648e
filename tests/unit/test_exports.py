"""Question banks: Moodle XML is read back with an XML parser, GIFT with a parser that we did not write."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
import xml.etree.ElementTree as etree
from pathlib import PurePosixPath
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from journey.quizzes.bank import build_bank
from journey.quizzes.exports.gift import escape_gift, find_unrepresentable, render_gift
from journey.quizzes.exports.moodle_xml import option_fractions, render_moodle_xml, split_ordering, tolerance
from journey.quizzes.model import Item, Kind
from journey.quizzes.parse import parse_quizzes
from support import ROOT

NODE = ROOT / "tests" / "node"

ENGLISH = """\
/// question | m1-single-01
    objective: m1-o1
    points: 2

Which body keeps the **register**?

- [x] a. The institution: {social} = #1 ~ yes
  > Right, see ]]> there.
- [ ] b. The central bank
  > It settles payments.
- [ ] c. The ministry

> [!HINT]
> Who needs to know?

> [!HINT]
> For whom are contributions due?

> [!WHY]
> Registration comes first.
///

/// question | m1-multiple-01
    objective: m1-o1

Which are contingencies?

- [x] a. Sickness
- [x] b. Maternity
- [x] c. Old age
- [ ] d. Inflation
///

/// question | m1-true-01
    objective: m1-o1

Most people had cover in 1952.

- [ ] true.
  > No: most had none.
- [x] false.
  > Right.

> [!WHY]
> Cover grew later.
///

/// question | m1-true-02
    objective: m1-o1

So?

- [x] true. Yes, always
- [ ] false. No, never
///

/// question | m1-number-01
    objective: m1-o2

What share?

= 46.9 ± 0.5

> [!WHY]
> See the table.
///

/// question | m1-text-01
    objective: m1-o2

A social protection …

= floor
= 100 % * [sure]
= [plain] text
= %50% more
///

/// question | m1-gaps-01
    objective: m1-o2
    points: 6

C102 dates from [[year: = 1952]], has [[n: six / *nine / ten ~ #}]] branches, {1:is} a [[word: = Convention = a * b]].
///

/// question | m1-matching-01
    objective: m1-o2

Match.

| Instrument | Subject |
| --- | --- |
| a. C102 | *Minimum* standards |
| b. R202 | Floors: all = good |
///

/// question | m1-ordering-01
    objective: m1-o2

Order.

1. a. Diagnose
2. b. Design
3. c. Deliver

> [!HINT]
> Look first.
///

/// question | m1-reflection-01

How would you pay?

> [!MODEL]
> With contributions **and** taxes.
///

/// question | m1-scale-01
    type: scale

I can explain it.

- 1. Not yet
- 2. With help
- 3. On my own
  > Well done.
///
"""

URDU = """\
/// question | m1-single-01
رجسٹر کون رکھتا ہے؟

- b. مرکزی بینک
- a. ادارہ
  > جی ہاں۔
- c. وزارت
///

/// question | m1-text-01
سماجی تحفظ …

= منزل کی
///

/// question | m1-gaps-01
سال [[year]]، شاخیں [[n: چھ / نو / دس]]، ایک [[word: = کنونشن]]۔
///
"""


def to_html(text: str) -> str:
    """A Markdown library in miniature."""
    return re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", f"<p>{html.escape(text, quote=False)}</p>")


def items_of(locale: str = "en", english: str = ENGLISH) -> list[Item]:
    pages = [
        parse_quizzes(PurePosixPath("modules/m1/bank.md"), "en", english),
        parse_quizzes(PurePosixPath("modules/m1/bank.ur.md"), "ur", URDU),
    ]
    assert not any(page.problems for page in pages)
    bank = build_bank(pages)
    items = [bank.item(item_id, locale) for item_id in bank.sources]
    assert all(items)
    return [item for item in items if item]


def one_item(body: str, header: str = "") -> Item:
    bank = build_bank([parse_quizzes(PurePosixPath("a.md"), "en", f"/// question | a-01\n{header}\n{body}\n///\n")])
    item = bank.item("a-01")
    assert item is not None
    return item


def moodle(locale: str = "en") -> str:
    return render_moodle_xml(items_of(locale), locale, "m1", "2026.1", to_html)


def questions(text: str) -> dict[str, etree.Element]:
    root = etree.fromstring(text.encode())
    return {q.findtext("name/text", ""): q for q in root if q.get("type") != "category"}


def answers(question: etree.Element) -> list[tuple[str | None, str]]:
    return [(answer.get("fraction"), answer.findtext("text", "")) for answer in question.findall("answer")]


# --- Moodle XML -------------------------------------------------------------------------------------


def test_every_kind_becomes_a_question_type_of_moodle() -> None:
    assert {item.kind for item in items_of()} == set(Kind)
    assert {name: q.get("type") for name, q in questions(moodle()).items()} == {
        "m1-single-01": "multichoice",
        "m1-multiple-01": "multichoice",
        "m1-true-01": "truefalse",
        "m1-true-02": "multichoice",  # Moodle's true/false has no room for the author's words
        "m1-number-01": "numerical",
        "m1-text-01": "shortanswer",
        "m1-gaps-01": "cloze",
        "m1-matching-01": "matching",
        "m1-ordering-01": "ordering",
        "m1-reflection-01": "essay",
        "m1-scale-01": "multichoice",
    }


def test_categories_name_module_objective_and_release() -> None:
    root = etree.fromstring(moodle().encode())
    assert [path.text for path in root.iterfind("question/category/text")] == [
        "$course$/top/m1/m1-o1 (2026.1)",
        "$course$/top/m1/m1-o2 (2026.1)",
        "$course$/top/m1 (2026.1)",
    ]
    slashed = render_moodle_xml(items_of()[:1], "en", "a/b", "2026/1", to_html)
    assert "$course$/top/a//b/m1-o1 (2026//1)" in slashed


def test_a_single_choice_keeps_feedback_hints_points_tags_and_id() -> None:
    question = questions(moodle())["m1-single-01"]
    assert [fraction for fraction, _ in answers(question)] == ["100", "0", "0"]
    assert question.findtext("answer/text") == (
        '<div lang="en" dir="ltr"><p>The institution: {social} = #1 ~ yes</p></div>'
    )
    assert question.findtext("answer/feedback/text") == '<div lang="en" dir="ltr"><p>Right, see ]]&gt; there.</p></div>'
    assert len(question.findall("hint")) == 2
    assert "Registration comes first." in question.findtext("generalfeedback/text", "")
    assert question.findtext("defaultgrade") == "2"
    assert question.findtext("idnumber") == "m1-single-01-en"
    assert question.findtext("tags/tag/text") == "m1-o1"
    assert (question.findtext("single"), question.findtext("shuffleanswers")) == ("true", "true")
    assert question.findtext("answernumbering") == "abc"


def test_words_of_a_translation_carry_language_and_direction() -> None:
    found = questions(moodle("ur"))
    question = found["m1-single-01"]
    assert question.findtext("questiontext/text") == '<div lang="ur" dir="rtl"><p>رجسٹر کون رکھتا ہے؟</p></div>'
    assert answers(question)[0] == ("100", '<div lang="ur" dir="rtl"><p>ادارہ</p></div>')
    assert question.findtext("idnumber") == "m1-single-01-ur"
    assert question.findtext("answernumbering") == "none"  # Moodle has no Urdu letters
    stem = found["m1-multiple-01"].findtext("questiontext/text", "")
    assert re.fullmatch(r'<div lang="ur" dir="rtl">.+</div><div lang="en" dir="ltr"><p>Which are .+</p></div>', stem)


def test_ticking_everything_earns_nothing() -> None:
    worth = option_fractions(next(item for item in items_of() if item.kind is Kind.MULTIPLE))
    assert worth == {"a": "33.33333", "b": "33.33333", "c": "33.33333", "d": "-100"}


@given(st.integers(1, 10), st.integers(0, 12))
def test_fractions_reward_knowledge_only(right: int, wrong: int) -> None:
    marks = [("x", n) for n in range(right)] + [(" ", n) for n in range(right, right + wrong)]
    body = "\n".join(f"- [{mark}] {'abcdefghijklmnopqrstuvwxyz'[n]}. O{n}" for mark, n in marks)
    worth = option_fractions(one_item(f"Which?\n\n{body}", "    type: multiple"))
    values = [float(value) for value in worth.values()]
    assert sum(value for value in values if value > 0) == pytest.approx(100, abs=0.001)
    assert wrong == 0 or sum(values) <= 0.001
    assert all(value < 0 for value in values[right:])


@pytest.mark.parametrize("mark", ["x", " "])
def test_a_key_that_moodle_does_not_take_is_an_error(mark: str) -> None:
    body = "\n".join(f"- [{mark}] {letter}. {letter}" for letter in "abcdefghijk")
    with pytest.raises(ValueError, match="a-01"):
        option_fractions(one_item(f"Which?\n\n{body}", "    type: multiple"))


def test_true_and_false_are_moodles_own_words() -> None:
    question = questions(moodle())["m1-true-01"]
    assert answers(question) == [("0", "true"), ("100", "false")]
    assert "No: most had none." in question.findtext("answer/feedback/text", "")


def test_a_number_keeps_its_tolerance() -> None:
    question = questions(moodle())["m1-number-01"]
    assert answers(question) == [("100", "46.9")]
    assert question.findtext("answer/tolerance") == "0.5"
    assert tolerance(one_item("S\n\n= 40 … 50").spans[0]) == "5"


def test_a_star_in_a_short_answer_is_a_star() -> None:
    question = questions(moodle())["m1-text-01"]
    assert question.findtext("usecase") == "0"
    assert [text for _, text in answers(question)] == ["floor", "100 % \\* [sure]", "[plain] text", "%50% more"]


def test_urdu_answers_are_accepted_from_an_arabic_keyboard() -> None:
    assert [text for _, text in answers(questions(moodle("ur"))["m1-text-01"])] == ["منزل کی", "منزل كي"]


# Moodle's own expressions (question/type/multianswer/questiontype.php), shortened to what we write.
ALTERNATIVE = r"(?:(=|%-?[0-9]+%)?(.+?(?<!\\)(?<!&)(?<!&amp;)(?=[~#}]|$)))"
GAP = re.compile(rf"\{{([0-9]*):(NUMERICAL|MULTICHOICE|SHORTANSWER):({ALTERNATIVE}(?:~{ALTERNATIVE})*)\}}", re.S)


def gaps_as_moodle_reads(text: str) -> list[tuple[str, str, list[tuple[bool, str]]]]:
    return [
        (m[1], m[2], [(a[1] == "=", html.unescape(a[2])) for a in re.finditer(f"~?{ALTERNATIVE}", m[3], re.S)])
        for m in GAP.finditer(text)
    ]


def test_gaps_become_numbers_choices_and_words() -> None:
    text = questions(moodle())["m1-gaps-01"].findtext("questiontext/text", "")
    assert gaps_as_moodle_reads(text) == [
        ("2", "NUMERICAL", [(True, "1952:0")]),
        ("2", "MULTICHOICE", [(False, "six"), (True, "nine"), (False, "ten ~ #}")]),
        ("2", "SHORTANSWER", [(True, "Convention"), (True, r"a \* b")]),
    ]
    assert "&#123;1:is}" in text


def test_gaps_of_a_translation_take_their_key_from_the_source() -> None:
    text = questions(moodle("ur"))["m1-gaps-01"].findtext("questiontext/text", "")
    assert gaps_as_moodle_reads(text) == [
        ("2", "NUMERICAL", [(True, "1952:0")]),
        ("2", "MULTICHOICE", [(False, "چھ"), (True, "نو"), (False, "دس")]),
        ("2", "SHORTANSWER", [(True, "کنونشن"), (True, "كنونشن")]),
    ]


@given(st.text(st.characters(exclude_characters="[]\r\n", exclude_categories=["Cs", "Cc"]), min_size=1))
@example("~#}{=\\%50%&")
@example("a&")
def test_any_word_survives_in_a_gap(word: str) -> None:
    item = one_item(f"So [[n: x{word.replace('/', '')} / *right]].")
    text = questions(render_moodle_xml([item], "en", "m", "1", to_html))["a-01"].findtext("questiontext/text", "")
    shown = gaps_as_moodle_reads(text)[0][2][0][1]
    assert html.unescape(shown) == item.source.gaps[0].choices[0]


def test_a_gap_that_gets_lost_is_an_error() -> None:
    with pytest.raises(ValueError, match="year"):
        render_moodle_xml([one_item("In [[year: = 1952]].")], "en", "m", "1", lambda text: "<p></p>")


def test_matching_pairs_rows() -> None:
    rows = questions(moodle())["m1-matching-01"].findall("subquestion")
    assert [(row.findtext("text"), row.findtext("answer/text")) for row in rows] == [
        ('<div lang="en" dir="ltr"><p>C102</p></div>', "Minimum standards"),
        ('<div lang="en" dir="ltr"><p>R202</p></div>', "Floors: all = good"),
    ]


def test_ordering_stands_apart_and_always_shows_the_number_of_right_places() -> None:
    others, ordering = split_ordering(items_of())
    assert [item.id for item in ordering] == ["m1-ordering-01"]
    assert len(others) == len(items_of()) - 1
    question = questions(render_moodle_xml(ordering, "en", "m1", "2026.1", to_html))["m1-ordering-01"]
    assert question.findtext("shownumcorrect") == "1"
    assert question.findtext("hint/shownumcorrect") == "1"
    assert [(place, html.unescape(re.sub("<[^>]*>", "", text))) for place, text in answers(question)] == [
        ("1.0000000", "Diagnose"),
        ("2.0000000", "Design"),
        ("3.0000000", "Deliver"),
    ]


def test_reflection_and_scale_are_worth_nothing_and_nobody_is_wrong() -> None:
    found = questions(moodle())
    essay, scale = found["m1-reflection-01"], found["m1-scale-01"]
    assert (essay.findtext("defaultgrade"), essay.findtext("responserequired")) == ("0", "0")
    assert "contributions <strong>and</strong> taxes" in essay.findtext("graderinfo/text", "")
    assert (scale.findtext("defaultgrade"), scale.findtext("shuffleanswers")) == ("0", "false")
    assert {fraction for fraction, _ in answers(scale)} == {"100"}


@given(st.text())
@example("a ]]> b <![CDATA[ c")
def test_any_text_survives_in_xml(text: str) -> None:
    item = one_item("Which?\n\n= x")
    document = render_moodle_xml([item], "en", "m", "1", lambda _: text)
    found = questions(document)["a-01"].findtext("questiontext/text", "")
    clean = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", text.replace("\r\n", "\n").replace("\r", "\n"))
    assert found == f'<div lang="en" dir="ltr">{clean}</div>'


@pytest.mark.parametrize("locale", ["en", "ur"])
def test_the_same_items_give_the_same_bytes(locale: str) -> None:
    assert moodle(locale).encode() == moodle(locale).encode()
    assert gift(locale).encode() == gift(locale).encode()


# --- GIFT -------------------------------------------------------------------------------------------


def gift(locale: str = "en") -> str:
    return render_gift(items_of(locale), locale, "m1", "2026.1", to_html)


def unescape_gift(text: str) -> str:
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] == "n" else match[1], text)


@given(st.text() | st.text("\\~=#{}:n\n\r/[%-> ").map(str))
def test_any_text_survives_in_gift(text: str) -> None:
    escaped = escape_gift(text)
    assert unescape_gift(escaped) == text.replace("\r\n", "\n").replace("\r", "\n")
    assert "\n" not in escaped
    assert not re.search(r"(?<!\\)(?:\\\\)*[~=#{}:]", re.sub(r"\\[~=#{}:]", "", escaped.replace("\\\\", "")))


def test_what_gift_can_not_carry_is_named() -> None:
    assert [item.id for item in find_unrepresentable(items_of())] == ["m1-gaps-01", "m1-ordering-01"]
    assert "m1-gaps-01" not in gift()
    arrow = one_item("S\n\n= a -> b")  # GIFT would take it for a matching
    assert find_unrepresentable([arrow]) == [arrow]


def read_gift(text: str) -> list[dict[str, Any]]:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed: a parser of GIFT that is not ours needs it")
    if not (NODE / "node_modules").is_dir():
        pytest.skip("gift-pegjs is not installed: run `npm ci --ignore-scripts` in tests/node")
    done = subprocess.run(
        [node, "parse-gift.mjs"], cwd=NODE, input=text, capture_output=True, text=True, encoding="utf-8", timeout=60
    )
    assert done.returncode == 0, done.stderr
    parsed: list[dict[str, Any]] = json.loads(done.stdout)
    return parsed


def test_a_parser_that_is_not_ours_reads_every_question() -> None:
    parsed = read_gift(gift())
    assert [one["title"] for one in parsed if one["type"] == "Category"] == [
        "$course$/top/m1/m1-o1 (2026.1)",
        "$course$/top/m1/m1-o2 (2026.1)",
        "$course$/top/m1 (2026.1)",
    ]
    found = {one["title"]: one for one in parsed if one["type"] != "Category"}
    assert {name: one["type"] for name, one in found.items()} == {
        "m1-single-01": "MC",
        "m1-multiple-01": "MC",
        "m1-true-01": "TF",
        "m1-true-02": "MC",
        "m1-number-01": "Numerical",
        "m1-text-01": "Short",
        "m1-matching-01": "Matching",
        "m1-reflection-01": "Essay",
        "m1-scale-01": "MC",
    }
    single = found["m1-single-01"]
    assert (single["id"], single["tags"]) == ("m1-single-01-en", ["m1-o1"])
    assert single["stem"] == {
        "format": "html",
        "text": '<div lang="en" dir="ltr"><p>Which body keeps the <strong>register</strong>?</p></div>',
    }
    right = single["choices"][0]
    assert right["isCorrect"]
    assert right["text"]["format"] == "html"
    assert right["text"]["text"] == '<div lang="en" dir="ltr"><p>The institution: {social} = #1 ~ yes</p></div>'
    assert "]]&gt; there." in right["feedback"]["text"]
    assert "Registration comes first." in single["globalFeedback"]["text"]
    assert [choice["weight"] for choice in found["m1-multiple-01"]["choices"]] == [33.33333, 33.33333, 33.33333, -100]
    assert found["m1-true-01"]["isTrue"] is False
    # gift-pegjs calls Moodle's first feedback, that for who is wrong, the one for "true".
    assert "No: most had none." in found["m1-true-01"]["trueFeedback"]["text"]
    assert "Right." in found["m1-true-01"]["falseFeedback"]["text"]
    assert found["m1-number-01"]["choices"][0]["text"] == {"type": "range", "number": 46.9, "range": 0.5}
    assert [choice["text"]["text"] for choice in found["m1-text-01"]["choices"]] == [
        "floor",
        r"100 % \* [sure]",
        "[plain] text",
        "%50% more",
    ]
    assert [pair["subquestion"]["text"] for pair in found["m1-matching-01"]["matchPairs"]] == [
        '<div lang="en" dir="ltr"><p>C102</p></div>',
        '<div lang="en" dir="ltr"><p>R202</p></div>',
    ]
    scale = found["m1-scale-01"]["choices"]
    assert [(choice["isCorrect"], choice["weight"]) for choice in scale] == [(True, None), (False, 100), (False, 100)]


def test_a_parser_that_is_not_ours_reads_urdu() -> None:
    found = {one["title"]: one for one in read_gift(gift("ur")) if one["type"] != "Category"}
    single = found["m1-single-01"]
    assert single["id"] == "m1-single-01-ur"
    assert single["stem"]["text"] == '<div lang="ur" dir="rtl"><p>رجسٹر کون رکھتا ہے؟</p></div>'
    assert [choice["isCorrect"] for choice in single["choices"]] == [True, False, False]
    assert 'lang="en" dir="ltr"' in found["m1-multiple-01"]["stem"]["text"]
