"""What readers do, in a browser: read, move by keyboard, change language and colours, with and without script."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
UNIT = "modules/coordination/01-one-person-five-doors/"
PAGES = {
    "home": "",
    "home-ur": "ur/",
    "home-km": "km/",
    "unit": UNIT,
    "unit-ur": f"ur/{UNIT}",
    "unit-km": f"km/{UNIT}",
    "module": "modules/coordination/",
    "fallback": "ur/contribute/write/",
    "handbook": "contribute/checks/",
    "404": "404.html",
}


def axe(page: Page) -> list[str]:
    """All violations of WCAG 2.2 A and AA and of axe's best practices, each with its places."""
    results = Axe().run(page).response["violations"]
    return [f"{v['id']}: {', '.join(str(n['target']) for n in v['nodes'][:4])}" for v in results]


@pytest.mark.parametrize("path", ["", f"ur/{UNIT}"])
def test_axe_finds_nothing_in_open_menus(open_page: Open, path: str) -> None:
    page = open_page(path, width=390)
    page.click(".menu-button")
    assert axe(page) == []
    page.keyboard.press("Escape")
    page.click(".languages summary")
    assert axe(page) == []


@pytest.mark.parametrize("name", ["home", "unit-ur", "unit-km"])
def test_text_can_be_twice_as_large(open_page: Open, name: str) -> None:
    page = open_page(PAGES[name], width=640, bypass_csp=True)
    page.add_style_tag(content="html { font-size: 212.5% !important; }")
    assert page.evaluate("document.documentElement.scrollWidth") <= 640


def test_the_first_tab_stops_lead_past_the_head(open_page: Open) -> None:
    page = open_page(UNIT)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_the_menu_on_a_phone_works_by_keyboard(open_page: Open) -> None:
    page = open_page(UNIT, width=390)
    menu, panel = page.locator(".menu-button"), page.locator("#navigation")
    assert not panel.is_visible()
    menu.focus()
    page.keyboard.press("Enter")
    assert panel.is_visible()
    assert menu.get_attribute("aria-expanded") == "true"
    assert page.evaluate("document.activeElement.closest('#navigation') !== null")
    page.keyboard.press("Escape")
    assert not panel.is_visible()
    assert page.evaluate("document.activeElement.className").endswith("menu-button")


def test_a_closed_menu_holds_no_tab_stops(open_page: Open) -> None:
    page = open_page("", width=390)
    for _ in range(60):
        page.keyboard.press("Tab")
        inside = page.evaluate("document.activeElement.closest('#navigation, .languages:not([open]) ul') !== null")
        assert not inside


def test_changing_the_language_keeps_the_page(open_page: Open) -> None:
    page = open_page(UNIT)
    page.click(".languages summary")
    page.click(".languages a[lang=ur]")
    assert page.url.endswith(f"/ur/{UNIT}")
    assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
    page.click(".languages summary")
    page.click(".languages a[lang=km]")
    assert page.url.endswith(f"/km/{UNIT}")


def test_the_choice_of_colours_is_kept_and_paints_at_once(open_page: Open) -> None:
    page = open_page("")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.click(".theme-button")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert dark != light
    page.goto(page.url + "about/")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark


@pytest.mark.parametrize(("path", "family"), [(f"ur/{UNIT}", "Journey Nastaliq"), (f"km/{UNIT}", "Journey Khmer")])
def test_urdu_and_khmer_come_in_their_own_type(open_page: Open, path: str, family: str) -> None:
    page = open_page(path)
    loaded = page.evaluate(
        "[...document.fonts].filter(f => f.status === 'loaded').map(f => f.family.replaceAll('\"', ''))"
    )
    assert family in loaded


@pytest.mark.parametrize("path", ["", UNIT, "fr/", "zh/about/", "404.html"])
def test_readers_of_other_languages_download_no_font(open_page: Open, path: str) -> None:
    page = open_page(path, width=390)
    fonts = page.evaluate(
        "performance.getEntriesByType('resource').filter(e => e.name.includes('woff')).map(e => e.name)"
    )
    assert fonts == []


def test_code_in_an_urdu_page_keeps_its_width_and_direction(open_page: Open) -> None:
    page = open_page("ur/contribute/")
    style = page.evaluate(
        "(({fontFamily, direction}) => [fontFamily, direction])(getComputedStyle(document.querySelector('pre code')))"
    )
    assert "mono" in style[0]
    assert style[1] == "ltr"


@pytest.mark.parametrize("path", [UNIT, f"ur/{UNIT}"])
def test_everything_is_there_without_script(open_page: Open, path: str) -> None:
    page = open_page(path, width=390, java_script_enabled=False)
    assert page.locator("h1").is_visible()
    assert not page.locator(".theme-button").is_visible()
    page.click(".menu-button")
    assert page.locator("#navigation").is_visible()
    assert page.url.endswith("#navigation")
    page.click(".languages summary")
    assert page.locator(".languages a[lang=fr]").is_visible()
    page.click(".toc-phone summary")
    assert page.locator(".toc-phone a").first.is_visible()


@pytest.mark.parametrize("path", ["", UNIT, f"ur/{UNIT}", f"km/{UNIT}"])
def test_the_first_view_is_light(open_page: Open, path: str) -> None:
    """Requests of a first view; weights are measured by `make bench`, this only keeps the count down.

    A unit with quiz, tool and terms has a style sheet, four scripts and at most two fonts.
    """
    page = open_page(path, width=390)
    requests = page.evaluate(
        "performance.getEntriesByType('resource').filter(one => !one.name.endsWith('favicon.svg')).length"
    )
    assert requests <= 7


def test_a_tall_letter_in_nastaliq_is_not_cut(open_page: Open) -> None:
    """Boxes that hide what overflows must be as high as the ink of a heading in Nastaliq."""
    page = open_page(f"ur/{UNIT}", width=390)
    clipped = page.evaluate(
        "[...document.querySelectorAll('h1, h2, a, summary, th, td, p, li')].filter(e => "
        "getComputedStyle(e).overflowY !== 'visible' && e.scrollHeight > e.clientHeight + 1).map(e => e.outerHTML.slice(0, 80))"
    )
    assert clipped == []
