"""A SCORM package is the same every time, valid, complete, and never holds a final."""

from __future__ import annotations

import gzip
import io
import json
import re
import xml.etree.ElementTree as etree
import zipfile

import pytest

from journey.locales import LOCALES
from journey.quizzes.exports.scorm import MOST_ITEMS, build_manifest, build_scorm
from journey.quizzes.exports.setup_sheet import render_setup_sheet
from scorm_package import NO_NODE, NODE, RELEASE, TEST, build, items_of, read_assets, read_test, schema_folder
from support import ROOT

CP = "{http://www.imsproject.org/xsd/imscp_rootv1p1p2}"
ADL = "{http://www.adlnet.org/xsd/adlcp_rootv1p2}"


def unzip(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as files:
        assert files.testzip() is None
        return {name: files.read(name) for name in files.namelist()}


def test_the_bytes_are_the_same_twice() -> None:
    first = build(read_test())
    assert first == build(read_test())
    with zipfile.ZipFile(io.BytesIO(first)) as files:
        entries = files.infolist()
    assert [entry.filename for entry in entries] == sorted(entry.filename for entry in entries)
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}


def test_the_manifest_names_every_file_and_the_threshold() -> None:
    files = unzip(build(read_test()))
    root = etree.fromstring(files["imsmanifest.xml"])
    assert root.tag == f"{CP}manifest" and root.get("identifier") == "journey-m1-post.en"
    assert root.findtext(f"{CP}metadata/{CP}schemaversion") == "1.2"
    assert root.findtext(f".//{ADL}masteryscore") == "60"
    resource = root.find(f".//{CP}resource")
    assert resource is not None
    assert resource.get(f"{ADL}scormtype") == "sco" and resource.get("href") == "index.html"
    assert {file.get("href") for file in resource} == set(files) - {"imsmanifest.xml"}


def test_the_manifest_is_valid() -> None:
    xml = pytest.importorskip("lxml.etree", reason="lxml checks the manifest against the schemas")
    if not NODE.is_dir():
        pytest.skip(NO_NODE)
    schema = xml.XMLSchema(xml.parse(str(schema_folder() / "adlcp_rootv1p2.xsd")))
    for manifest in (
        unzip(build(read_test()))["imsmanifest.xml"],
        build_manifest("a.km", "ល" * 300, "a release with a very long name", None, ["index.html", "b & c.png"]),
    ):
        schema.assertValid(xml.fromstring(manifest))
    wrong = build_manifest("a.en", "A", "1", 60, []).replace(b"masteryscore", b"masterscore")
    assert not schema.validate(xml.fromstring(wrong))


def test_a_test_without_a_threshold_asks_for_sixty() -> None:
    bank = read_test(TEST.replace("    attendance: 60\n    achievement: 70\n", ""))
    files = unzip(build(bank))
    assert b"<adlcp:masteryscore>60</adlcp:masteryscore>" in files["imsmanifest.xml"]
    assert b'data-attendance="60"' in files["index.html"]


@pytest.mark.parametrize(("locale", "fonts"), [("en", 0), ("zh", 0), ("ur", 1), ("km", 2)])
def test_the_page_is_in_its_language_and_brings_its_fonts(locale: str, fonts: int) -> None:
    files = unzip(build(read_test(), locale=locale, title="A <title>"))
    page = files["index.html"].decode()
    assert f'<html lang="{locale}" dir="{LOCALES[locale].direction}">' in page
    assert "<h1>A &lt;title&gt;</h1>" in page
    assert sum(name.endswith(".woff2") for name in files) == fonts
    assert any("OFL" in name for name in files) == bool(fonts)
    words = re.search(r'id="quiz-words">(.*?)</script>', page, re.S)
    assert words and "{percent}" in json.loads(words[1])["said_partly"]


def test_every_word_that_the_script_says_is_there() -> None:
    page = unzip(build(read_test()))["index.html"].decode()
    words = re.search(r'id="quiz-words">(.*?)</script>', page, re.S)
    assert words
    said = set(re.findall(r'say\("(\w+)"', read_assets()["js/quiz.js"].decode()))
    assert said and said <= set(json.loads(words[1]))


