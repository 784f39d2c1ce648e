"""What the accessibility statement says was tested, page by page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import axe_playwright_python
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from journey.accessibility import PAGE, read_record, render_statement
from support import ROOT

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
RECORD = read_record(ROOT / "docs") or {}
ADDRESSES = [address for places in RECORD["pages"].values() for address in places]
LOOKS = {
    "phone": (390, {"color_scheme": "light"}),
    "wide and dark": (1280, {"color_scheme": "dark"}),
    "forced colours": (390, {"color_scheme": "light", "forced_colors": "active", "reduced_motion": "reduce"}),
}
OPTIONS = {look: {"resultTypes": ["violations"]} for look in LOOKS} | {
    "forced colours": {
        "resultTypes": ["violations"],
        "rules": {"color-contrast": {"enabled": False}},
    }  # they are the reader's own
}


@pytest.mark.parametrize("address", ADDRESSES)
def test_everybody_can_read_it(open_page: Open, address: str) -> None:
    """No violation of WCAG 2.2 A and AA and of axe's best practices in any look; nothing wider than any screen."""
    page = open_page(address)
    page.evaluate(
        "document.querySelectorAll('.concept, .fact-card').forEach((one, n) => n < 40 || one.remove())"
    )  # all alike
    for look, (width, media) in LOOKS.items():
        page.set_viewport_size({"width": width, "height": 860})
        page.emulate_media(**media)
        results = Axe().run(page, options=OPTIONS[look]).response["violations"]
        found = [f"{v['id']}: {', '.join(str(n['target']) for n in v['nodes'][:4])}" for v in results]
        assert found == [], look
    for width in RECORD["widths"]:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width
        page.evaluate("scrollTo(-9999, 0)")
        assert page.evaluate("scrollX") == 0, width


def test_the_statement_says_what_is_tested() -> None:
    assert (ROOT / "docs" / PAGE).read_text(encoding="utf-8") == render_statement(RECORD), "run make handbook"
    (engine,) = Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")
    assert RECORD["engine"].replace("axe-core ", "axe v") in engine.read_text(encoding="utf-8")[:200]
    for state, file in RECORD["states"].items():
        assert "Axe()" in (ROOT / "tests" / "browser" / file).read_text(encoding="utf-8"), f"no test: {state}"
