"""The site from a memory stick: unpacked, opened by double click, no server anywhere."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from journey.offline.stick import write_stick

pytestmark = pytest.mark.browser


def test_pages_quizzes_terms_and_search_work_from_a_disk(real_site: Path, tmp_path: Path, browser: Browser) -> None:
    target = tmp_path / "stick.zip"
    write_stick(real_site, target)
    first = target.read_bytes()
    write_stick(real_site, target)
    assert target.read_bytes() == first
    with zipfile.ZipFile(target) as archive:
        assert "learning-journey/sw.js" not in archive.namelist()
        archive.extractall(tmp_path)
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.set_default_timeout(15_000)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto((tmp_path / "learning-journey" / "index.html").as_uri())
    page.click("main a[href*='modules/coordination/'] >> nth=0")
    page.wait_for_url("**/modules/coordination/index.html")
    page.click("main a[href*='01-one-person-five-doors/'] >> nth=0")
    page.wait_for_url("**/01-one-person-five-doors/index.html")
    item = page.locator(".item").nth(2)
    item.locator("label").first.click()
    item.locator("button").first.click()
    assert item.locator(".answer, .verdicts, [role=status]").first.inner_text()
    page.click(".search-button")
    page.fill("#search-field", "portability")
    page.wait_for_selector(".search-results a >> nth=1")
    page.click(".search-results a >> nth=0")
    page.wait_for_url("**/glossary/index.html#portability")
    assert page.locator("#portability").is_visible()
    page.click("footer a[hreflang=ur], footer a[lang=ur]")
    page.wait_for_url("**/ur/glossary/index.html*")
    assert page.evaluate("getComputedStyle(document.documentElement).direction") == "rtl"
    assert not errors
