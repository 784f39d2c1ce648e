"""Every kind of item answered by keyboard alone, in English and Urdu; kept, restored, and readable without script."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
HANDBOOK = "contribute/quizzes/"
LANGUAGES = ["", "ur/"]
SAID = {"": {"right": "Right.", "wrong": "Not right yet."}, "ur/": {"right": "درست۔", "wrong": "ابھی درست نہیں۔"}}


def item(page: Page, name: str) -> Locator:
    return page.locator(f"#demo-{name}")


def type_into(page: Page, control: Locator, text: str) -> None:
    control.focus()
    page.keyboard.type(text)


def choose(page: Page, control: Locator, value: str) -> None:
    """Choose an entry of a menu by the keyboard: Home, then down."""
    values: list[str] = control.evaluate("one => [...one.options].map(option => option.value)")
    control.focus()
    page.keyboard.press("Home")
    for _ in range(values.index(value)):
        page.keyboard.press("ArrowDown")
    assert control.input_value() == value


def press_check(page: Page, one: Locator) -> str:
    one.locator(".item-check").focus()
    page.keyboard.press("Enter")
    return one.locator(".item-result .said").inner_text()


def answer(page: Page, name: str, value: Any) -> str:
    """Answer an item by keyboard and return what is said."""
    one = item(page, name)
    kind = one.get_attribute("data-kind")
    if kind in ("single", "true-false", "multiple"):
        for key in value:
            one.locator(f"input[value={key}]").focus()
            page.keyboard.press("Space")
    elif kind in ("number", "text"):
        type_into(page, one.locator("input"), value)
    elif kind == "gaps":
        for gap, word in value.items():
            control = one.locator(f"[data-gap={gap}]")
            if control.evaluate("one => one.tagName") == "SELECT":
                choose(page, control, word)
            else:
                type_into(page, control, word)
    else:
        for row, key in value.items():
            choose(page, one.locator(f"[data-row={row}]"), key)
    return press_check(page, one)


RIGHT: dict[str, Any] = {
    "single": ["a"],
    "multiple": ["a", "c"],
    "true-false": ["false"],
    "number": "34",
    "gaps": {"year": "1952", "branches": "1"},
    "matching": {"a": "a", "b": "b", "c": "c"},
    "ordering": {"a": "1", "b": "2", "c": "3"},
}
WRONG: dict[str, Any] = {
    "single": ["b"],
    "multiple": ["b", "d"],
    "true-false": ["true"],
    "number": "43",
    "gaps": {"year": "1919", "branches": "0"},
    "matching": {"a": "b", "b": "c", "c": "a"},
    "ordering": {"a": "2", "b": "3", "c": "1"},
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_can_be_answered_right_by_keyboard(open_page: Open, language: str) -> None:
    page = open_page(language + HANDBOOK, width=390)
    for name, value in RIGHT.items():
        assert answer(page, name, value) == SAID[language]["right"], name
    accepted = json.loads(str(item(page, "text").get_attribute("data-key")))
    assert answer(page, "text", f"  {accepted[0].upper()} .") == SAID[language]["right"]
    assert [v["id"] for v in Axe().run(page).response["violations"]] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_says_what_is_wrong(open_page: Open, language: str) -> None:
    page = open_page(language + HANDBOOK)
    for name, value in WRONG.items():
        assert answer(page, name, value) == SAID[language]["wrong"], name
    single = item(page, "single")
    assert single.locator(".feedback").count() == 1
    assert [v["id"] for v in Axe().run(page).response["violations"]] == []


def test_a_part_of_the_answer_earns_a_part_of_the_points(open_page: Open) -> None:
    page = open_page(HANDBOOK)
    assert answer(page, "multiple", ["a"]) == "Partly right: 50 %."
    assert answer(page, "ordering", {"a": "1", "b": "3", "c": "2"}) == "Partly right: 33 %."


@pytest.mark.parametrize("typed", ["34", "34.1", "34,1", "٣٤", "۳۴", "៣៤", "34 %"])
def test_numbers_may_be_typed_in_any_digits(open_page: Open, typed: str) -> None:
    assert answer(open_page(HANDBOOK), "number", typed) == "Right."


def test_an_empty_answer_is_asked_for(open_page: Open) -> None:
    page = open_page(HANDBOOK)
    assert press_check(page, item(page, "single")) == "Give an answer first."
    assert press_check(page, item(page, "matching")) == "Give an answer first."


def test_enter_in_a_field_checks_the_answer(open_page: Open) -> None:
    page = open_page(HANDBOOK)
    type_into(page, item(page, "number").locator("input"), "34")
    page.keyboard.press("Enter")
    assert item(page, "number").locator(".said").inner_text() == "Right."


def test_progress_survives_a_change_of_language_in_the_middle(open_page: Open) -> None:
    page = open_page(HANDBOOK)
    answer(page, "single", ["a"])
    answer(page, "gaps", {"year": "1952", "branches": "1"})
    page.click(".languages summary")
    page.click(".languages a[lang=ur]")
    assert item(page, "single").locator("input[value=a]").is_checked()
    assert item(page, "single").locator(".said").inner_text() == SAID["ur/"]["right"]
    assert item(page, "gaps").locator("[data-gap=branches]").input_value() == "1"
    assert item(page, "multiple").locator(".said").count() == 0


@pytest.mark.parametrize(
    "stored",
    [
        "no JSON {",
        "[]",
        '{"version": 2, "items": {}}',
        '{"version": 1, "items": {"demo-single": 7, "demo-gaps": {"answer": [1]}, "demo-matching": {"answer": null}}}',
    ],
)
def test_damaged_progress_breaks_nothing_and_is_kept_aside(open_page: Open, stored: str) -> None:
    page = open_page(HANDBOOK)
    page.evaluate("text => localStorage.setItem('journey-progress', text)", stored)
    page.reload()
    assert answer(page, "single", ["a"]) == "Right."
    aside = page.evaluate("localStorage.getItem('journey-progress-unreadable')")
    assert aside == ('{"demo-single":7}' if stored.startswith('{"version": 1') else stored)
    assert page.evaluate("JSON.parse(localStorage.getItem('journey-progress')).items['demo-single'].score") == 1


def test_what_was_put_aside_before_is_not_lost(open_page: Open) -> None:
    page = open_page(HANDBOOK)
    page.evaluate("localStorage.setItem('journey-progress-unreadable', 'older')")
    page.evaluate("localStorage.setItem('journey-progress', 'newer {')")
    page.reload()
    assert page.evaluate("localStorage.getItem('journey-progress-unreadable')") == "older\nnewer {"


def test_a_test_taken_before_learning_keeps_its_first_score(open_page: Open) -> None:
    page = open_page(HANDBOOK)
    page.evaluate("document.querySelector('#demo-single').parentElement.dataset.quiz = 'pre-test'")
    answer(page, "single", ["b"])
    answer(page, "single", ["a"])
    stored = page.evaluate("JSON.parse(localStorage.getItem('journey-progress')).items['demo-single']")
    assert (stored["first"], stored["score"], stored["tries"]) == (0, 1, 2)


def test_reflections_and_scales_are_kept_but_never_marked(open_page: Open) -> None:
    page = open_page(HANDBOOK)
    type_into(page, item(page, "reflection").locator("textarea"), "The meeting in March")
    item(page, "scale").locator("input[value='2']").focus()
    page.keyboard.press("Space")
    assert item(page, "reflection").locator(".item-check").count() == 0
    page.reload()
    assert item(page, "reflection").locator("textarea").input_value() == "The meeting in March"
    assert item(page, "scale").locator("input[value='2']").is_checked()


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_script_questions_and_answers_can_be_read(open_page: Open, language: str) -> None:
    page = open_page(language + HANDBOOK, width=390, java_script_enabled=False)
    single = item(page, "single")
    assert single.locator(".option").count() == 3
    assert not single.locator(".verdicts").is_visible()
    single.locator(".answer summary").click()
    assert single.locator(".verdicts li").first.is_visible()
    single.locator(".hint summary").first.click()
    assert single.locator(".hint p").first.is_visible()
    assert page.locator(".item-check").count() == 0


def test_a_page_without_questions_loads_no_script_for_them(open_page: Open) -> None:
    page = open_page("about/")
    assert page.locator("script[src*='quiz.js']").count() == 0
