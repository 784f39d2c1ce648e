"""Countries side by side: complete without script, by keyboard with it, in two directions; and charts on a page."""

from __future__ import annotations

import xml.etree.ElementTree as etree
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from charts_book import read_book
from journey.charts.render import render_chart
from journey.locales import LOCALES

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
BOOK = read_book()


@pytest.mark.parametrize(("language", "scheme"), [("", "light"), ("ur/", "dark")])
def test_boxes_are_ticked_by_keyboard_and_the_choice_is_said_and_kept_in_the_address(
    open_page: Open, language: str, scheme: str
) -> None:
    page = open_page(f"{language}lens/", width=390, scheme=scheme)
    rows, status = page.locator("tr[data-country]"), page.locator(".lens-choice [role=status]")
    count = rows.count()
    assert count > 10 and page.locator("tr[data-country]:visible").count() == count
    page.locator(".lens-choice summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")  # the first theme goes
    first = page.locator(".lens-choice input").first
    assert not first.is_checked()
    theme = first.get_attribute("value")
    assert not page.locator(f"[data-theme={theme}]").is_visible()
    assert "5" in status.inner_text()
    kenya = page.locator(".lens-choice input[value=KE]")
    kenya.focus()
    page.keyboard.press("Space")
    assert page.locator("tr[data-country=KE]:visible, li[data-country=KE]:visible").count() == 0
    assert page.locator("tr[data-country=KH]:visible").count() > 0
    violations = Axe().run(page).response["violations"]
    assert not violations, [v["id"] for v in violations]
    assert "#lens=" in page.url
    page.reload()
    assert not page.locator(".lens-choice input[value=KE]").is_checked()
    assert page.locator("tr[data-country=KE]:visible").count() == 0
    page.locator(".lens-choice button").focus()
    page.keyboard.press("Enter")
    assert page.locator("tr[data-country]:visible").count() == count
    assert "#" not in page.url
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_an_empty_choice_is_said_in_words(open_page: Open) -> None:
    page = open_page("lens/")
    page.locator(".lens-choice summary").click()
    for box in page.locator(".lens-choice input[name=country]").all():
        box.uncheck()
    assert page.locator(".lens-choice [role=status]").inner_text() == "Nothing is chosen. Tick a country and a theme."
    assert (
        page.locator("section[data-theme] .lens-nobody:visible").count() == page.locator("section[data-theme]").count()
    )
    assert page.locator(".table-frame:visible").count() == 0


def test_without_script_every_figure_is_there_and_leads_to_its_source(open_page: Open) -> None:
    page = open_page("ur/lens/", java_script_enabled=False)
    assert not page.locator(".lens-choice").is_visible()
    figures = page.locator(".lens-figure a[href*='facts/#']")
    assert figures.count() >= 30
    href = figures.first.get_attribute("href") or ""
    figures.first.click()
    assert page.locator(f"#{href.rpartition('#')[2]}").is_visible()


@pytest.mark.parametrize(("language", "scheme"), [("", "dark"), ("ur/", "light")])
def test_a_page_with_charts_is_accessible_and_its_letters_can_be_read_on_a_phone(
    open_page: Open, language: str, scheme: str
) -> None:
    page = open_page(f"{language}research/kenya/", width=390, scheme=scheme)
    chart = page.locator("figure.chart svg").first
    assert chart.get_attribute("role") == "img"
    violations = Axe().run(page, context="figure.chart").response["violations"]
    assert not violations, [v["id"] for v in violations]
    sizes = page.locator("figure.chart svg text").evaluate_all(
        "all => all.map(one => parseFloat(one.getAttribute('font-size')) * one.getScreenCTM().a)"
    )
    assert len(sizes) > 20 and min(map(abs, sizes)) >= 14
    page.locator("figure.chart summary").first.click()
    assert page.locator("figure.chart table").first.is_visible()
    with page.expect_download() as download:
        page.locator("figure.chart a[download]").first.click()
    assert download.value.suggested_filename == "coverage.csv"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("locale", LOCALES)
def test_every_word_stays_inside_its_chart_in_the_fonts_of_a_real_browser(
    open_page: Open, real_url: str, locale: str, width: int
) -> None:
    """The drawing reserves room by estimate; what the browser really sets may not run out of it or over itself."""
    charts = "".join(
        etree.tostring(render_chart(chart, locale), encoding="unicode")
        for chart in map(BOOK.find_chart, BOOK.requests)
        if chart
    )
    body = f'<html lang="{locale}" dir="{LOCALES[locale].direction}"><meta charset="utf-8"><title>t</title>'
    body += f'<link rel="stylesheet" href="/assets/css/journey.css"><main class="text"><figure class="chart">{charts}'
    page = open_page("about/", width=width)
    page.route("**/gallery", lambda route: route.fulfill(body="<!doctype html>" + body, content_type="text/html"))
    page.goto(real_url + "gallery")
    page.evaluate("document.fonts.ready")
    trouble = page.locator("svg").evaluate_all(
        """all => all.flatMap(svg => {
          const sheet = svg.getBoundingClientRect(), texts = [...svg.querySelectorAll("text")];
          const boxes = texts.map(text => text.getBoundingClientRect());
          const out = texts.filter((_, n) => boxes[n].left < sheet.left - 1.5 || boxes[n].right > sheet.right + 1.5);
          const beside = (a, b) => a.right <= b.left + 1 || b.right <= a.left + 1;
          const same = (a, b) => Math.abs(a.top - b.top) < 2;
          const over = texts.filter((_, n) => boxes.some((box, m) => m < n && same(box, boxes[n]) && !beside(box, boxes[n])));
          return [...out, ...over].map(text => text.textContent); })"""
    )
    assert trouble == []
