"""What stands at the end of a page: a letter about a mistake, the page as one file to pass on."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

HOME = "https://books.example.org/"


def letter(address: str | None) -> dict[str, list[str]]:
    assert address is not None and address.startswith("mailto:editor@example.org?")
    return parse_qs(urlsplit(address).query)


@pytest.mark.parametrize("script", [True, False])
def test_a_letter_names_the_page_and_the_section(browser: Browser, books_url: str, script: bool) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 500}, java_script_enabled=script)
    page = context.new_page()
    page.goto(f"{books_url}ur/modules/water/01-well/")
    link = page.locator("a.mistake")
    title = page.locator("h1").inner_text()
    assert letter(link.get_attribute("href")) == {"subject": [title], "body": [f"{HOME}ur/modules/water/01-well/"]}
    if script:
        page.evaluate("document.querySelector('.mistake').addEventListener('click', (event) => event.preventDefault())")
        link.scroll_into_view_if_needed()
        link.click()
        last = page.locator("article h2[id]").last.get_attribute("id")
        assert letter(link.get_attribute("href"))["body"] == [f"{HOME}ur/modules/water/01-well/#{last}"]
    context.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_the_file_to_pass_on_is_a_whole_page(browser: Browser, books_url: str, tmp_path: Path, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(f"{books_url}ur/modules/water/01-well/")
    words = page.locator("article h1").inner_text()
    with page.expect_download() as download:
        page.locator("a[download]").click()
    name = download.value.suggested_filename
    assert name == "water-01-well.ur.html"
    download.value.save_as(tmp_path / name)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((tmp_path / name).as_uri())
    assert page.locator("h1").inner_text() == words
    assert page.evaluate("document.documentElement.dir") == "rtl"
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert [address for address in asked if not address.startswith(("file:", "data:"))] == []
    assert [one["id"] for one in Axe().run(page).response["violations"]] == []
    context.close()
