"""Tools are filled in on the page: kept on the device, printed alone, saved as a file, cleared and taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
SHEET = "modules/coordination/05-one-desk/"
FORM = "modules/coordination/03-who-leads/"
URDU = "ur/modules/coordination/01-one-person-five-doors/"


def test_what_is_typed_is_there_again_in_another_language(open_page: Open) -> None:
    page = open_page("modules/coordination/01-one-person-five-doors/")
    page.get_by_role("textbox", name="Life event").fill("A birth")
    page.get_by_role("textbox", name="1, Which body and desk").fill("Health office")
    page.goto(page.url.replace("/modules/", "/ur/modules/", 1))
    tool = page.locator("#m1-tool-path-sheet")
    assert tool.locator('[data-blank="b1"] textarea').input_value() == "A birth"
    assert tool.locator('[data-blank="t1r1c2"] textarea').input_value() == "Health office"


@pytest.mark.parametrize(("path", "width"), [(SHEET, 390), (FORM, 1280), (URDU, 390)])
def test_a_filled_tool_is_accessible(open_page: Open, path: str, width: int) -> None:
    page = open_page(path, width=width)
    fields = page.locator(".block.tool textarea")
    assert fields.count() > 4
    fields.first.fill("x " * 80)
    violations = Axe().run(page, context=".block.tool").response["violations"]
    assert not violations, [v["id"] for v in violations]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    names = page.locator(".block.tool :is(textarea, input)").evaluate_all("all => all.map(one => one.ariaLabel)")
    assert all(names)


def test_the_sheet_is_saved_as_a_file_that_stands_alone(open_page: Open, tmp_path: Path) -> None:
    page = open_page(SHEET)
    page.get_by_role("textbox", name="1. Which life events do we serve?, Our answer").fill("Birth <b>\nand death")
    page.get_by_role("checkbox", name="Corner for private talk").check()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save as a file").click()
    saved = tmp_path / "sheet.html"
    waiting.value.save_as(saved)
    assert waiting.value.suggested_filename == "m1-tool-single-window.html"
    text = saved.read_text(encoding="utf-8")
    assert '<html lang="en" dir="ltr">' in text
    assert "Birth &lt;b&gt;<br>and death" in text
    assert "☒" in text
    assert "<textarea" not in text
    assert "<button" not in text


def test_clearing_can_be_taken_back(open_page: Open) -> None:
    page = open_page(SHEET)
    field = page.get_by_role("textbox", name="4. Who is the host?, Our answer")
    field.fill("The municipality")
    page.get_by_role("button", name="Clear").click()
    assert field.input_value() == ""
    assert page.evaluate("localStorage.getItem('journey-tools')") == "{}"
    page.get_by_role("button", name="Undo").click()
    assert field.input_value() == "The municipality"
    assert "The municipality" in page.evaluate("localStorage.getItem('journey-tools')")


def test_only_the_sheet_is_printed(open_page: Open) -> None:
    page = open_page(FORM)
    page.evaluate("window.print = () => {}")
    page.get_by_role("textbox", name="End date, or date of review").fill("30 June")
    page.get_by_role("button", name="Print this sheet").click()
    page.emulate_media(media="print")
    assert page.locator("#m1-tool-forum-terms").is_visible()
    assert not page.locator("h1").is_visible()
    assert not page.locator(".tool-buttons").is_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("h1").is_visible()


def test_without_script_the_sheet_has_empty_lines(open_page: Open) -> None:
    page = open_page(FORM, java_script_enabled=False)
    line = page.locator('#m1-tool-forum-terms [data-blank="b1"]')
    assert line.is_visible()
    assert line.bounding_box()["width"] > 80  # type: ignore[index]
    assert page.locator(".block.tool textarea").count() == 0


@pytest.mark.parametrize("damaged", ["{", "[1]", '{"m1-tool-forum-terms": 3}', "null"])
def test_damaged_storage_breaks_nothing(open_page: Open, damaged: str) -> None:
    page = open_page(FORM)
    page.evaluate("text => localStorage.setItem('journey-tools', text)", damaged)
    page.reload()
    field = page.get_by_role("textbox", name="End date, or date of review")
    field.fill("30 June")
    page.reload()
    assert field.input_value() == "30 June"
