"""The list of downloads and the page of changes as readers meet them: on a phone, from right to left, without script."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PAGES = ["downloads/", "ur/downloads/", "go/water-handbook/"]


@pytest.fixture(params=["light", "dark"])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, color_scheme=request.param, java_script_enabled=True
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(page: Page, books_url: str, path: str) -> None:
    page.goto(books_url + path)
    violations = Axe().run(page).response["violations"]
    assert [f"{one['id']}: {one['nodes'][0]['target']}" for one in violations] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_file_is_found_and_comes_without_script(browser: Browser, books_url: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page = context.new_page()
    page.goto(books_url + "ur/downloads/")
    first = page.locator(".download-book h3").first
    assert first.get_attribute("lang") == "ur"
    with page.expect_download() as download:
        page.locator(".download-book a[download]").first.click()
    assert download.value.suggested_filename.endswith(".ur.pdf")
    context.close()


def test_the_code_on_paper_leads_to_its_edition(page: Page, books_url: str) -> None:
    page.goto(books_url + "downloads/")
    link = page.locator(".download-book .download-facts a").first
    link.click()
    stamp = page.url.partition("#e-")[2]
    assert stamp
    assert page.locator(f"#e-{stamp}").is_visible()
