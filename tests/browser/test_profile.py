"""The wheel of the self-assessment: drawn from the answers, told in words, advice for the two lowest sections."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
ASSESSMENT = "modules/simplify/self-assessment/"


def answer(page: Page, first: int, values: list[int]) -> None:
    for number, value in enumerate(values, start=first):
        page.locator(f"#s-a{number:02}-{value}").check()


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_the_wheel_follows_the_answers(open_page: Open, width: int, scheme: str) -> None:
    page = open_page(ASSESSMENT, width=width, scheme=scheme)
    lines = page.locator(".profile > ul > li")
    assert lines.count() == 8 and "no answer yet" in lines.first.inner_text()
    assert page.locator(".profile-shape").count() == 0
    answer(page, 1, [1, 2, 1, 2, 1])
    answer(page, 6, [5, 5, 5, 5, 5])
    answer(page, 11, [3, 3])
    assert lines.nth(0).inner_text() == "1 Law: ring 1.4 of 5."
    assert lines.nth(1).inner_text() == "2 Register: ring 5.0 of 5."
    assert lines.nth(2).inner_text() == "3 Sums: ring 3.0 of 5."
    assert page.locator(".profile-shape").count() == 1
    assert page.locator(".profile [role=status]").inner_text() == "Sections with answers: 3 of 8."
    advice = page.locator(".profile div ul li")
    assert [text.split(":")[0] for text in advice.all_inner_texts()] == ["1 Law", "3 Sums"]
    assert advice.first.locator("a").get_attribute("href") == "../01-what-social-security-is/"
    assert "1 Law: ring 1.4" in (page.locator(".profile svg").get_attribute("aria-label") or "")
    assert [one["id"] for one in Axe().run(page, context=".block.tool").response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.reload()
    assert lines.nth(0).inner_text() == "1 Law: ring 1.4 of 5."


def test_a_case_solved_at_the_first_try_is_told(open_page: Open) -> None:
    page = open_page(ASSESSMENT)
    key = page.locator("#s-a41").get_attribute("data-key") or ""
    for letter in [one for one in key if one.isalpha()]:
        page.locator(f"#s-a41-{letter}").check()
    page.locator("#s-a41 .item-check").click()
    assert "solved at the first try" in page.locator(".profile > ul > li").first.inner_text()


def test_without_script_the_sheet_is_there_to_fill_in(open_page: Open) -> None:
    page = open_page(ASSESSMENT, java_script_enabled=False)
    tool = page.locator("#s-tool-profile")
    assert tool.locator("tbody tr").count() == 8 and tool.locator(".profile").count() == 0
    assert tool.locator("figure").count() == 1 and tool.locator("a[href='#law']").count() == 1
