"""Waiting for a page. Playwright's own waiting for a function evaluates text in the page, which our policy forbids."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Error, Page


def wait_until(page: Page, expression: str, argument: Any = None, seconds: float = 30) -> None:
    """Wait until an expression, or the promise that it gives, is true in the page; AssertionError after `seconds`."""
    for _ in range(int(seconds * 10)):
        try:
            if page.evaluate(expression, argument):
                return
        except Error:  # the page is on its way to another
            pass
        page.wait_for_timeout(100)
    raise AssertionError(f"never true: {expression}")
