"""What a text brings with it can not run, and no page may ask another host."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


def test_only_our_own_files_run(browser: Browser, real_url: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{real_url}modules/coordination/")
    page.evaluate(
        """() => {
        const script = document.createElement("script");
        script.textContent = "window.ran = 1";
        document.body.append(script);
        document.body.insertAdjacentHTML("beforeend", "<img src=x onerror='window.ran = 2'>");
        }"""
    )
    page.wait_for_timeout(300)
    assert page.evaluate("window.ran") is None
    assert page.evaluate("fetch('https://example.org/').then(() => true, () => false)") is False
    page.click(".theme-button")  # the script with the hash brings the choice back
    chosen = page.evaluate("document.documentElement.dataset.theme")
    page.reload()
    assert chosen and page.evaluate("document.documentElement.dataset.theme") == chosen
    context.close()
