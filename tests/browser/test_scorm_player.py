"""A SCORM package in a browser, inside a platform's page with the API of scorm-again."""

from __future__ import annotations

import io
import json
import mimetypes
import zipfile
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Frame, Page, Route

from journey.locales import LOCALES
from scorm_package import NO_NODE, NODE, build, read_test

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not (NODE / "scorm-again").is_dir(), reason=NO_NODE),
]

HOST = "http://platform.test/"
PLATFORM = """<!doctype html><html lang="en"><title>Platform</title><script src="/scorm12.js"></script>
<script>
  const query = new URLSearchParams(location.search), calls = [];
  window.API = new Scorm12API({ autocommit: false, logLevel: 5, mastery_override: query.has("override") });
  API.loadFromJSON(JSON.parse(query.get("cmi") || "{}"), "cmi");
  API.on("LMSCommit", () => calls.push("commit"));
  API.on("LMSFinish", () => calls.push("finish"));
  API.on("LMSSetValue.cmi.core.session_time", (_, time) => calls.push(time));
</script>
<iframe id="sco" title="SCO" width="900" height="800"></iframe>
<script>document.getElementById("sco").src = "/sco/index.html";</script></html>"""


class Platform:
    """A learning platform that shows one package and remembers what it is told."""

    def __init__(self, page: Page, cmi: dict[str, Any], query: str) -> None:
        self.page = page
        page.goto(f"{HOST}platform.html?cmi={quote(json.dumps(cmi))}&{query}")
        page.frame_locator("#sco").locator(".quiz").wait_for()
        frame = page.frame(url=f"{HOST}sco/index.html")
        assert frame is not None
        self.sco: Frame = frame

    def get(self, name: str) -> str:
        return str(self.page.evaluate(f"API.cmi.{name}"))

    def score(self) -> str:
        return self.get("core.score.raw")

    def status(self) -> str:
        return self.get("core.lesson_status")

    def check(self, item: str) -> None:
        self.sco.click(f"#{item} .item-check")

    def choose(self, item: str, *keys: str) -> None:
        while (box := self.sco.locator(f"#{item} input[type=checkbox]:checked")).count():
            box.first.uncheck()
        for key in keys:
            self.sco.check(f"#{item}-{key}")
        self.check(item)

    def answer_all(self, right: bool) -> None:
        self.choose("m1-one", "a" if right else "b")
        self.choose("m1-two", *("ab" if right else "c"))
        self.sco.fill("#m1-year-year", "۱۹۵۲" if right else "1900")
        self.sco.select_option("#m1-year-n", "1" if right else "0")
        self.check("m1-year")
        for key, place in zip("abc", "123" if right else "231", strict=True):
            self.sco.select_option(f"#m1-order-{key}", place)
        self.check("m1-order")

    def leave(self) -> dict[str, Any]:
        """Go away as a learner who closes the test; what the platform has then."""
        self.page.evaluate("document.getElementById('sco').src = 'about:blank'")
        self.page.wait_for_function("calls.includes('finish')")
        cmi: dict[str, Any] = self.page.evaluate("API.renderCMIToJSONObject().cmi")
        core = cmi["core"]
        saved = {name: core[name] for name in ("lesson_status", "exit", "score", "credit")} | {"entry": "resume"}
        return {"core": saved, "suspend_data": cmi["suspend_data"], "student_data": cmi["student_data"]}


Launch = Callable[..., Platform]


@pytest.fixture
def launch(browser: Browser) -> Iterator[Launch]:
    """Launch a package in a platform; fails at the end if a script failed or a file was missing."""
    contexts, trouble = [], []

    def launch_(package: bytes, cmi: dict[str, Any] | None = None, query: str = "") -> Platform:
        with zipfile.ZipFile(io.BytesIO(package)) as archive:
            files = {f"/sco/{name}": archive.read(name) for name in archive.namelist()}
        files["/platform.html"] = PLATFORM.encode()
        files["/scorm12.js"] = (NODE / "scorm-again" / "dist" / "scorm12.js").read_bytes()
        files["/favicon.ico"] = b""

        def serve(route: Route) -> None:
            path = "/" + route.request.url.removeprefix(HOST).split("?")[0]
            if path not in files:
                trouble.append(f"not in the package: {route.request.url}")
                route.abort()
                return
            route.fulfill(body=files[path], content_type=mimetypes.guess_type(path)[0] or "text/plain")

        context = browser.new_context()
        contexts.append(context)
        context.route("**/*", serve)
        page = context.new_page()
        page.on("pageerror", lambda error: trouble.append(f"script error: {error}"))
        return Platform(page, cmi or {}, query)

    yield launch_
    for context in contexts:
        context.close()
    assert not trouble


