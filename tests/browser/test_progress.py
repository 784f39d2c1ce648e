"""My progress: what is added up, saved as a file, read in, erased and printed; damaged data; without script."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route

from journey.layout import Layout
from journey.quizzes.bank import build_bank
from journey.quizzes.parse import parse_quizzes
from journey.quizzes.progress import Label, LabelledModule, build_progress_data

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
KEY = "journey-progress"
DATA = {
    "modules": [
        {
            "id": "m8",
            "title": "Registers",
            "lang": "en",
            "dir": "ltr",
            "url": "modules/coordination/",
            "objectives": [
                {"id": "m8-o1", "text": "Name three registers.", "lang": "en", "dir": "ltr", "url": "modules/"},
                {"id": "m8-o2", "text": "Compare two registers.", "lang": "en", "dir": "ltr", "url": "modules/"},
                {"id": "m8-o3", "text": "Choose a register.", "lang": "en", "dir": "ltr", "url": "modules/"},
            ],
            "items": {
                **{f"t-self-{n}": {"objective": f"m8-o{n}", "points": 1} for n in (1, 2, 3)},
                **{f"t-pre-{n}": {"objective": f"m8-o{n}", "points": 1} for n in (1, 2, 3)},
                **{f"t-post-{n}": {"objective": f"m8-o{n}", "points": n} for n in (1, 2, 3)},
            },
            "assessments": [
                {"id": "t-pre", "kind": "pre-test", "url": "modules/", "items": [f"t-pre-{n}" for n in (1, 2, 3)]},
                {
                    "id": "t-post",
                    "kind": "post-test",
                    "url": "modules/",
                    "items": [f"t-post-{n}" for n in (1, 2, 3)],
                    "attendance": 60,
                    "achievement": 70,
                },
            ],
        }
    ]
}


def entry(score: float | None, tries: int = 1, answer: Any = "a") -> dict[str, Any]:
    return {"score": score, "tries": tries, "answer": [answer] if score is not None else answer}


STORED = {
    "version": 1,
    "items": {
        "t-self-1": entry(1),
        "t-self-2": entry(0.5, 2),
        **{f"t-pre-{n}": entry(int(n == 3)) for n in (1, 2, 3)},
        **{f"t-post-{n}": entry(score) for n, score in ((1, 1), (2, 0), (3, 1))},
        "other-question": entry(None, answer="My notes"),
    },
}


def open_progress(open_page: Open, stored: Any = None, path: str = "progress/", **options: Any) -> Page:
    """The page with the data above in place of the site's and with `stored` (text or JSON) on the device."""
    page = open_page("about/", **options)

    def put_data_in(route: Route) -> None:
        text = route.fetch().text()
        data = json.dumps(DATA)
        text = re.sub(r'(id="progress-data">).*?(</script>)', lambda m: m[1] + data + m[2], text, flags=re.S)
        route.fulfill(body=text, content_type="text/html; charset=utf-8")

    page.route("**/progress/", put_data_in)
    if stored is not None:
        text = stored if isinstance(stored, str) else json.dumps(stored)
        page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, text])
    page.goto(page.url.removesuffix("about/") + path)
    return page


def stored_items(page: Page) -> Any:
    return page.evaluate(f"JSON.parse(localStorage.getItem('{KEY}') ?? '{{}}').items ?? null")


def read_file(page: Page, text: str, said: str) -> None:
    page.set_input_files(
        "#progress-file", {"name": "some.json", "mimeType": "application/json", "buffer": text.encode()}
    )
    page.locator("#progress-said", has_text=said).wait_for()


def as_file(items: Any, **changes: Any) -> str:
    return json.dumps({"format": KEY, "version": 1, "items": items} | changes)


def erase(page: Page) -> None:
    page.click("#progress-erase")
    page.click("#progress-ask [value=erase]")
    page.locator("#progress-said", has_text="Erased.").wait_for()


def axe(page: Page) -> list[str]:
    results = Axe().run(page).response["violations"]
    return [f"{v['id']}: {', '.join(str(n['target']) for n in v['nodes'][:4])}" for v in results]


