"""Items are read with lines, survive being written again, and no text makes the parser crash."""

from __future__ import annotations

import os
import random
import time
from dataclasses import replace
from decimal import Decimal
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.numbers import parse_number, parse_span
from journey.quizzes.bank import build_bank, find_kind
from journey.quizzes.model import Gap, ItemText, Kind, Option, Pair, Piece
from journey.quizzes.parse import parse_quizzes
from journey.quizzes.render import plain_text, seeded_order
from journey.quizzes.write import write_item
from support import ROOT

PATH = PurePosixPath("docs/quiz.md")


def parse_one(body: str, header: str = "") -> ItemText:
    page = parse_quizzes(PATH, "en", f"/// question | a-01\n{header}\n{body}\n///\n")
    assert not page.problems, page.problems
    return page.items[0]


@pytest.mark.parametrize(
    ("body", "header", "kind"),
    [
        ("Which?\n\n- [x] a. One\n- [ ] b. Two", "", Kind.SINGLE),
        ("Which?\n\n- [x] a. One\n- [x] b. Two", "", Kind.MULTIPLE),
        ("Which?\n\n- [x] a. One\n- [ ] b. Two", "    type: multiple", Kind.MULTIPLE),
        ("So?\n\n- [x] true.\n- [ ] false. No", "", Kind.TRUE_FALSE),
        ("How many?\n\n= 46.9 ± 0.5", "", Kind.NUMBER),
        ("How many?\n\n= 12", "    type: text", Kind.TEXT),
        ("Name it.\n\n= floor\n= the floor", "", Kind.TEXT),
        ("From [[year: = 1952]].", "", Kind.GAPS),
        ("Match.\n\n| A | B |\n| --- | --- |\n| a. One | Two |\n| b. Three | Four |", "", Kind.MATCHING),
        ("Order.\n\n1. a. One\n2. b. Two", "", Kind.ORDERING),
        ("Think.\n\n> [!MODEL]\n> So.", "", Kind.REFLECTION),
        ("I can.\n\n- 1. No\n- 2. Yes", "    type: scale", Kind.SCALE),
        ("Which?", "", None),
    ],
)
def test_the_kind_follows_from_what_is_written(body: str, header: str, kind: Kind | None) -> None:
    assert find_kind(parse_one(body, header)) is kind


@pytest.mark.parametrize(
    "body",
    [
        "Which?\n- [x] a. One\n- [ ] b. Two\n  > No.",  # no blank line before the list
        "Which?\n\n- [x] a. One\n\n- [ ] b. Two\n\n  > No.",  # blank lines between
        "Which?\n\n  - [x] a. One\n  - [ ] b. Two\n    > No.",  # indented by two
        "Which?\n\n* [X] a. One\n* [ ] b. Two\n  > No.",  # another bullet, another x
    ],
)
def test_what_is_unambiguous_is_forgiven(body: str) -> None:
    item = parse_one(body)
    assert [(o.key, o.text.text, o.right) for o in item.options] == [("a", "One", True), ("b", "Two", False)]
    assert item.options[1].feedback is not None
    assert item.options[1].feedback.text == "No."


def test_neighbouring_alerts_stay_apart() -> None:
    item = parse_one("Which?\n\n= x\n\n> [!HINT]\n> One.\n\n> [!HINT]\n> Two.\n> Three.\n> [!WHY]\n> Because.")
    assert [hint.text for hint in item.hints] == ["One.", "Two.\nThree."]
    assert item.why is not None
    assert item.why.text == "Because."


def test_gaps_in_code_are_none() -> None:
    assert [gap.name for gap in parse_one("`[[no: = 1]]` but [[yes: = 1]]").gaps] == ["yes"]


def test_every_value_knows_its_line() -> None:
    text = "---\ntitle: A\n---\n\n/// question | a-01\n    objective: m1-o1\n\nStem\n\n- [x] a. One\n  > Yes\n///\n"
    item = parse_quizzes(PATH, "en", text).items[0]
    assert (item.line, item.header_lines["objective"], item.stem.line) == (5, 6, 8)
    assert item.options[0].feedback is not None
    assert (item.options[0].text.line, item.options[0].feedback.line) == (10, 11)


def test_a_quiz_holds_its_items_and_its_options() -> None:
    text = "/// quiz | q\n    kind: post-test\n    attendance: 60\n\nRead first.\n\n/// question | a-01\nS\n\n= x\n///\n\n///\n"
    page = parse_quizzes(PATH, "en", text)
    quiz = page.assessments[0]
    assert (quiz.header, quiz.nested) == ({"kind": "post-test", "attendance": 60}, ("a-01",))
    assert quiz.intro is not None
    assert quiz.intro.text == "Read first."
    assert page.items[0].assessment == "q"