def test_all_right_is_passed(launch: Launch) -> None:
    lms = launch(build(read_test()))
    assert lms.status() == "incomplete"
    lms.answer_all(right=True)
    assert (lms.status(), lms.score()) == ("passed", "100")
    assert (lms.get("core.score.min"), lms.get("core.score.max")) == ("0", "100")
    assert lms.page.evaluate("calls.filter((one) => one === 'commit').length") == 5  # at the start, after each check
    assert lms.leave()["core"]["lesson_status"] == "passed"
    assert lms.page.evaluate("calls.some((one) => /^0000:0[0-9]:[0-5][0-9]$/.test(one))")


def test_all_wrong_is_failed_and_a_better_answer_passes(launch: Launch) -> None:
    lms = launch(build(read_test()))
    lms.answer_all(right=False)
    assert (lms.status(), lms.score()) == ("failed", "0")
    lms.choose("m1-one", "a")  # two of five points
    assert (lms.status(), lms.score()) == ("failed", "40")
    lms.choose("m1-two", "a", "b")
    assert (lms.status(), lms.score()) == ("passed", "60")


@pytest.mark.parametrize("query", ["", "override"])
def test_an_interrupted_test_stays_incomplete_and_resumes(launch: Launch, query: str) -> None:
    """Also where the platform judges by the mastery score itself, as Moodle does unless told otherwise."""
    package, mastery = build(read_test()), {"student_data": {"mastery_score": "60"}, "core": {"credit": "credit"}}
    lms = launch(package, mastery, query)
    lms.choose("m1-one", "a")
    lms.choose("m1-two", "a", "c")
    lms.sco.fill("#m1-notes-answer", "یہ اور وہ\n“ok”")
    lms.sco.press("#m1-notes-answer", "Tab")
    saved = lms.leave()
    assert saved["core"]["lesson_status"] == "incomplete"
    assert saved["core"]["exit"] == "suspend"

    again = launch(package, saved, query)
    assert again.sco.is_checked("#m1-one-a") and again.sco.is_checked("#m1-two-c")
    assert not again.sco.is_checked("#m1-two-b")
    assert again.sco.input_value("#m1-notes-answer") == "یہ اور وہ\n“ok”"
    assert "2 of 4" in again.sco.inner_text(".quiz-summary")
    again.answer_all(right=True)
    again.leave()
    assert (again.status(), again.score()) == ("passed", "100")


def test_the_threshold_of_the_platform_comes_first(launch: Launch) -> None:
    lms = launch(build(read_test()), {"student_data": {"mastery_score": "30"}})
    lms.answer_all(right=False)
    lms.choose("m1-one", "a")
    assert (lms.status(), lms.score()) == ("passed", "40")


def many_items(count: int) -> str:
    body = "".join(
        f"/// question | m1-item-with-a-long-name-{n:03}\nName it.\n\n= floor\n= the floor\n///\n\n"
        for n in range(count)
    )
    notes = "/// question | m1-notes\nThink.\n\n> [!MODEL]\n> So.\n///\n\n"
    return f"/// quiz | m1-post\n\n{notes}{body}///\n"


def test_the_memory_of_a_platform_is_enough(launch: Launch) -> None:
    """4,096 characters: the newest answers go first, scores stay, the attempt can be ended later."""
    package = build(read_test(many_items(149)))
    lms = launch(package)
    lms.sco.evaluate(
        """() => {
          const put = (item, text) => { const one = item.querySelector("input, textarea"); one.value = text; return one; };
          put(document.getElementById("m1-notes"), "n".repeat(500)).dispatchEvent(new Event("change", { bubbles: true }));
          [...document.querySelectorAll(".item[data-key]")].slice(0, 148).forEach((item, place) => {
            put(item, place % 2 ? "ឆ".repeat(40) : "the floor");
            item.querySelector(".item-check").click();
          });
        }"""
    )
    saved = lms.leave()
    assert saved["core"]["lesson_status"] == "incomplete"
    assert 3000 < len(saved["suspend_data"]) <= 4096

    again = launch(package, saved)
    item = "m1-item-with-a-long-name-{:03}"
    assert again.sco.input_value(f"#{item.format(0)}-answer") == "the floor"
    assert again.sco.input_value(f"#{item.format(147)}-answer") == ""
    assert again.sco.input_value("#m1-notes-answer") == ""
    assert "148 of 149" in again.sco.inner_text(".quiz-summary")
    again.sco.fill(f"#{item.format(148)}-answer", "floor")
    again.check(item.format(148))
    assert (again.status(), again.score()) == ("failed", "50.34")