def test_an_answer_on_a_page_appears(open_page: Open) -> None:
    """The real data of the site: the first question of a unit is answered and counted."""
    page = open_page("progress/")
    modules = json.loads(page.locator("#progress-data").text_content() or "")["modules"]
    assert modules, "the modules of this site have questions"
    before = {item for one in modules[0]["assessments"] if one["kind"] == "pre-test" for item in one["items"]}
    learnt = [item for item in modules[0]["items"] if item not in before]
    first = learnt[0]
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, as_file({first: entry(1)})])
    page.reload()
    expected = f"1 of {len(learnt)}"  # a test before the module counts by itself
    assert expected in page.locator("#progress-modules .facts").first.inner_text().replace("\n", " ")
    assert page.locator("#progress-modules h2").first.inner_text() == modules[0]["title"]


def test_every_address_on_the_page_exists(open_page: Open) -> None:
    page = open_page("progress/")
    data = json.loads(page.locator("#progress-data").text_content() or "")
    for module in data["modules"]:
        places = [module, *module["objectives"], *module["assessments"]]
        for url in {place["url"].split("#")[0] for place in places}:
            assert url
            assert page.request.get(page.url.removesuffix("progress/") + url).status == 200


def test_no_item_of_a_final_is_in_the_data() -> None:
    def question(name: str, objective: str = "m8-o1", **more: object) -> str:
        header = "".join(f"    {key}: {value}\n" for key, value in ({"objective": objective} | more).items())
        return f"/// question | {name}\n{header}\nWhich?\n\n- [x] a. This\n- [ ] b. That\n///\n\n"

    folder = PurePosixPath("modules/registers")
    quiz = "/// quiz | {}\n    kind: {}\n{}\n{}///\n\n"
    texts = {
        "01-start.md": question("loose", points=3)
        + quiz.format("check", "self-check", "    items: [loose, secret]\n", question("nested", "m8-o2"))
        + quiz.format("post", "post-test", "    draw: {m8-o1: 1}\n    attendance: 60\n    achievement: 70\n", "")
        + quiz.format("named", "final", "    draw: {m8-o2: 1}\n", ""),
        "bank.md": question("drawn") + question("left") + question("drawn-by-final", "m8-o2"),
        "final.md": quiz.format("final", "final", "", question("secret")) + question("secret-too"),
    }
    bank = build_bank(parse_quizzes(folder / name, "en", text) for name, text in texts.items())
    labels = {f"m8-o{n}": Label(f"Objective {n}", "en", "x/") for n in (1, 2, 3)}
    module = LabelledModule("m8", folder, Label("رجسٹر", "ur", "r/"), labels)
    other = LabelledModule("m9", PurePosixPath("modules/other"), Label("Other", "en", "o/"), labels)
    data = build_progress_data(bank, Layout(Path()), [module, other], {folder / "01-start.md": "r/1/"})
    (found,) = data["modules"]
    assert found["items"] == {
        "loose": {"objective": "m8-o1", "points": 3},
        "nested": {"objective": "m8-o2", "points": 1},
        "drawn": {"objective": "m8-o1", "points": 1},
    }
    assert (found["title"], found["lang"], found["dir"]) == ("رجسٹر", "ur", "rtl")
    assert [one["id"] for one in found["objectives"]] == ["m8-o1", "m8-o2"]
    assert found["assessments"] == [
        {"id": "check", "kind": "self-check", "url": "r/1/#check", "items": ["nested", "loose"]},
        {
            "id": "post",
            "kind": "post-test",
            "url": "r/1/#post",
            "items": ["drawn"],
            "attendance": 60,
            "achievement": 70,
        },
    ]
    assert json.loads(json.dumps(data)) == data


def test_objectives_that_were_not_begun_stand_behind_those_that_were(open_page: Open) -> None:
    page = open_progress(open_page, {"version": 1, "items": {"t-self-2": entry(1)}})
    assert page.locator(".objective-list li").count() == 1
    summary = page.locator("#progress-modules summary")
    assert summary.inner_text() == "Objectives not begun: 2"
    assert not page.locator("#progress-modules details a").last.is_visible()
    summary.click()
    assert page.locator("#progress-modules details a").last.is_visible()
    assert page.locator("#progress-record li").count() == 1


def test_nothing_answered_says_what_to_do(open_page: Open) -> None:
    page = open_progress(open_page)
    assert page.locator("#progress-empty").is_visible()
    assert page.locator("#progress-empty a").count() > 0
    assert not page.locator("#progress-record").is_visible()
    assert not page.locator("#progress-needs-script").is_visible()
    assert page.evaluate("localStorage.length") == 0


