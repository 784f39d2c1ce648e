"""Citations and "Cite this page": with the clipboard, without it, and without script."""

from __future__ import annotations

import gzip
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from waiting import wait_until

from support import ROOT

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
PAPER = "research/kenya/"


@pytest.mark.parametrize("language", ["", "ur/"])
def test_a_citation_is_copied_and_said(open_page: Open, language: str) -> None:
    page = open_page(language + PAPER, width=390, permissions=["clipboard-read", "clipboard-write"])
    page.locator(".cite summary").click()
    button = page.locator("[data-copy]").nth(1)
    button.focus()
    page.keyboard.press("Enter")
    said = page.locator(".cite [role=status]")
    wait_until(page, "document.querySelector('.cite [role=status]').textContent")
    assert said.inner_text() == said.get_attribute("data-copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("#cite-text-2").text_content()
    assert copied.startswith("@online{kenya-2026")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    violations = Axe().run(page).response["violations"]
    assert not violations, [(v["id"], [n["html"] for n in v["nodes"]][:2]) for v in violations]


def test_where_copying_is_refused_the_text_is_marked(open_page: Open) -> None:
    page = open_page(PAPER)
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.locator(".cite summary").click()
    page.locator("[data-copy]").first.click()
    said = page.locator(".cite [role=status]")
    wait_until(page, "document.querySelector('.cite [role=status]').textContent")
    assert said.inner_text() == said.get_attribute("data-failed")
    assert page.evaluate("getSelection().toString().trim()") == page.locator("#cite-text-1").inner_text().strip()


def test_everything_is_there_without_script(open_page: Open) -> None:
    page = open_page(PAPER, java_script_enabled=False)
    page.locator(".cite summary").click()
    assert page.locator("#cite-text-3").is_visible()
    assert not page.locator("[data-copy]").first.is_visible()
    link = page.locator("a.citation").first
    target = (link.get_attribute("href") or "").removeprefix("#")
    link.click()
    assert page.url.endswith(f"#{target}")
    assert page.locator(f"[id='{target}']").is_visible()


def test_the_script_weighs_less_than_a_kilobyte() -> None:
    assert len(gzip.compress((ROOT / "overrides/assets/js/cite.js").read_bytes(), 9)) < 1000
