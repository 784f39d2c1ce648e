"""Courses: a plan that becomes dates, in two directions and any time zone; its calendar file read by icalendar; peers' marks."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from icalendar import Calendar
from playwright.sync_api import Page
from waiting import wait_until

from journey.courses.model import Course
from journey.courses.parse import parse_file
from journey.locales import LOCALES
from support import ROOT

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
KEY = "journey-courses"
COURSE = "courses/leadership/"
YEARS_END = "2026-12-07"
SUMMER_TIME = "2027-03-15"


def plan() -> Course:
    path = ROOT / "docs" / "courses" / "leadership.yml"
    found = parse_file(path.relative_to(ROOT), path.read_bytes())  # type: ignore[arg-type]
    assert isinstance(found, Course)
    return found


def set_dates(page: Page, start: str, time: str = "") -> None:
    page.fill("#planner-start", start)
    if time:
        page.fill("#planner-time", time)


def spans(page: Page) -> list[str]:
    """From when to when each week is, without the spaces around dashes, which differ between browsers."""
    return [re.sub(r"\s*–\s*", "–", text) for text in page.locator(".course-days").all_inner_texts()]


def kept(page: Page) -> Any:
    return page.evaluate(f"JSON.parse(localStorage.getItem('{KEY}'))")


def calendar_of(page: Page) -> tuple[bytes, Any]:
    with page.expect_download() as download:
        page.click("#planner-calendar")
    data = Path(download.value.path()).read_bytes()
    return data, Calendar.from_ical(data)


def events(calendar: Any) -> dict[str, Any]:
    return {str(event["UID"]).partition("@")[0]: event for event in calendar.walk("VEVENT")}


def test_without_script_the_plan_is_complete_in_weeks_and_days(open_page: Open) -> None:
    page = open_page(COURSE, java_script_enabled=False)
    assert not page.locator("#planner").is_visible()
    weeks = page.locator(".course-week")
    assert weeks.count() == 6
    assert "Days 1–7" in weeks.first.inner_text() and "Days 36–42" in weeks.last.inner_text()
    assert "Day 3 Live session with the tutor" in weeks.first.inner_text()
    assert "Until: Day 2 Test before you begin" in weeks.first.inner_text()
    fourth = weeks.nth(3).locator("h3:has-text('Required reading') + ul a")
    assert fourth.count() == 9 and all("ict-data" in (a.get_attribute("href") or "") for a in fourth.all())
    assert "70 of 100, ten points more" in page.locator(".course-marks").inner_text()


def test_a_first_day_turns_days_into_dates_across_the_end_of_a_year(open_page: Open) -> None:
    page = open_page(COURSE, timezone_id="America/Anchorage")
    set_dates(page, YEARS_END)
    days = spans(page)
    assert days[0] == "7–13 December 2026"
    assert days[3] == "28 December 2026–3 January 2027"
    assert days[5] == "11–17 January 2027"
    assert page.locator("#week-4 .course-date[data-session]").all_inner_texts() == ["Wed 30 December", "Fri 1 January"]
    wait_until(page, "document.getElementById('planner-said').textContent.includes('17 January 2027')")
    page.reload()
    assert spans(page) == days
    assert kept(page)["courses"]["leadership"]["start"] == YEARS_END
    page.click("#planner-erase")
    assert page.locator(".course-days").first.inner_text() == "Days 1–7"
    assert kept(page) is None


@pytest.mark.parametrize("locale", LOCALES)
def test_dates_are_in_the_readers_language_in_latin_digits(open_page: Open, locale: str) -> None:
    page = open_page(("" if locale == "en" else f"{locale}/") + COURSE, width=390)
    set_dates(page, YEARS_END)
    text = page.locator("#week-4 .course-when").inner_text()
    month = {"en": "December", "ur": "دسمبر", "km": "ធ្នូ", "fr": "décembre", "es": "diciembre", "zh": "12月"}[locale]
    assert month in text and "28" in text and "2027" in text
    assert page.locator("#course").get_attribute("dir") == LOCALES[locale].direction
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_an_hour_is_a_moment_that_every_time_zone_sees_rightly(open_page: Open) -> None:
    organiser = open_page(COURSE, timezone_id="Europe/Rome", permissions=["clipboard-read", "clipboard-write"])
    set_dates(organiser, SUMMER_TIME, "15:00")
    organiser.click("#planner-share")
    wait_until(organiser, "document.getElementById('planner-said').textContent.startsWith('Copied')")
    link = organiser.evaluate("navigator.clipboard.readText()")
    assert link.endswith("#start=2027-03-15&time=15:00&zone=Europe/Rome")
    path = link.split("/", 3)[3]
    reader = open_page(path, timezone_id="Asia/Karachi")
    sessions = reader.locator(".course-date[data-session]").all_inner_texts()
    assert "19:00" in sessions[0] and "17 March" in sessions[1]
    assert "18:00" in sessions[-1]  # Rome has summer time by then, Karachi has none
    assert reader.input_value("#planner-time") == "19:00"
    assert "Asia/Karachi" in reader.locator("#planner-zone").inner_text()
    wait_until(
        reader, "document.getElementById('planner-said').textContent.startsWith('These dates come from the link')"
    )
    first, second = calendar_of(organiser)[1], calendar_of(reader)[1]
    moments = [{name: one["DTSTART"].dt for name, one in events(calendar).items()} for calendar in (first, second)]
    assert moments[0] == moments[1]
    assert moments[0]["leadership-w1-s1"] == datetime(2027, 3, 15, 14, tzinfo=UTC)
    assert moments[0]["leadership-w6-s3"] == datetime(2027, 4, 23, 13, tzinfo=UTC)


@pytest.mark.parametrize(
    "hash_", ["#start=2026-02-30", "#start=x&time=10:00", "#start=2026-12-07&time=25:00&zone=Mars"]
)
def test_a_broken_link_sets_nothing_that_is_wrong(open_page: Open, hash_: str) -> None:
    page = open_page(COURSE + hash_)
    good = "2026-12-07" in hash_
    assert page.input_value("#planner-start") == ("2026-12-07" if good else "")
    assert page.input_value("#planner-time") == ""


@pytest.mark.parametrize("locale", LOCALES)
def test_the_calendar_file_is_read_back_by_a_library(open_page: Open, locale: str) -> None:
    page = open_page(("" if locale == "en" else f"{locale}/") + COURSE, timezone_id="Asia/Phnom_Penh")
    set_dates(page, YEARS_END)
    data, calendar = calendar_of(page)
    assert not calendar.errors and data.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in data.split(b"\r\n")) and b"\n" not in data.replace(b"\r\n", b"")
    assert calendar["PRODID"] and calendar["VERSION"] == "2.0"
    found, course = events(calendar), plan()
    assert len(found) == len(list(calendar.walk("VEVENT"))) == 6 + sum(len(week.sessions) for week in course.weeks)
    start = date.fromisoformat(YEARS_END)
    for week in course.weeks:
        event = found[f"leadership-week-{week.number}"]
        first = start + timedelta(days=7 * (week.number - 1))
        assert (event["DTSTART"].dt, event["DTEND"].dt) == (first, first + timedelta(days=7))
        assert week.title.get(locale, week.title["en"]) in str(event["SUMMARY"])
        assert event["SUMMARY"].params["LANGUAGE"] == locale
        for number, session in enumerate(week.sessions, start=1):
            assert found[f"leadership-w{week.number}-s{number}"]["DTSTART"].dt == first + timedelta(
                days=session.day - 1
            )
    assert not any(event.errors for event in found.values())
    assert "\n– " in str(found["leadership-week-1"]["DESCRIPTION"])


def test_the_same_plan_gives_the_same_file_and_a_moved_one_the_same_names(open_page: Open) -> None:
    page = open_page(COURSE)
    set_dates(page, YEARS_END, "10:00")
    first, before = calendar_of(page)
    assert calendar_of(page)[0] == first
    set_dates(page, SUMMER_TIME)
    after = calendar_of(page)[1]
    assert set(events(before)) == set(events(after))
    session = events(after)["leadership-w1-s1"]
    assert session["SEQUENCE"] > events(before)["leadership-w1-s1"]["SEQUENCE"]
    assert session["DTEND"].dt - session["DTSTART"].dt == timedelta(minutes=90)


def test_what_was_answered_or_ticked_shows_in_the_plan(open_page: Open) -> None:
    page = open_page(COURSE)
    unit = page.locator(".course-tick[data-id='modules/coordination/01-one-person-five-doors']")
    items = (unit.get_attribute("data-items") or "").split()
    assert len(items) >= 3 and unit.inner_text() == "☐"
    for count, sign in ((1, "☐"), (len(items), "☑")):
        entries = {item: {"score": 1, "tries": 1, "answer": ["a"]} for item in items[:count]}
        stored = json.dumps({"version": 1, "items": entries})
        page.evaluate("text => localStorage.setItem('journey-progress', text)", stored)
        page.reload()
        assert unit.inner_text() == sign
        assert f"Questions answered: {count} of {len(items)}" in page.locator("#week-1").inner_text()
    box = page.get_by_role("checkbox", name="Done: Forum")
    box.first.check()
    page.reload()
    assert box.first.is_checked() and not box.nth(1).is_checked()


@pytest.mark.parametrize("stored", ["{", "[]", '{"version": 1, "courses": {"leadership": {"start": 7, "done": "x"}}}'])
def test_damaged_dates_are_as_none(open_page: Open, stored: str) -> None:
    page = open_page("about/")
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, stored])
    page.goto(page.url.replace("about/", COURSE))
    assert page.locator(".course-days").first.inner_text() == "Days 1–7"
    set_dates(page, YEARS_END)
    assert kept(page)["courses"]["leadership"]["start"] == YEARS_END


def test_dates_are_saved_moved_and_erased_with_the_progress(open_page: Open, tmp_path: Path) -> None:
    page = open_page(COURSE)
    set_dates(page, YEARS_END)
    page.goto(page.url.replace(COURSE, "progress/"))
    with page.expect_download() as download:
        page.click("#progress-export")
    file = tmp_path / "progress.json"
    download.value.save_as(file)
    page.click("#progress-erase")
    page.click("#progress-ask button[value=erase]")
    wait_until(page, f"localStorage.getItem('{KEY}') === null")
    page.set_input_files("#progress-file", str(file))
    wait_until(page, f"localStorage.getItem('{KEY}') !== null")
    assert kept(page)["courses"]["leadership"]["start"] == YEARS_END


@pytest.mark.parametrize(("path", "scheme"), [(COURSE, "light"), (f"ur/{COURSE}", "dark")])
def test_a_plan_with_dates_is_accessible(open_page: Open, path: str, scheme: str) -> None:
    page = open_page(path, width=390, scheme=scheme)
    set_dates(page, YEARS_END, "10:00")
    wait_until(page, "document.getElementById('planner-said').textContent !== ''")
    violations = Axe().run(page).response["violations"]
    assert not violations, [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in violations]


def test_on_paper_stand_the_plan_and_its_dates_only(open_page: Open) -> None:
    page = open_page(COURSE)
    set_dates(page, YEARS_END)
    page.emulate_media(media="print")
    assert page.locator(".course-week").first.is_visible() and page.locator(".course-model").is_visible()
    assert not page.locator("#planner").is_visible() and not page.locator(".page-end").is_visible()


@pytest.mark.parametrize(("path", "scheme"), [("courses/peer-marking/", "dark"), ("ur/courses/peer-marking/", "light")])
def test_peers_mark_by_keyboard_and_get_a_text_to_paste(open_page: Open, path: str, scheme: str) -> None:
    page = open_page(path, width=390, scheme=scheme)
    groups = page.locator("#rubric fieldset")
    assert groups.count() == 5
    assert "5" in page.locator("#rubric-mark").inner_text()
    page.fill("#rubric-who", "Amina")
    levels = (4, 3, 2, 3, 1)
    for number, level in enumerate(levels):
        groups.nth(number).locator("input").nth(level - 1).focus()
        page.keyboard.press("Space")
    weights = [int(groups.nth(n).get_attribute("data-weight") or 0) for n in range(5)]
    mark = f"{sum(w * level / 4 for w, level in zip(weights, levels, strict=True)):g}"
    assert mark in page.locator("#rubric-mark").inner_text()
    page.fill("#rubric-evidence", "Slide 3")
    text = page.input_value("#rubric-text")
    assert "Amina" in text and "Slide 3" in text and mark in text and len(text.split("\n")) == 9
    violations = Axe().run(page).response["violations"]
    assert not violations, [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in violations]
    page.click("#rubric-clear")
    assert "Amina" not in page.input_value("#rubric-text")


@pytest.mark.parametrize("locale", LOCALES)
def test_the_slip_is_one_page_of_a5(open_page: Open, tmp_path: Path, locale: str) -> None:
    page = open_page(("" if locale == "en" else f"{locale}/") + "courses/peer-marking/")
    page.pdf(path=tmp_path / "slip.pdf", prefer_css_page_size=True)
    with pikepdf.open(tmp_path / "slip.pdf") as pdf:
        box = [round(float(edge)) for edge in pdf.pages[0].mediabox]
        assert len(pdf.pages) == 1 and abs(box[2] - 420) < 2 and abs(box[3] - 595) < 2


def test_without_script_the_rubric_can_be_read_and_printed(open_page: Open) -> None:
    page = open_page("courses/peer-marking/", java_script_enabled=False)
    assert page.locator("#rubric label:visible").count() == 24
    assert not page.locator("#rubric-result").is_visible()
    page.locator(".rubric-plain summary").click()
    assert "3. Sound (points: 15)" in page.locator(".rubric-plain pre").inner_text()


def test_my_progress_names_a_course_when_one_of_its_tests_is_done(open_page: Open) -> None:
    page = open_page(f"{COURSE}pre-test/")
    items = page.locator(".quiz .item")
    ids = items.evaluate_all("items => items.map((one) => one.id)")
    assert len(ids) == 16

    def headings(answered: list[str]) -> list[str]:
        stored = {"version": 1, "items": {one: {"score": 1, "tries": 1, "answer": ["a"]} for one in answered}}
        page.evaluate("text => localStorage.setItem('journey-progress', text)", json.dumps(stored))
        page.goto(page.url.split("/courses/")[0].split("/progress/")[0] + "/progress/")
        return page.locator("#progress-modules h2").all_inner_texts()

    some = headings(ids[:-1])
    assert "Coordination" in some and "Leadership for social protection" not in some
    all_of_it = headings(ids)
    assert all_of_it == [*some, "Leadership for social protection"]
    assert page.locator("#progress-modules section").last.locator(".objective-list > li").count() > 5
