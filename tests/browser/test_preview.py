"""The preview in a browser: the open page is patched where it stands, and says what is wrong."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from waiting import wait_until

from support import ROOT, SITES
from test_serve import Preview, serving

UNIT = "modules/water/01-first.md"
MORE = "\n\n??? note \"More\"\n\n    Hidden words.\n\n" + "\n\n".join(f"Paragraph {number} of many." for number in range(80)) + "\n"


@pytest.fixture
def preview(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Preview]:
    project = Path(shutil.copytree(SITES / "mounted", tmp_path / "mounted"))
    shutil.copytree(ROOT / "overrides", project / "overrides")
    monkeypatch.setenv("JOURNEY_OVERRIDES", str(project / "overrides"))
    unit = project / UNIT
    unit.write_text(unit.read_text(encoding="utf-8") + MORE, encoding="utf-8")
    with serving(project) as preview:
        yield preview


@pytest.fixture
def page(browser: Browser, preview: Preview) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, service_workers="block")
    trouble: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.goto(preview.base + "modules/water/01-first/")
    page.evaluate("document.querySelector('main details.note').open = true")
    page.evaluate("scrollTo({ top: 900, behavior: 'instant' })")
    page.evaluate("window.sameDocument = true")
    yield page
    context.close()
    assert not trouble


def save(preview: Preview, old: str, new: str, name: str = UNIT) -> None:
    path = preview.project / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def shows(page: Page, text: str) -> None:
    wait_until(page, "text => document.querySelector('main').textContent.includes(text)", text)


def test_text_changes_in_place_and_the_reader_stays_where_she_is(preview: Preview, page: Page) -> None:
    top = page.evaluate("scrollY")
    for old, new in (
        ("Paragraph 40 of many.", "Paragraph forty, by hand."),
        ("Paragraph 41 of many.", "A new one.\n\nParagraph 41 of many."),
        ("Paragraph 42 of many.\n\n", ""),
        ("Paragraph 79 of many.", "## At the end {#end}\n\nLast words."),
    ):
        save(preview, old, new)
        shows(page, new.split("\n\n")[-1] or "Paragraph 43 of many.")
    shows(page, "Last words.")
    wait_until(page, "!document.querySelector('main').textContent.includes('Paragraph 42 of')")
    texts = page.evaluate("[...document.querySelectorAll('main p')].map(one => one.textContent)")
    place = texts.index("Paragraph forty, by hand.")
    assert texts[place : place + 4] == [
        "Paragraph forty, by hand.",
        "A new one.",
        "Paragraph 41 of many.",
        "Paragraph 43 of many.",
    ]
    assert page.evaluate("window.sameDocument") is True
    assert page.evaluate("document.querySelector('main details.note').open")
    assert page.evaluate("scrollY") == top
    assert page.locator("#end").count() == 1


def test_a_title_changes_everywhere_on_the_open_page(preview: Preview, page: Page) -> None:
    save(preview, "title: Second", "title: Another second", "modules/water/02-second.md")
    wait_until(page, "document.querySelector('#navigation').textContent.includes('Another second')")
    save(preview, "title: First", "title: At first")
    wait_until(page, "document.title.startsWith('At first') && document.querySelector('h1').textContent === 'At first'")
    assert page.evaluate("window.sameDocument") is True


def test_styles_are_fetched_again_without_loading_the_page(preview: Preview, page: Page) -> None:
    with (preview.project / "overrides/assets/css/journey.css").open("a") as sheet:
        sheet.write("\nbody { --said: 7; }\n")
    wait_until(page, "getComputedStyle(document.body).getPropertyValue('--said').trim() === '7'")
    assert page.evaluate("window.sameDocument") is True


def test_what_a_script_has_built_on_is_loaded_again_and_put_back(preview: Preview, page: Page) -> None:
    top = page.evaluate("scrollY")
    script = preview.project / "overrides/assets/js/journey.js"
    script.write_text(script.read_text(encoding="utf-8") + "\nwindow.newScript = true;\n", encoding="utf-8")
    wait_until(page, "window.newScript === true")
    wait_until(page, f"scrollY === {top}")
    assert page.evaluate("document.querySelector('main details.note').open")


def test_a_mistake_is_laid_over_the_page_and_goes_when_it_is_repaired(preview: Preview, page: Page) -> None:
    said = "document.querySelector('journey-problems')?.shadowRoot.textContent ?? ''"
    save(preview, "title: First", "title: [First")
    wait_until(page, f"({said}).includes('{UNIT}:')")
    assert "Paragraph 40 of many." in page.inner_text("main")
    save(preview, "title: [First", "title: First")
    wait_until(page, "!document.querySelector('journey-problems')")

    template = preview.project / "overrides/journey/footer.html"
    good = template.read_text(encoding="utf-8")
    template.write_text(good + "{{ nothing.at.all }}", encoding="utf-8")
    wait_until(page, f"({said}).includes('overrides/journey/footer.html:')")
    assert "Paragraph 40 of many." in page.inner_text("main")
    template.write_text(good, encoding="utf-8")
    wait_until(page, "!document.querySelector('journey-problems')")
    assert page.evaluate("window.sameDocument") is True