def test_answers_are_added_up_by_module_and_objective(open_page: Open) -> None:
    page = open_progress(open_page, STORED)
    module = page.locator("#progress-modules > section")
    total = module.locator("> .facts").inner_text().replace("\n", " ")
    assert "5 of 6" in total
    assert "61 %" in total  # 5.5 of 9 points; the test before the module is not among them
    assert "33 %" in total  # before: 1 of 3
    assert "67 %" in total  # after: 4 of 6
    assert page.locator("#progress-others").inner_text().startswith("Answers to other questions on this device: 1.")


def test_the_learning_gain_is_told_in_words(open_page: Open) -> None:
    page = open_progress(open_page, STORED)
    gains = page.locator(".objective-list .facts div:last-child dd").all_inner_texts()
    assert gains == ["100 points in a hundred more than before", "the same as before", "the same as before"]
    again = STORED["items"] | {"t-pre-1": {**entry(1, tries=2), "first": 0}}  # type: ignore[operator]
    page = open_progress(open_page, {"version": 1, "items": again})
    assert page.locator(".objective-list .facts div:last-child dd").first.inner_text() == gains[0], (
        "the first try counts"
    )
    worse = STORED["items"] | {"t-pre-2": entry(1)}  # type: ignore[operator]
    page = open_progress(open_page, {"version": 1, "items": worse})
    assert "100 points in a hundred fewer than before" in page.locator(".objective-list").inner_text()
    half = {key: value for key, value in worse.items() if key != "t-pre-1"}
    page = open_progress(open_page, {"version": 1, "items": half})
    assert "when all questions of both tests are answered" in page.locator(".objective-list li").first.inner_text()


@pytest.mark.parametrize(
    ("scores", "sentence", "objectives"),
    [
        ((1, 0, 1), "attendance reached. Achievement begins at 70 %; points still missing: 0.2.", ["Compare two"]),
        ((1, 1, 0), "attendance not reached yet. It begins at 60 %; points still missing: 0.6.", ["Choose a"]),
        ((0, 0, 0), "attendance not reached yet. It begins at 60 %; points still missing: 3.6.", ["Choose", "Compare"]),
        ((1, 1, 1), "all levels reached, the highest at 70 %.", []),
    ],
)
def test_what_is_missing_for_a_threshold(
    open_page: Open, scores: tuple[int, ...], sentence: str, objectives: list[str]
) -> None:
    items = {f"t-post-{n}": entry(score) for n, score in zip((1, 2, 3), scores, strict=True)}
    box = open_progress(open_page, {"version": 1, "items": items}).locator(".threshold")
    assert sentence in box.inner_text()
    shown = box.locator("li").all_inner_texts()
    assert len(shown) == len(objectives)
    assert all(text.startswith(start) for text, start in zip(shown, objectives, strict=True))


def test_saved_erased_and_read_in_again(open_page: Open, tmp_path: Path) -> None:
    page = open_progress(open_page, STORED)
    with page.expect_download() as download:
        page.click("#progress-export")
    file = tmp_path / "progress.json"
    download.value.save_as(file)
    assert download.value.suggested_filename.startswith("journey-progress-")
    erase(page)
    assert page.evaluate("localStorage.length") == 0
    assert page.locator("#progress-empty").is_visible()
    read_file(page, file.read_text(encoding="utf-8"), "New or better answers: 9.")
    assert stored_items(page) == STORED["items"]
    assert page.locator("#progress-modules section").count() == 1


def test_erasing_can_be_called_off(open_page: Open) -> None:
    page = open_progress(open_page, STORED)
    page.locator("#progress-erase").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.value") == "keep"
    assert axe(page) == []
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "progress-erase"
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert not page.locator("#progress-ask").is_visible()
    assert stored_items(page) == STORED["items"]


