"""Search as readers use it: in several scripts, whatever the keyboard, by keyboard alone, on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route
from waiting import wait_until

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
UNIT = "modules/coordination/01-one-person-five-doors/"


def search(page: Page, typed: str) -> list[str]:
    if not page.locator("dialog.search").is_visible():
        page.click(".search-button")
        page.wait_for_selector("dialog.search[open]")
    page.fill("#search-field", typed)
    wait_until(page, "/[0-9]|\\.|۔|។|。/.test(document.querySelector('.search-status').textContent)")
    page.wait_for_timeout(400)
    return page.locator(".search-results a").evaluate_all("all => all.map(one => one.getAttribute('href'))")


@pytest.mark.parametrize(
    ("language", "typed", "target"),
    [
        ("", "brick kiln", f"{UNIT}#five-doors"),
        ("", '"brick kiln" fingerprint', f"{UNIT}#five-doors"),
        ("", "kilns", f"{UNIT}#five-doors"),
        ("", "portability", "glossary/#portability"),
        ("ur/", "سماجی تحفظ", "glossary/#social-protection"),
        ("ur/", "سماجي تحفّظ", "glossary/#social-protection"),  # Arabic yeh, a vowel sign
        ("ur/", "رابطه كاری", "glossary/#coordination"),  # Arabic heh and kaf
        ("km/", "ការសម្របសម្រួល", "glossary/#coordination"),
        ("fr/", "evaluation actuarielle", "glossary/#actuarial-valuation"),  # without accents
        ("es/", "PROTECCION SOCIAL", "glossary/#social-protection"),
        ("zh/", "社会保护", "#"),
    ],
)
def test_words_are_found_in_any_script(open_page: Open, language: str, typed: str, target: str) -> None:
    page = open_page(f"{language}{UNIT}", width=390)
    addresses = search(page, typed)
    assert any(f"{language}{target}" in address or (target == "#" and target in address) for address in addresses[:5])
    assert page.locator(".search-results mark").count() or "glossary" in addresses[0]


@pytest.mark.parametrize(
    ("language", "typed", "target"),
    [
        ("", "agencies", "research/argentina/"),  # has "agency"
        ("", "entitlements", "glossary/#entitlement"),
        ("ur/", "ادارے", "glossary/#duty-bearer"),  # the term has ادارہ
        ("es/", "pensiones", "glossary/#pension"),
        ("ur/", "بچے", "research/overview/brief/"),  # has بچوں
    ],
)
def test_a_word_is_found_whatever_its_plural(open_page: Open, language: str, typed: str, target: str) -> None:
    addresses = search(open_page(f"{language}{UNIT}"), typed)
    assert any(f"{language}{target}" in address for address in addresses[:9])


def test_latin_letters_count_where_a_word_begins(open_page: Open) -> None:
    page = open_page(UNIT)
    assert search(page, "aid")
    passages = page.locator(".search-results a").evaluate_all("all => all.map(one => one.innerText.toLowerCase())")
    assert all(re.search(r"\baid", passage) for passage in passages)
    marks = page.locator(".search-results mark").evaluate_all(
        "all => all.map(one => [one.previousSibling?.textContent.at(-1) ?? ' ', one.textContent.toLowerCase()])"
    )
    assert marks and all(not before.isalpha() and marked == "aid" for before, marked in marks)
    assert search(page, "ortability"), "what is nowhere at the beginning is found inside"


def test_words_may_stand_in_different_sections_of_a_page(open_page: Open) -> None:
    page = open_page(UNIT)
    for typed, words in [
        ("case management", ("case", "management")),
        ("domestic workers inspection", ("domestic", "inspection")),
    ]:
        addresses = search(page, typed)
        assert len({address.split("#")[0] for address in addresses}) > 3, typed
        first = page.locator(".search-results li").first.inner_text().lower()
        assert all(word in first for word in words), "sections that have all words come first"


def test_a_term_comes_before_terms_that_have_the_word_in_another_form(open_page: Open) -> None:
    assert "km/glossary/#data-protection" in search(open_page(f"km/{UNIT}"), "ទិន្នន័យ")[0]


def test_a_long_text_is_marked_where_the_word_stands(open_page: Open) -> None:
    page = open_page(f"ur/{UNIT}")
    search(page, "معاينه")
    marked = page.locator(".search-results mark").all_inner_texts()
    assert marked and all(word.startswith("معائن") for word in marked)


def test_the_keyboard_stays_where_it_is_when_more_texts_come_in(open_page: Open) -> None:
    page = open_page(UNIT)
    held: list[Route] = []
    page.route("**/search/en/research-*", lambda route: held.append(route))
    page.click(".search-button")
    page.fill("#search-field", "council")
    page.wait_for_selector(".search-results li")
    wait_until(
        page, "performance.getEntriesByType('resource').filter(one => one.name.includes('/search/en/')).length > 4"
    )
    page.wait_for_timeout(500)
    assert len(held) > 3, "the other texts come together"
    page.keyboard.press("ArrowDown")
    href = page.evaluate("document.activeElement.getAttribute('href')")
    for route in held:
        route.continue_()
    wait_until(page, "/[0-9]/.test(document.querySelector('.search-status').textContent)")
    assert href and page.evaluate("document.activeElement.getAttribute('href')") == href


def test_every_result_leads_to_a_section_that_exists(open_page: Open) -> None:
    page = open_page(f"ur/{UNIT}")
    for address in search(page, "ادارے")[:6]:
        url, _, anchor = page.evaluate("href => new URL(href, location).href", address).partition("#")
        response = page.request.get(url)
        assert response.status == 200
        assert f'id="{anchor}"' in response.text() or not anchor


def test_nothing_is_fetched_before_the_reader_searches_and_no_other_language_after(open_page: Open) -> None:
    page = open_page(f"ur/{UNIT}")
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    assert not page.evaluate("performance.getEntriesByType('resource').some(one => one.name.includes('search'))")
    search(page, "پنشن")
    assert any("/search/ur/" in one for one in requests)
    assert not any("/search/en/" in one for one in requests)
    shown = page.locator(".search-results li[lang=en]").count()
    page.click(".search-more button:visible >> nth=-1")
    page.fill("#search-field", "inspection")
    page.wait_for_selector(".search-results li[lang=en][dir=ltr]")
    assert shown == 0


def test_fallback_pages_are_found_in_their_own_language_only(open_page: Open) -> None:
    page = open_page(f"km/{UNIT}")
    assert search(page, "inspection") == []
    assert page.locator(".search-status").inner_text()


@pytest.mark.parametrize(("language", "scheme"), [("", "light"), ("ur/", "dark")])
def test_by_keyboard_alone_and_for_screen_readers(open_page: Open, language: str, scheme: str) -> None:
    page = open_page(f"{language}{UNIT}", width=390, scheme=scheme)
    page.locator(".search-button").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog.search[open]")
    assert page.evaluate("document.activeElement.id") == "search-field"
    page.keyboard.type("EOBI" if language else "council")
    page.wait_for_selector(".search-results li")
    violations = Axe().run(page).response["violations"]
    assert not violations, [v["id"] for v in violations]
    assert any(digit in page.locator(".search-status[role=status]").inner_text() for digit in "123456789")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.matches('.search-results li:first-child a')")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.keyboard.press("Escape")
    assert not page.locator("dialog.search").is_visible()
    assert page.evaluate("document.activeElement.matches('.search-button')")
    page.keyboard.press("Control+k")
    page.keyboard.press("Enter")
    page.wait_for_url("**/#**")


def test_without_script_there_is_no_button(open_page: Open) -> None:
    assert not open_page(UNIT, java_script_enabled=False).locator(".search-button").is_visible()