@pytest.mark.parametrize("data", ["", "{", "[1,[]]", '[1,["x"],7,[null,{},[]]]', "viewed=1,2,3", '{"version":1}'])
def test_foreign_data_break_nothing(launch: Launch, data: str) -> None:
    lms = launch(build(read_test()), {"suspend_data": data})
    lms.answer_all(right=True)
    assert lms.status() == "passed"


def test_a_pass_without_its_answers_is_not_taken_back(launch: Launch) -> None:
    lms = launch(build(read_test()), {"core": {"lesson_status": "passed"}})
    lms.choose("m1-one", "b")
    assert lms.status() == "passed"


def test_a_review_changes_nothing(launch: Launch) -> None:
    lms = launch(build(read_test()), {"core": {"lesson_mode": "review", "lesson_status": "failed"}})
    lms.answer_all(right=True)
    assert (lms.status(), lms.score(), lms.get("suspend_data")) == ("failed", "", "")


def test_attempts_are_counted_over_visits(launch: Launch) -> None:
    package = build(read_test())
    lms = launch(package)
    for _ in range(3):
        lms.choose("m1-one", "b")
    again = launch(package, lms.leave())
    assert again.sco.evaluate("journeyProgress.items['m1-one'].tries") == 3


def test_the_reader_is_told_when_nothing_is_saved(launch: Launch) -> None:
    lms = launch(build(read_test()))
    assert not lms.sco.is_visible("#lms-not-saved")
    lms.page.evaluate("API.LMSCommit = () => 'false'")
    lms.choose("m1-one", "a")
    assert lms.sco.is_visible("#lms-not-saved")
    lms.page.evaluate("API.LMSCommit = () => 'true'")
    lms.choose("m1-one", "a")
    assert not lms.sco.is_visible("#lms-not-saved")


def test_answers_of_another_learner_on_this_device_stay_unseen(launch: Launch) -> None:
    lms = launch(build(read_test()))
    entry = {"version": 1, "items": {"m1-one": {"score": 1, "tries": 1, "answer": ["a"]}}}
    lms.sco.evaluate("(data) => localStorage.setItem('journey-progress', data)", json.dumps(entry))
    lms.sco.goto(f"{HOST}sco/index.html")  # this platform allows no second beginning
    assert lms.sco.is_visible("#lms-not-saved")
    assert not lms.sco.is_checked("#m1-one-a")
    lms.choose("m1-one", "b")
    assert json.loads(lms.sco.evaluate("localStorage.getItem('journey-progress')")) == entry


def test_without_a_platform_it_is_a_page(launch: Launch) -> None:
    page = launch(build(read_test())).page
    page.goto(f"{HOST}sco/index.html")
    page.check("#m1-one-a")
    page.click("#m1-one .item-check")
    assert page.is_visible("#m1-one .said.right")
    assert page.is_visible("[data-lms=no]") and not page.is_visible("[data-lms=yes]")
    page.reload()
    assert page.is_checked("#m1-one-a")


def test_a_window_of_its_own_finds_the_platform(launch: Launch) -> None:
    lms = launch(build(read_test()))
    lms.leave()
    lms.page.evaluate("API.reset(); calls.length = 0")
    with lms.page.expect_popup() as popup:
        lms.page.evaluate("window.open('/sco/index.html')")
    popup.value.check("#m1-one-a")
    popup.value.click("#m1-one .item-check")
    assert lms.status() == "incomplete"
    assert "a" in lms.get("suspend_data")
    popup.value.close(run_before_unload=False)


@pytest.mark.parametrize("locale", ["en", "ur", "km"])
def test_axe_finds_nothing(launch: Launch, locale: str) -> None:
    lms = launch(build(read_test(), locale=locale))
    assert lms.sco.evaluate("document.documentElement.dir") == LOCALES[locale].direction
    assert lms.sco.is_visible("[data-lms=yes]") and not lms.sco.is_visible("[data-lms=no]")
    lms.answer_all(right=False)
    lms.page.goto(f"{HOST}sco/index.html")
    found = Axe().run(lms.page).response["violations"]
    assert [f"{one['id']}: {one['nodes'][0]['target']}" for one in found] == []
