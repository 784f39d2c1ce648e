"""Terms on a page and the glossary: by mouse, keyboard and finger, in three scripts, with and without script."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
UNIT = "modules/coordination/01-one-person-five-doors/"
LANGUAGES = ["", "ur/", "km/"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_term_is_explained_by_keyboard_and_dismissed_with_escape(open_page: Open, language: str) -> None:
    page = open_page(language + UNIT)
    link = page.locator("a.term").first
    tip = page.locator(".term-tip")
    assert not tip.is_visible()
    link.focus()
    assert tip.is_visible()
    definition = page.locator(f"#{link.get_attribute('aria-describedby')}")
    assert tip.inner_text().strip() == (definition.text_content() or "").strip()
    box, view = tip.bounding_box(), page.viewport_size
    assert box and view and box["x"] >= 0 and box["x"] + box["width"] <= view["width"]
    violations = Axe().run(page).response["violations"]
    assert not violations, [v["id"] for v in violations]
    page.keyboard.press("Escape")
    assert not tip.is_visible()
    assert link.evaluate("link => link === document.activeElement")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_finger_opens_the_definition_and_a_second_tap_the_entry(open_page: Open, language: str) -> None:
    page = open_page(language + UNIT, width=390, has_touch=True)
    link = page.locator("a.term").first
    concept = (link.get_attribute("href") or "").rpartition("#")[2]
    link.tap()
    assert page.locator(".term-tip").is_visible()
    assert page.url.endswith(UNIT)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator(".term-tip .term-more").tap()
    page.wait_for_url(f"**/glossary/#{concept}")
    assert page.locator(f"#{concept} h3").is_visible()


def test_the_definition_stays_while_the_mouse_is_on_it(open_page: Open) -> None:
    page = open_page(UNIT)
    page.hover("a.term >> nth=0")
    page.hover(".term-tip")
    page.wait_for_timeout(400)
    assert page.locator(".term-tip").is_visible()
    page.mouse.move(2, 2)
    page.wait_for_timeout(400)
    assert not page.locator(".term-tip").is_visible()


def test_without_script_a_term_is_a_plain_link(open_page: Open) -> None:
    page = open_page(UNIT, java_script_enabled=False)
    page.locator("a.term").first.click()
    page.wait_for_url("**/glossary/#*")
    page.wait_for_load_state()
    assert not page.locator(".glossary-filter").is_visible()
    assert page.locator(".concept").count() == 120


@pytest.mark.parametrize(
    ("language", "typed", "concept"),
    [
        ("", "tripart", "tripartite"),
        ("", "PROTECTION sociale", "social-protection"),
        ("ur/", "سماجى تحفظ", "social-protection"),
    ],
)
def test_the_filter_finds_a_word_in_any_language(open_page: Open, language: str, typed: str, concept: str) -> None:
    page = open_page(f"{language}glossary/", width=390)
    page.locator("#glossary-filter").fill(typed)
    shown = page.locator(".concept:visible").evaluate_all("all => all.map(one => one.id)")
    assert concept in shown
    assert len(shown) < 20
    assert str(len(shown)) in page.locator("#glossary-found").inner_text()
    page.locator("#glossary-filter").fill("qqqq")
    assert page.locator(".concept:visible").count() == 0
    assert page.locator("#glossary-found").inner_text()
    page.keyboard.press("Escape")
    assert page.locator(".concept:visible").count() == 120


@pytest.mark.parametrize("language", ["", "ur/", "zh/"])
def test_the_glossary_says_what_it_is(open_page: Open, language: str) -> None:
    page = open_page(f"{language}glossary/")
    data = json.loads(page.locator('script[type="application/ld+json"]').inner_text())
    assert data["@type"] == "DefinedTermSet"
    assert len(data["hasDefinedTerm"]) == 120
    assert all(term["name"] and term["description"] and "#" in term["@id"] for term in data["hasDefinedTerm"])