def test_words_come_from_the_translation_and_the_key_from_the_source() -> None:
    source = parse_quizzes(PATH, "en", "/// question | a-01\nWhich?\n\n- [x] a. One\n- [ ] b. Two\n///\n")
    words = parse_quizzes(
        PurePosixPath("docs/quiz.ur.md"), "ur", "/// question | a-01\nکون؟\n\n- b. دو\n- a. ایک\n///\n"
    )
    item = build_bank([source, words]).item("a-01", "ur")
    assert item is not None
    assert item.words.stem.text == "کون؟"
    assert item.right_keys() == {"a"}
    fallback = build_bank([source, words]).item("a-01", "km")
    assert fallback is not None
    assert not fallback.is_translated


def test_draws_are_the_same_in_every_build() -> None:
    bank_page = parse_quizzes(
        PurePosixPath("modules/m/bank.md"),
        "en",
        "".join(f"/// question | a-0{n}\n    objective: m1-o1\n\nS\n\n= x\n///\n" for n in (3, 1, 2)),
    )
    unit = parse_quizzes(PurePosixPath("modules/m/index.md"), "en", "/// quiz | q\n    draw: {m1-o1: 2}\n///\n")
    bank = build_bank([unit, bank_page])
    assert bank.items_of(bank.assessments["q"]) == ["a-01", "a-02"]


@pytest.mark.parametrize("text", ["46.9", "46,9", "٤٦٫٩", "۴۶٫۹", "៤៦,៩", " 46.9 "])
def test_numbers_in_any_digits(text: str) -> None:
    assert parse_number(text) == Decimal("46.9")


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("46.9", "46.9", "46.9"),
        ("46.9 ± 0.5", "46.4", "47.4"),
        ("46.9 +- 0.5", "46.4", "47.4"),
        ("50 ± 2 %", "49", "51"),
        ("40 … 50", "40", "50"),
        ("40 .. 50", "40", "50"),
        ("-5 ... 5", "-5", "5"),
    ],
)
def test_spans(text: str, low: str, high: str) -> None:
    span = parse_span(text)
    assert span is not None
    assert (span.low, span.high) == (Decimal(low), Decimal(high))
    assert Decimal(low) in span


@pytest.mark.parametrize("text", ["floor", "1,234,567", "50 … 40", "5 ± -1", "", "NaN", "Infinity"])
def test_what_is_no_number(text: str) -> None:
    assert parse_span(text) is None


@given(st.lists(st.integers(), min_size=2, max_size=8, unique=True), st.text())
def test_a_shuffle_changes_the_order_and_loses_nothing(items: list[int], seed: str) -> None:
    shuffled = seeded_order(items, seed)
    assert sorted(shuffled) == sorted(items)
    assert shuffled != items
    assert shuffled == seeded_order(items, seed)


def test_menu_entries_hold_no_markup() -> None:
    assert plain_text("**Bold** and [a link](x.md) in `code` <br>") == "Bold and a link in code"


# --- parse → write → parse --------------------------------------------------------------------------

WORDS = st.lists(
    st.sampled_from(["Which", "پانچ", "ទ្វារ", "门", "office", "7", "**bold**", "[link](a.md)", "`code`"]),
    min_size=1,
    max_size=5,
).map(" ".join)
PIECES = WORDS.map(lambda text: Piece(text, 0))
LETTERS = "abcdefgh"


def options(marks: bool) -> st.SearchStrategy[tuple[Option, ...]]:
    return st.lists(st.tuples(WORDS, st.booleans(), st.none() | PIECES), min_size=2, max_size=5).map(
        lambda rows: tuple(
            Option(LETTERS[n], Piece(text, 0), right if marks else None, feedback)
            for n, (text, right, feedback) in enumerate(rows)
        )
    )


def gap_item(rows: list[tuple[list[str], int | None]]) -> dict[str, object]:
    gaps, stem = [], "Start"
    for n, (texts, right) in enumerate(rows):
        name = f"g{n}"
        if right is None:
            gaps.append(Gap(name, 0, accepted=tuple(texts)))
        else:
            gaps.append(Gap(name, 0, choices=tuple(texts), right=right % len(texts)))
        stem += f" [[{name}]] word"
    return {"stem": Piece(stem, 0), "gaps": tuple(gaps)}


