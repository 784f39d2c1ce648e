"""What comes out of a printer: no navigation, the address of the page, terms as notes, quizzes as forms, posters large."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
UNIT = "modules/coordination/01-one-person-five-doors/"


@pytest.mark.parametrize("locale", ["", "ur/"])
def test_a_unit_on_paper(open_page: Open, locale: str) -> None:
    page = open_page(f"{locale}{UNIT}")
    assert not page.locator(".print-address").is_visible() and not page.locator(".term-definitions").is_visible()
    page.emulate_media(media="print")
    for gone in (".head", ".foot", ".navigation", ".toc", ".turn", ".item-check", ".item details"):
        assert not page.locator(gone).first.is_visible(), gone
    assert page.locator(".print-address").inner_text().endswith(f"/{locale}{UNIT}")
    note = page.locator("#term-coordination")
    assert note.is_visible()
    name = note.evaluate("one => getComputedStyle(one, '::before').content")
    assert name.strip('"').removesuffix(": ") == note.get_attribute("data-term")
    assert page.locator(".item select").first.is_visible()


@pytest.mark.parametrize("path", ["modules/simplify/poster-register/", "modules/simplify/poster-rights/"])
@pytest.mark.parametrize("locale", ["", "ur/"])
def test_a_poster_is_one_page_in_large_type(open_page: Open, locale: str, path: str) -> None:
    page = open_page(f"{locale}{path}")
    data = page.pdf(prefer_css_page_size=True)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert len(pdf.pages) == 1
        width, height = (float(side) for side in pdf.pages[0].mediabox[2:])
        assert (round(width), round(height)) == (595, 842)
    page.emulate_media(media="print")
    assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('.block.tool li')).fontSize)") > 22
