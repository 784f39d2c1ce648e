"""Saved once, read for a month: a language on the device, with the server gone, under a sub-path."""

from __future__ import annotations

import functools
import shutil
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from waiting import wait_until

from journey.locales import LOCALES
from journey.offline.packs import KILL_SWITCH, find_packs, write_packs

pytestmark = pytest.mark.browser
MODULES = ["modules/coordination", "modules/compliance"]
UNIT = "ur/modules/coordination/01-one-person-five-doors/"


class _Handler(SimpleHTTPRequestHandler):
    fetched: list[str] = []  # noqa: RUF012 - one list for the server

    def log_message(self, *_: object) -> None:
        pass

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def do_GET(self) -> None:
        self.fetched.append(self.path)
        super().do_GET()


class Place:
    """A site under `/learn/` that can be changed and taken off the network."""

    def __init__(self, folder: Path) -> None:
        self.site = folder / "learn"
        self._serve = functools.partial(_Handler, directory=str(folder))
        self._server: ThreadingHTTPServer | None = None
        self.port = 0
        self.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/learn/"

    def start(self) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), self._serve)
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        if self._server:
            self._server.shutdown()
            self._server.server_close()
        self._server = None

    def write(self) -> None:
        write_packs(self.site, find_packs(self.site, list(LOCALES), MODULES))


@pytest.fixture
def place(real_site: Path, tmp_path: Path) -> Iterator[Place]:
    shutil.copytree(real_site, tmp_path / "learn")
    place = Place(tmp_path)
    place.write()
    yield place
    place.stop()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.set_default_timeout(20_000)
    yield page
    context.close()


def row(page: Page, pack: str) -> str:
    return f'[data-pack="{pack}"]'


def save(page: Page, pack: str) -> None:
    page.click(f"{row(page, pack)} button >> nth=0")
    wait_until(page, "!document.querySelector('progress:not([hidden])')")


def test_a_language_is_read_searched_and_answered_without_network(place: Place, page: Page) -> None:
    page.goto(f"{place.url}ur/saved/")
    page.wait_for_selector(row(page, "ur"))
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0
    assert (
        "MB" in page.locator(f"{row(page, 'ur')} .offline-facts").inner_text()
    )  # the size, before anything is fetched
    violations = Axe().run(page).response["violations"]
    assert not violations, [v["id"] for v in violations]
    save(page, "ur")
    place.stop()
    page.goto(f"{place.url}{UNIT}?x=1#five-doors")
    assert page.locator("h1").inner_text()
    assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('16px \"Journey Nastaliq\"', 'ا'))")
    page.click(".item label >> nth=0")
    page.click(".search-button")
    page.fill("#search-field", "پنشن")
    page.wait_for_selector(".search-results mark")
    page.goto(f"{place.url}ur/glossary/index.html")
    assert page.locator(".concept").count() == 120
    page.goto(f"{place.url}fr/modules/")  # not saved
    page.wait_for_url("**/ur/saved/#missing")
    assert page.locator("#offline-missing").is_visible()
    page.wait_for_selector(f"{row(page, 'ur')} button")


def test_only_what_changed_is_fetched_again_and_pages_never_mix(place: Place, page: Page) -> None:
    page.goto(f"{place.url}ur/saved/")
    page.wait_for_selector(row(page, "ur/modules/coordination"))
    save(page, "ur/modules/coordination")
    css, unit = place.site / "assets" / "css" / "journey.css", place.site / UNIT / "index.html"
    css.write_text(css.read_text() + "h1 { outline-offset: 7px }\n")
    unit.write_text(unit.read_text().replace("<h1>", "<h1>NEW "))
    place.write()
    page.goto(f"{place.url}{UNIT}")
    assert "NEW" not in page.locator("h1").inner_text()
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).outlineOffset") != "7px"
    page.wait_for_selector(".newer:visible")
    page.goto(f"{place.url}km/modules/")  # not saved: all of it comes from the network
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).outlineOffset") == "7px"
    page.goto(f"{place.url}ur/saved/")
    page.wait_for_selector(f"{row(page, 'ur/modules/coordination')} button >> nth=1")
    _Handler.fetched.clear()
    save(page, "ur/modules/coordination")
    wait_until(page, "document.querySelectorAll(`[data-pack='ur/modules/coordination'] button`).length === 1")
    again = [path for path in _Handler.fetched if "/offline/" not in path and "sw.js" not in path]
    assert sorted(again) == [f"/learn/{'assets/css/journey.css'}", f"/learn/{UNIT}"]
    place.stop()
    page.goto(f"{place.url}{UNIT}")
    assert "NEW" in page.locator("h1").inner_text()
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).outlineOffset") == "7px"


def test_an_interrupted_update_keeps_the_old_set_whole(place: Place, page: Page) -> None:
    page.goto(f"{place.url}ur/saved/")
    page.wait_for_selector(row(page, "ur/modules/coordination"))
    save(page, "ur/modules/coordination")
    css, unit = place.site / "assets" / "css" / "journey.css", place.site / UNIT / "index.html"
    css.write_text(css.read_text() + "h1 { outline-offset: 7px }\n")
    unit.write_text(unit.read_text().replace("<h1>", "<h1>NEW "))
    place.write()
    unit.write_text(unit.read_text() + "<!-- changed again while it is loaded -->")
    page.reload()
    page.wait_for_selector(f"{row(page, 'ur/modules/coordination')} button >> nth=1")
    page.click(f"{row(page, 'ur/modules/coordination')} button >> nth=0")
    wait_until(page, "document.querySelector('#offline [role=status]').textContent.includes('رک')")
    place.stop()
    page.goto(f"{place.url}{UNIT}")
    assert "NEW" not in page.locator("h1").inner_text()
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).outlineOffset") != "7px"


def test_what_is_deleted_is_gone_with_the_worker(place: Place, page: Page) -> None:
    page.goto(f"{place.url}saved/")
    page.wait_for_selector(row(page, "en/modules/compliance"))
    save(page, "en/modules/compliance")
    page.click("#offline-all button")
    wait_until(page, "caches.keys().then(all => all.length === 0)")
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0


def test_the_kill_switch_takes_everything_back(place: Place, page: Page) -> None:
    page.goto(f"{place.url}saved/")
    page.wait_for_selector(row(page, "en/modules/compliance"))
    save(page, "en/modules/compliance")
    (place.site / "sw.js").write_text(KILL_SWITCH)
    with page.expect_event("framenavigated"):  # the switch loads every open page again
        page.evaluate("void navigator.serviceWorker.getRegistration().then(one => one.update())")
    page.wait_for_load_state()
    wait_until(page, "caches.keys().then(all => all.length === 0)")
    page.goto(f"{place.url}modules/compliance/")
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0


def test_without_sets_and_without_script_the_page_says_so(place: Place, page: Page, browser: Browser) -> None:
    (place.site / "offline" / "packs.json").unlink()
    page.goto(f"{place.url}saved/")
    wait_until(page, "document.querySelector('#offline [role=status]').textContent")
    plain = browser.new_context(java_script_enabled=False).new_page()
    plain.goto(f"{place.url}saved/")
    assert plain.locator("#offline-needs-script").is_visible()
    plain.context.close()