PLAIN = st.sampled_from(["six", "نو", "nine", "ដប់", "ten"])
BODIES = st.one_of(
    st.fixed_dictionaries({"stem": PIECES, "options": options(True)}),
    st.fixed_dictionaries({"stem": PIECES, "options": options(False)}),
    st.fixed_dictionaries({"stem": PIECES, "steps": options(False)}),
    st.fixed_dictionaries({"stem": PIECES, "answers": st.lists(PIECES, min_size=1, max_size=3).map(tuple)}),
    st.fixed_dictionaries({"stem": PIECES, "model": PIECES}),
    st.fixed_dictionaries(
        {
            "stem": PIECES,
            "pair_head": st.tuples(WORDS, WORDS),
            "pairs": st.lists(st.tuples(PIECES, PIECES), min_size=1, max_size=4).map(
                lambda rows: tuple(Pair(LETTERS[n], left, right) for n, (left, right) in enumerate(rows))
            ),
        }
    ),
    st.lists(
        st.tuples(st.lists(PLAIN, min_size=2, max_size=4), st.none() | st.integers(0, 3)), min_size=1, max_size=3
    ).map(gap_item),
)


def without_lines(item: ItemText) -> object:
    def piece(one: Piece | None) -> str | None:
        return one.text if one else None

    def option(one: Option) -> object:
        return one.key, one.text.text, one.right, piece(one.feedback)

    return (
        item.id, dict(item.header), [option(o) for o in item.options], [option(o) for o in item.steps],
        [a.text for a in item.answers], [replace(g, line=0) for g in item.gaps], item.pair_head,
        [(p.key, p.left.text, p.right.text) for p in item.pairs], [h.text for h in item.hints],
        piece(item.why), piece(item.model),
    )  # fmt: skip


@given(BODIES, st.lists(PIECES, max_size=2), st.none() | PIECES, st.sampled_from([{}, {"objective": "m1-o1"}]))
def test_an_item_written_and_read_again_is_the_same(
    body: dict[str, object], hints: list[Piece], why: Piece | None, header: dict[str, object]
) -> None:
    item = ItemText("a-01", PATH, 1, "en", header=header, hints=tuple(hints), why=why, **body)  # type: ignore[arg-type]
    page = parse_quizzes(PATH, "en", write_item(item))
    assert not page.problems
    assert without_lines(page.items[0]) == without_lines(item)
    assert write_item(page.items[0]) == write_item(item)


QUIZ_PARTS = st.sampled_from(
    ["/// question | a-01", "/// quiz | q", "///", "    type: scale", "    draw: {x: [}", "- [x] a. One", "- [ ] b.", "  > f",
     "> [!HINT]", "> [!HNT]", "> x", "= 1 ± x", "[[a: = 1]]", "[[: ]]", "| a | b |", "| --- | --- |", "| a. x | y |", "1. a. s",
     "```", "", "text", "<!--", "-->"]
)  # fmt: skip


def read_and_hold(text: str) -> None:
    page = parse_quizzes(PATH, "en", text)
    lines = text.count("\n") + 1
    assert all(1 <= problem.line <= lines for problem in page.problems)
    bank = build_bank([page])
    for item_id in bank.sources:
        bank.item(item_id)


@given(st.lists(QUIZ_PARTS, max_size=25).map("\n".join) | st.text())
def test_no_text_makes_the_parser_crash(text: str) -> None:
    read_and_hold(text)


def test_no_damage_to_real_pages_makes_the_parser_crash_or_hang() -> None:
    """Pages of this repository with pieces cut, doubled, swapped and strange characters put in.

    JOURNEY_FUZZ_SECONDS says for how long (CI: 60). The seed is fixed, so that a failure comes again; a page of
    25,000 characters must be read in a second, or it counts as hanging.
    """
    dice = random.Random(20261125)
    pages = [
        p.read_text(encoding="utf-8")
        for p in sorted((ROOT / "modules").rglob("*.md"))
        if "/// q" in p.read_text(encoding="utf-8")
    ]
    strange = [
        "///",
        "/// question | x",
        "[[",
        "]]",
        "> [!",
        "- [x] a.",
        "|",
        "\t",
        "\u200f",
        "\x00",
        "```",
        "<!--",
        "= ",
        "    ",
    ]
    assert pages
    end, count = time.monotonic() + float(os.environ.get("JOURNEY_FUZZ_SECONDS", "3")), 0
    while time.monotonic() < end:
        lines = dice.choice(pages).split("\n")
        for _ in range(dice.randint(1, 12)):
            at, to = sorted((dice.randrange(len(lines)), dice.randrange(len(lines))))
            match dice.randrange(4):
                case 0:
                    del lines[at : min(to, at + 5)]
                case 1:
                    lines[at:at] = lines[at : min(to, at + 20)]
                case 2:
                    lines[at], lines[to] = lines[to], lines[at]
                case _:
                    cut = dice.randrange(len(lines[at]) + 1)
                    lines[at] = lines[at][:cut] + dice.choice(strange) + lines[at][cut:]
            lines = lines or [""]
        text, start = "\n".join(lines), time.process_time()
        read_and_hold(text)
        assert time.process_time() - start < max(1, len(text) / 25_000), "the parser hangs"
        count += 1
    assert count > 10
