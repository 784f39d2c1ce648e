"""Pages as one small file: what stays, what goes, where links lead."""

from __future__ import annotations

from pathlib import Path

import pytest

from journey.finished.leaflets import LIMIT, MARK, write_leaflets

PAGE = """<!doctype html><html lang="ur" dir="rtl"><head><title>x</title><script src="../a.js"></script></head><body>
<a class="brand" href="../../">The site</a>
<main><article class="text"{language}><header><h1>A &amp; B</h1></header>
<details class="toc-phone"><summary>On this page</summary></details>
<p>A <a class="term" href="../glossary/#x" aria-describedby="t">term</a>, a <a href="../other/#place">link</a>,
a note<sup id="fnref:1"><a href="#fn:1">1</a></sup>. <img src="drop.svg" alt="A drop"></p>
<h2 id="part">Part<a class="headerlink" href="#part">#</a></h2>
<div class="item" data-key="a" id="q1"><fieldset><legend>1</legend>
<label><input type="radio" name="q"> One</label><label>Year <input type="text"></label></fieldset>
<button>Check</button><details class="answer"><summary>Answer</summary><p>One</p></details></div>
<video src="../films/well.mp4" title="A well is dug"></video>
<figure><svg viewBox="0 0 9 9" class="figure"><path d="M0 0" class="line"></path></svg></figure>
<div class="footnote"><ol><li id="fn:1">Source.</li></ol></div>
</article></main><footer>{mark}</footer></body></html>"""


def build(tmp_path: Path, language: str = "") -> tuple[str, str, str]:
    folder = tmp_path / "ur" / "modules" / "water" / "01-well"
    folder.mkdir(parents=True)
    (folder / "drop.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (folder / "index.html").write_text(PAGE.format(mark=MARK, language=language), encoding="utf-8")
    ((name, size),) = write_leaflets(tmp_path, "https://a.example/sub/")
    text = (tmp_path / name).read_text(encoding="utf-8")
    assert size == len(text.encode())
    return name, text, (folder / "index.html").read_text(encoding="utf-8")


def test_a_file_needs_no_other_file_and_no_script(tmp_path: Path) -> None:
    name, text, page = build(tmp_path)
    assert name == "ur/modules/water/01-well/water-01-well.ur.html"
    for gone in ("<script", "<button", "<input", "On this page", "headerlink", "<video", "data-key", ">#<", "drop.svg"):
        assert gone not in text
    assert 'src="data:image/svg+xml;base64,' in text and 'alt="A drop"' in text
    assert '<html lang="ur" dir="rtl">' in text and "<title>A &amp; B</title>" in text
    assert "The site" in text and "https://a.example/sub/ur/modules/water/01-well/" in text
    assert MARK not in page and '<a href="water-01-well.ur.html" download>' in page and "(2 kB)" in page


def test_text_answers_notes_and_drawings_stay(tmp_path: Path) -> None:
    text = build(tmp_path)[1]
    assert "A term, a <a" in text.replace("\n", " ")
    assert 'href="https://a.example/sub/ur/modules/water/other/#place"' in text
    assert '<a href="https://a.example/sub/ur/modules/water/films/well.mp4">A well is dug</a>' in text
    assert 'href="#fn:1"' in text and '<li id="fn:1">Source.</li>' in text
    assert "☐  One" in text and "Year  ______" in text and "<summary>Answer</summary>" in text
    assert 'class="figure"' in text and "<h2>Part</h2>" in text


def test_the_language_is_that_of_the_text(tmp_path: Path) -> None:
    name, text, _ = build(tmp_path, ' lang="en" dir="ltr"')
    assert name.endswith(".en.html") and '<html lang="en" dir="ltr">' in text and "one small file" not in text


def test_a_page_without_the_mark_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<p>x", encoding="utf-8")
    assert write_leaflets(tmp_path, "https://a.example/") == []
    assert (tmp_path / "index.html").read_text(encoding="utf-8") == "<p>x"


@pytest.mark.parametrize("address", ["../../../../secret.txt", "no.svg"])
def test_nothing_from_outside_the_site_gets_into_a_file(tmp_path: Path, address: str) -> None:
    site = tmp_path / "site"
    folder = site / "a" / "b"
    folder.mkdir(parents=True)
    (tmp_path / "secret.txt").write_text("secret")
    page = PAGE.format(mark=MARK, language="").replace("drop.svg", address)
    (folder / "index.html").write_text(page, encoding="utf-8")
    ((name, _),) = write_leaflets(site, "https://a.example/")
    assert "c2VjcmV0" not in (site / name).read_text(encoding="utf-8")


def test_what_is_too_large_becomes_two_files(tmp_path: Path) -> None:
    folder = tmp_path / "km" / "modules" / "water" / "01-well"
    folder.mkdir(parents=True)
    words = "<p>" + "ទឹក " * 3000 + "</p>"
    page = (
        f'<html lang="km"><body><main><article class="text"><h1>A <em>well</em></h1>'
        '<p><a href="#b">on</a><sup><a href="#fn:1">1</a></sup></p><h2 id="a">First</h2>'
        f'{words}<h2 id="b">Second</h2>{words}<p><sup><a href="#fn:2">2</a></sup> <a href="#b">here</a></p>'
        '<div class="footnote"><ol><li id="fn:1">One.</li><li id="fn:2">Two.</li></ol></div>'
        f"</article></main><footer>{MARK}</footer></body></html>"
    )
    (folder / "index.html").write_text(page, encoding="utf-8")
    files = write_leaflets(tmp_path, "https://a.example/")
    assert [name.rsplit("/", 1)[1] for name, _ in files] == ["water-01-well-1.km.html", "water-01-well-2.km.html"]
    assert all(size <= LIMIT for _, size in files)
    first, second = ((tmp_path / name).read_text(encoding="utf-8") for name, _ in files)
    assert "<h1>A well (1/2)</h1>" in first and "<title>A well (2/2)</title>" in second
    assert ">First<" not in second and ">Second<" not in first
    assert (
        '<a href="https://a.example/km/modules/water/01-well/#b">on</a>' in first and '<a href="#b">here</a>' in second
    )
    assert "One." in first and "Two." not in first and '<li id="fn:2" value="2">Two.</li>' in second
    links = (folder / "index.html").read_text(encoding="utf-8")
    assert "(1/2)</a>" in links and 'href="water-01-well-2.km.html" download' in links
