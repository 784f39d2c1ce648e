"""A real browser: Debian's Chromium, driven by Playwright, with every request to another host forbidden."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Playwright, Request, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def find_chromium() -> str | None:
    """The browser to use: `JOURNEY_CHROMIUM` or the first that is installed."""
    chosen = os.environ.get("JOURNEY_CHROMIUM")
    return chosen or next((path for name in NAMES if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    path = find_chromium()
    if path is None:
        pytest.skip("no Chromium; sh .ci/ensure-browser.sh says how to get one")
    browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
    yield browser
    browser.close()


Open = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, real_url: str) -> Iterator[Open]:
    """Open a page of the real site; fails at the end if anything went wrong or left the site."""
    contexts = []
    trouble: list[str] = []

    def watch(request: Request) -> None:
        if urlsplit(request.url).netloc != urlsplit(real_url).netloc and not request.url.startswith("data:"):
            trouble.append(f"request to another host: {request.url}")

    def open_(path: str = "", width: int = 1280, scheme: str = "light", height: int = 860, **options: Any) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, service_workers="block", **options
        )
        contexts.append(context)
        page = context.new_page()
        page.on("request", watch)
        page.on("pageerror", lambda error: trouble.append(f"script error: {error}"))
        page.on("console", lambda m: trouble.append(f"console: {m.text}") if m.type == "error" else None)
        page.goto(real_url + path)
        page.evaluate("document.fonts.ready") if options.get("java_script_enabled", True) else None
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not trouble