def test_of_two_scores_the_better_stays(open_page: Open) -> None:
    here = {"a": entry(1, 1), "b": entry(0, 1), "c": entry(0.5, 3), "d": entry(None, answer="mine"), "e": entry(1)}
    file = {"a": entry(0, 9), "b": entry(1, 2), "c": entry(0.5, 4), "d": entry(None, answer="theirs"), "f": entry(0)}
    page = open_progress(open_page, {"version": 1, "items": here})
    read_file(page, as_file(file), "New or better answers: 3.")
    expected = {"a": here["a"], "b": file["b"], "c": file["c"], "d": here["d"], "e": here["e"], "f": file["f"]}
    assert stored_items(page) == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("no JSON {", "not a progress file"),
        ("", "not a progress file"),
        ("[]", "not a progress file"),
        ('{"version": 1, "items": {}}', "not a progress file"),
        (as_file({}, version=2), "another version"),
        (as_file([]), "is damaged"),
        (as_file({"a": 7}), "is damaged"),
        (as_file({"a": entry(7)}), "is damaged"),
        (as_file({"a": {"score": 1, "tries": 1}}), "is damaged"),
        (as_file({"ok": entry(1), "t-self-1": entry(1, answer={"x": 1})}), "is damaged"),
        ('{"format": "journey-progress", "version": 1, "items": {"__proto__": {"score": 1}}}', "is damaged"),
    ],
)
def test_a_foreign_or_damaged_file_is_refused(open_page: Open, text: str, said: str) -> None:
    page = open_progress(open_page, STORED)
    read_file(page, text, said)
    assert page.locator("#progress-said").inner_text().endswith("Nothing was changed.")
    assert page.evaluate(f"localStorage.getItem('{KEY}')") == json.dumps(STORED)


@pytest.mark.parametrize(
    "stored",
    [
        "no JSON {",
        "[]",
        "null",
        '{"version": 2, "items": {"t-self-1": {"score": 1, "tries": 1, "answer": ["a"]}}}',
        '{"version": 1, "items": {"t-self-1": 7, "t-self-2": {"score": "x"}, "t-self-3": null, "__proto__": 5}}',
    ],
)
def test_damaged_progress_breaks_nothing_and_is_not_lost(open_page: Open, stored: str) -> None:
    page = open_progress(open_page, stored)
    assert page.locator("#progress-damaged").is_visible()
    assert page.evaluate(f"localStorage.getItem('{KEY}')") == stored
    with page.expect_download() as download:
        page.click("#progress-save-damaged")
    assert Path(download.value.path()).read_text(encoding="utf-8") == stored
    read_file(page, as_file({"t-self-1": entry(1)}), "New or better answers: 1.")
    assert stored_items(page)["t-self-1"] == entry(1)
    assert page.evaluate(f"localStorage.getItem('{KEY}-unreadable')") == stored
    assert page.locator("#progress-damaged").is_visible()
    erase(page)
    assert page.evaluate("localStorage.length") == 0
    assert not page.locator("#progress-damaged").is_visible()


def test_a_browser_that_forbids_storage_is_told_of(open_page: Open) -> None:
    page = open_page("progress/")
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })"
    )
    page.reload()
    assert page.locator("#progress-no-storage").is_visible()
    read_file(page, as_file({"a": entry(1)}), "did not allow it")


def test_only_the_record_is_printed_and_the_name_is_not_stored(open_page: Open) -> None:
    page = open_progress(open_page, STORED)
    page.fill("#progress-name", "Ayesha خان")
    page.emulate_media(media="print")
    visible = page.locator("body").inner_text()
    for text in ("Self-study record", "Ayesha خان", "Registers", "61 %", "no certificate", "more than before"):
        assert text in visible
    for text in ("My progress", "Save progress", "Your name is not stored", "This page adds up"):
        assert text not in visible
    assert "Ayesha" not in json.dumps(page.evaluate("({ ...localStorage, ...sessionStorage })"))


def test_the_words_stay_translated_and_the_numbers_latin(open_page: Open) -> None:
    page = open_progress(open_page, STORED, path="ur/progress/")
    text = page.locator("#progress-modules").inner_text()
    assert "61 فیصد" in text
    assert "100 نمبر پہلے سے زیادہ" in text


@pytest.mark.parametrize(
    ("language", "width", "stored"),
    [("", 390, None), ("ur/", 390, STORED), ("", 1280, STORED), ("ur/", 1280, "no JSON {")],
    ids=["empty", "answered", "answered-wide", "damaged"],
)
def test_axe_finds_nothing(open_page: Open, language: str, width: int, stored: Any) -> None:
    for scheme in ("light", "dark"):
        page = open_progress(open_page, stored, path=f"{language}progress/", width=width, scheme=scheme)
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("language", ["", "ur/", "fr/"])
def test_without_script_the_page_says_what_it_needs(open_page: Open, language: str) -> None:
    page = open_page(f"{language}progress/", java_script_enabled=False)
    assert "JavaScript" in page.locator("#progress-needs-script").inner_text()
    assert not page.locator("#progress").is_visible()
