"""The checks on items and assessments: one function a rule, each described for editors in `rules.yml`."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from ..diagnostics import Diagnostic
from ..numbers import parse_span
from .bank import FINAL, Bank, find_kind
from .model import Assessment, AssessmentKind, ItemText, Kind
from .registry import Quizzes, rule
from .render import plain_text

ITEM_KEYS = ("objective", "type", "points")
QUIZ_KEYS = ("kind", "items", "draw", "shuffle", "attempts", "attendance", "achievement")
TYPES = tuple(kind.value for kind in Kind)


def _of_parser(quizzes: Quizzes, rule_id: str) -> Iterator[Diagnostic]:
    return (p for page in quizzes.bank.pages.values() for p in page.problems if p.rule == rule_id)


@rule("Q002")
def check_structure(quizzes: Quizzes) -> Iterator[Diagnostic]:
    yield from _of_parser(quizzes, "Q002")


@rule("Q003")
def check_lines(quizzes: Quizzes) -> Iterator[Diagnostic]:
    yield from _of_parser(quizzes, "Q003")


@rule("Q001")
def check_headers(quizzes: Quizzes) -> Iterator[Diagnostic]:
    yield from _of_parser(quizzes, "Q001")
    for page in quizzes.bank.pages.values():
        things = [(one, ITEM_KEYS) for one in page.items] + [(one, QUIZ_KEYS) for one in page.assessments]
        for thing, keys in things:
            for key in thing.header:
                if key not in keys:
                    close = difflib.get_close_matches(key, keys, n=1)
                    hint = f"Did you mean `{close[0]}`?" if close else f"Options: {', '.join(keys)}."
                    yield Diagnostic(
                        page.path, thing.header_lines.get(key, thing.line), "Q001", f"there is no option `{key}`", hint
                    )
            declared = thing.header.get("type")
            if declared is not None and declared not in TYPES:
                yield Diagnostic(
                    page.path,
                    thing.header_lines.get("type", thing.line),
                    "Q001",
                    f"there is no type `{declared}`",
                    f"Types: {', '.join(TYPES)}. Mostly none is needed.",
                )
        for assessment in page.assessments:
            kind = assessment.header.get("kind")
            kinds = [one.value for one in AssessmentKind]
            if kind is not None and kind not in kinds:
                line = assessment.header_lines.get("kind", assessment.line)
                yield Diagnostic(page.path, line, "Q001", f"there is no kind `{kind}`", f"Kinds: {', '.join(kinds)}.")


@rule("Q004")
def check_answerable(quizzes: Quizzes) -> Iterator[Diagnostic]:
    for item in quizzes.iter_sources():
        if find_kind(item) is None:
            yield Diagnostic(
                item.path,
                item.line,
                "Q004",
                f"nothing in `{item.id}` can be answered",
                "Add options (- [x] a. …), a line = answer, gaps [[name: = word]], a table of pairs, or > [!MODEL].",
            )


@rule("Q005")
def check_right_options(quizzes: Quizzes) -> Iterator[Diagnostic]:
    for item in quizzes.iter_sources():
        kind = find_kind(item)
        right = [option for option in item.options if option.right]
        if kind in (Kind.SINGLE, Kind.TRUE_FALSE, Kind.MULTIPLE) and not right:
            yield Diagnostic(item.path, item.line, "Q005", f"no option of `{item.id}` is right", "Mark one: - [x] a. …")
        elif kind in (Kind.SINGLE, Kind.TRUE_FALSE) and len(right) > 1:
            yield Diagnostic(
                item.path, right[1].text.line, "Q005", f"`{item.id}` has {len(right)} right options", "Only one can be."
            )
        elif item.header.get("type") == "single" and len(right) > 1:
            yield Diagnostic(
                item.path,
                right[1].text.line,
                "Q005",
                f"`{item.id}` is of type single, but {len(right)} options are marked",
                "Take marks away, or write type: multiple.",
            )
        for gap in item.gaps:
            if (gap.choices and gap.right is None) or not (gap.choices or gap.accepted):
                yield Diagnostic(
                    item.path,
                    gap.line,
                    "Q005",
                    f"the gap `{gap.name}` has no right answer",
                    "Write [[year: = 1952]], or mark one choice with a star: [[n: six / *nine / ten]].",
                )


@rule("Q006")
def check_letters(quizzes: Quizzes) -> Iterator[Diagnostic]:
    for item in quizzes.iter_texts():
        parts = [(o.key, o.text.line) for o in (*item.options, *item.steps)]
        parts += [(pair.key, pair.left.line) for pair in item.pairs] + [(gap.name, gap.line) for gap in item.gaps]
        seen: set[str] = set()
        for key, line in parts:
            if key in seen:
                yield Diagnostic(
                    item.path,
                    line,
                    "Q006",
                    f"`{key}` stands twice in `{item.id}`",
                    "Give the newer of the two the next free letter; letters are never reused.",
                )
            seen.add(key)


@rule("Q007")
def check_same_text(quizzes: Quizzes) -> Iterator[Diagnostic]:
    for item in quizzes.iter_texts():
        seen: dict[str, str] = {}
        for option in (*item.options, *item.steps):
            text = " ".join(plain_text(option.text.text).lower().split())
            if text and text in seen:
                message = f"options {seen[text]} and {option.key} of `{item.id}` say the same"
                yield Diagnostic(
                    item.path, option.text.line, "Q007", message, "A reader could not choose between them."
                )
            seen.setdefault(text, option.key)


@rule("Q008")
def check_feedback(quizzes: Quizzes) -> Iterator[Diagnostic]:
    for item in quizzes.iter_sources():
        if find_kind(item) in (Kind.SINGLE, Kind.MULTIPLE, Kind.TRUE_FALSE):
            for option in item.options:
                if not option.right and option.feedback is None:
                    yield Diagnostic(
                        item.path,
                        option.text.line,
                        "Q008",
                        f"the wrong option {option.key} of `{item.id}` has no feedback",
                        "Say below it why somebody might choose it, and what is so instead:   > …",
                    )


@rule("Q009")
def check_objectives(quizzes: Quizzes) -> Iterator[Diagnostic]:
    for item in quizzes.iter_sources():
        known = quizzes.objectives.get(item.path.parent, set())
        objective = item.header.get("objective")
        if objective is not None and objective not in known:
            close = difflib.get_close_matches(str(objective), known, n=1)
            hint = f"Did you mean `{close[0]}`?" if close else f"Objectives here: {', '.join(sorted(known)) or 'none'}."
            line = item.header_lines.get("objective", item.line)
            yield Diagnostic(item.path, line, "Q009", f"the objective `{objective}` does not exist here", hint)


@rule("Q010")
def check_draws(quizzes: Quizzes) -> Iterator[Diagnostic]:
    for assessment in quizzes.bank.assessments.values():
        draw = assessment.header.get("draw")
        for objective, count in draw.items() if isinstance(draw, dict) else ():
            pool = quizzes.bank.pool(assessment.path.parent, str(objective))
            if not isinstance(count, int) or count > len(pool):
                yield Diagnostic(
                    assessment.path,
                    assessment.header_lines.get("draw", assessment.line),
                    "Q010",
                    f"`{assessment.id}` draws {count} items for {objective}, the bank has {len(pool)}",
                    "Write more items in bank.md beside it, or draw fewer.",
                )


@rule("Q011")
def check_thresholds(quizzes: Quizzes) -> Iterator[Diagnostic]:
    for assessment in quizzes.bank.assessments.values():
        attendance, achievement = (assessment.header.get(key) for key in ("attendance", "achievement"))
        if attendance is None and achievement is None:
            continue
        if not (isinstance(attendance, int) and achievement == attendance + 10):
            yield Diagnostic(
                assessment.path,
                assessment.header_lines.get("achievement", assessment.line),
                "Q011",
                f"`{assessment.id}` asks {attendance} points for attendance and {achievement} for achievement",
                "Achievement is exactly ten points above attendance, for instance 60 and 70.",
            )


@rule("Q012")
def check_named_items(quizzes: Quizzes) -> Iterator[Diagnostic]:
    for assessment in quizzes.bank.assessments.values():
        named = assessment.header.get("items")
        for name in named if isinstance(named, list) else ():
            if name not in quizzes.bank.sources:
                close = difflib.get_close_matches(str(name), quizzes.bank.sources, n=1)
                yield Diagnostic(
                    assessment.path,
                    assessment.header_lines.get("items", assessment.line),
                    "Q012",
                    f"`{assessment.id}` names the item `{name}`, which does not exist",
                    f"Did you mean `{close[0]}`?" if close else "Look for a typing mistake.",
                )


@rule("Q013")
def check_ids(quizzes: Quizzes) -> Iterator[Diagnostic]:
    seen: dict[tuple[str, str], ItemText] = {}
    for item in quizzes.iter_texts():
        first = seen.setdefault((item.id, item.locale), item)
        if first is not item:
            yield Diagnostic(
                item.path,
                item.line,
                "Q013",
                f"the item `{item.id}` stands already in {first.path}:{first.line}",
                "Give the newer of the two an id of its own: progress and printed keys hang on ids.",
            )
        elif item.id in quizzes.retired:
            yield Diagnostic(
                item.path,
                item.line,
                "Q013",
                f"the id `{item.id}` belonged to an item that is gone (retired-ids.txt)",
                "Take a new id; somebody's saved progress still carries the old one.",
            )
        elif not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", item.id):
            yield Diagnostic(
                item.path,
                item.line,
                "Q013",
                f'"{item.id}" will not do as an id' if item.id else "the question has no id",
                "Small letters, digits and dashes: /// question | m1-doors-01",
            )
    tests: dict[tuple[str, str], Assessment] = {}
    for page in quizzes.bank.pages.values():
        for assessment in page.assessments if page.path.name != FINAL else ():
            other = tests.setdefault((assessment.id, page.locale), assessment)
            if other is not assessment:
                yield Diagnostic(
                    page.path,
                    assessment.line,
                    "Q013",
                    f"the quiz `{assessment.id}` stands already in {other.path}:{other.line}",
                    "Give the newer of the two an id of its own.",
                )


@rule("Q014")
def check_given_away(quizzes: Quizzes) -> Iterator[Diagnostic]:
    for item in quizzes.iter_sources():
        if find_kind(item) is Kind.SINGLE and len(item.options) > 2:
            sizes = {option.key: len(plain_text(option.text.text)) for option in item.options}
            right = next(option for option in item.options if option.right)
            longest_other = max(size for key, size in sizes.items() if key != right.key)
            if sizes[right.key] > 1.6 * longest_other + 10:
                yield Diagnostic(
                    item.path,
                    right.text.line,
                    "Q014",
                    f"the right option of `{item.id}` is far longer than the others, which gives it away",
                    "Shorten it, and put the reasons into its feedback.",
                )


@rule("Q015")
def check_numbers(quizzes: Quizzes) -> Iterator[Diagnostic]:
    for item in quizzes.iter_sources():
        for answer in item.answers:
            looks_like_number = re.match(r"^[\d٠-٩۰-۹០-៩.,\s±+%…-]+$", answer.text)
            declared = item.header.get("type")
            is_number = declared == "number" or (looks_like_number and declared != "text")
            if is_number and parse_span(answer.text) is None:
                yield Diagnostic(
                    item.path,
                    answer.line,
                    "Q015",
                    f'"{answer.text}" is no number with a margin or a range',
                    "Write = 46.9, = 46.9 ± 0.5, = 46.9 ± 2 % or = 40 … 50; no sign for thousands.",
                )


@rule("Q022")
def check_finals_stand_alone(quizzes: Quizzes) -> Iterator[Diagnostic]:
    bank = quizzes.bank
    finals = {a.id for a in bank.assessments.values() if a.kind is AssessmentKind.FINAL}
    secret = {i: a for a in bank.assessments.values() if a.id in finals for i in bank.items_of(a)}
    for assessment in bank.assessments.values():
        if assessment.id in finals:
            if assessment.path.name != FINAL and assessment.nested:
                yield Diagnostic(
                    assessment.path,
                    assessment.line,
                    "Q022",
                    f"the final `{assessment.id}` holds items on a page that is published",
                    "Write the items of a final in final.md beside the units.",
                )
            continue
        for item_id in bank.items_of(assessment):
            if item_id in secret:
                yield Diagnostic(
                    assessment.path,
                    assessment.line,
                    "Q022",
                    f"the item `{item_id}` belongs to the final `{secret[item_id].id}`",
                    "A final uses items that are used nowhere else.",
                )


@rule("Q023")
def check_objectives_have_items(quizzes: Quizzes) -> Iterator[Diagnostic]:
    served = {item.header.get("objective") for item in quizzes.iter_sources()}
    for folder, objectives in quizzes.objectives.items():
        pages = sorted({item.path for item in quizzes.iter_sources() if item.path.parent == folder})
        for page in pages:
            for objective in sorted(objectives & quizzes.objectives_of.get(page, set()) - served):
                yield Diagnostic(
                    page,
                    1,
                    "Q023",
                    f"no question serves the objective {objective}",
                    f"Write one with `objective: {objective}`, or drop the objective.",
                )


@rule("Q024")
def check_parallel_tests(quizzes: Quizzes) -> Iterator[Diagnostic]:
    bank = quizzes.bank
    tests = [a for a in bank.assessments.values() if a.kind in (AssessmentKind.PRE_TEST, AssessmentKind.POST_TEST)]
    before = {a.path.parent: a for a in tests if a.kind is AssessmentKind.PRE_TEST}
    for after in (a for a in tests if a.kind is AssessmentKind.POST_TEST and a.path.parent in before):
        first = before[after.path.parent]
        shared = [item for item in bank.items_of(after) if item in bank.items_of(first)]
        if shared:
            yield Diagnostic(
                after.path,
                after.line,
                "Q024",
                f"`{after.id}` and `{first.id}` both ask {', '.join(shared)}",
                "Write parallel items: other cases for the same objectives, so that the first test gives nothing away.",
            )
        asked = [_objectives_of(bank, test) for test in (first, after)]
        if asked[0] != asked[1]:
            only = ", ".join(sorted(asked[0] ^ asked[1]))
            yield Diagnostic(
                after.path,
                after.line,
                "Q024",
                f"`{after.id}` and `{first.id}` do not ask for the same objectives: {only}",
                "The learning gain is counted by objective, so both tests need items for each.",
            )


def _objectives_of(bank: Bank, assessment: Assessment) -> set[str]:
    items = (bank.sources.get(item) for item in bank.items_of(assessment))
    return {str(item.header["objective"]) for item in items if item and "objective" in item.header}