def test_a_final_is_refused() -> None:
    bank = read_test(TEST.replace("post-test", "final"))
    with pytest.raises(ValueError, match="m1-post: a final"):
        build(bank)


def test_too_many_items_are_refused() -> None:
    bank = read_test()
    item = items_of(bank)[0]
    with pytest.raises(ValueError, match="holds 1 to 150"):
        build_scorm(
            bank.assessments["m1-post"], [item] * (MOST_ITEMS + 1), "en", "A", lambda *_: "", RELEASE, read_assets()
        )


def test_a_picture_comes_along_and_a_lost_one_is_an_error() -> None:
    bank = read_test()
    assessment, items = bank.assessments["m1-post"], items_of(bank)[:1]
    assets = read_assets() | {"images/map.svg": b"<svg/>"}

    def package(form: str) -> dict[str, bytes]:
        return unzip(build_scorm(assessment, items, "en", "A", lambda *_: form, RELEASE, assets))

    allowed = '<a href="#x">x</a> <a href="https://example.org">y</a> <img src="data:image/png;base64,">'
    assert package(f'<img alt="" src="images/map.svg"> {allowed}')["images/map.svg"] == b"<svg/>"
    assert "images/map.svg" not in package("Nothing shown.")
    with pytest.raises(ValueError, match=r"modules/m1/01-unit\.md:6: `m1-one` leads to \.\./map\.png"):
        package('<img alt="" src="../map.png">')


def test_the_adapter_is_small() -> None:
    adapter = ROOT / "plugins/journey/quizzes/exports/scorm.js"
    scripts = (read_assets()["js/quiz.js"], adapter.read_bytes())
    assert sum(len(gzip.compress(script, 9)) for script in scripts) < 12_000


@pytest.mark.parametrize("locale", list(LOCALES))
def test_the_sheet_says_what_a_tutor_sets(locale: str) -> None:
    text = TEST.replace("    attendance: 60\n", "    draw: {m1-o1: 2}\n    attempts: 3\n    attendance: 60\n")
    bank = read_test(text)
    sheet = render_setup_sheet(bank.assessments["m1-post"], items_of(bank), locale, RELEASE)
    cells = re.findall(r"<td>(.*?)</td>", sheet, re.S)
    assert len(cells) == 10
    assert f'<html lang="{locale}" dir="{LOCALES[locale].direction}">' in sheet
    assert "60" in cells[1] and "70" in cells[2] and f"m1/m1-o1 ({RELEASE} {locale})" in cells[3] and cells[4] == "3"
    assert not re.search(r"[{}]", re.sub(r"<style>.*?</style>", "", sheet, flags=re.S))


def test_the_sheet_of_a_final_offers_no_package() -> None:
    bank = read_test(TEST.replace("post-test", "final"))
    sheet = render_setup_sheet(bank.assessments["m1-post"], items_of(bank), "en", RELEASE)
    assert "None: the answers of a final test would be inside the package." in sheet


@pytest.mark.parametrize(("points", "said"), [(1, True), (2, False), (3, True), (4, False)])
def test_the_sheet_names_the_questions_with_gaps_whose_points_a_moodle_does_not_take_over(
    points: int, said: bool
) -> None:
    """It sums a cloze from whole marks a gap; an import into Moodle 4.5 and 5.1 showed 4 marks for 4 gaps of 1 point."""
    bank = read_test(TEST.replace("| m1-year\n", f"| m1-year\n    points: {points}\n\n"))
    sheet = render_setup_sheet(bank.assessments["m1-post"], items_of(bank), "en", RELEASE)
    assert ("m1-year: Moodle gives one mark for each gap. Where you put this question" in sheet) is said
    assert (f"set its mark to {points}." in sheet) is said


def test_the_words_before_the_questions_are_in_the_package() -> None:
    assessment = read_test()
    page = unzip(build(assessment, intro="<p>Take <b>20</b> minutes.</p>"))["index.html"].decode()
    assert "<p>Take <b>20</b> minutes.</p>" in page
