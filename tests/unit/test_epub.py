"""E-books: what goes in comes out, in order, in its language; what can not be shown is named."""

from __future__ import annotations

import base64
import dataclasses
import io
import os
import posixpath
import re
import subprocess
import sys
import xml.etree.ElementTree as etree
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ebook_samples import CASES, DOT, read, render, sample_bank, sample_book
from journey.books.ebook.model import Chapter, EBook
from journey.books.epub import EpubError, write_epub
from journey.locales import LOCALES
from support import ROOT

XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"


def files_of(book: EBook) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(write_epub(book))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def small(html: str, **settings_: object) -> EBook:
    chapter = Chapter("one", "One", html, "en", source=PurePosixPath("modules/water/index.md"))
    book = EBook("Book", "en", "urn:example:1", date(2026, 2, 1), [chapter])
    return dataclasses.replace(book, **settings_)  # type: ignore[arg-type]


def text_of(files: dict[str, bytes], name: str) -> str:
    return "".join(etree.fromstring(files[f"EPUB/{name}.xhtml"]).itertext())


@pytest.mark.parametrize("name", ["everything", "questions", "answers", "sample-ur"])
def test_chapters(name: str, golden: Callable[[Path, str], None]) -> None:
    text = files_of(sample_book("en"))[f"EPUB/{name}.xhtml"].decode()
    golden(
        CASES / f"{name}.xhtml",
        re.sub(r"(</(?:p|li|h\d|div|tr|td|table|section|aside|ul|ol|hr/)>)(?=<)", r"\1\n", text),
    )


@pytest.mark.parametrize("locale", LOCALES)
def test_every_word_of_the_pages_is_in_the_book(locale: str) -> None:
    files = files_of(sample_book(locale))
    shown = " ".join(text_of(files, name) for name in [f"sample-{locale}", "everything", "questions", "answers"])
    words = set(shown.split())
    for name, language in ((f"sample.{locale}.md", locale), ("everything.md", "en"), ("questions.md", "en")):
        page = html5lib.parseFragment(render(read(name), language, sample_bank()), namespaceHTMLElements=False)
        for parent in list(page.iter()):
            for child in list(parent):
                classes = set((child.get("class") or "").split())
                device = {"headerlink", "footnote-backref", "quiz-note", "letter"} & classes
                if device or child.tag in ("summary", "option"):
                    child.text = ""
                    for below in list(child):
                        child.remove(below)
        missing = [word for word in "".join(page.itertext()).split() if word not in words]
        missing = [word for word in missing if word.strip(".,[]()") not in shown]
        assert not missing


@pytest.mark.parametrize("locale", LOCALES)
def test_every_link_leads_somewhere(locale: str) -> None:
    files = files_of(sample_book(locale))
    ids = {
        name: [e.get("id") for e in etree.fromstring(data).iter() if e.get("id")]
        for name, data in files.items()
        if name.endswith(".xhtml")
    }
    links = 0
    for name in ids:
        assert len(ids[name]) == len(set(ids[name])), name
        assert all(re.fullmatch(r"[^\W\d][\w.-]*", one) for one in ids[name] if one), "ids are names in XML"
        for element in etree.fromstring(files[name]).iter():
            for attribute in ("href", "src"):
                target = urlsplit(element.get(attribute) or "")
                if element.get(attribute) is None or target.scheme:
                    continue
                links += 1
                path = posixpath.normpath(posixpath.join(posixpath.dirname(name), target.path)) if target.path else name
                assert path in files, f"{name}: {target.geturl()}"
                if target.fragment:
                    assert unquote(target.fragment) in ids[path], f"{name}: {target.geturl()}"
    assert links > 100


def test_the_container_is_as_the_format_asks() -> None:
    data = write_epub(sample_book("ur"))
    assert data[30:58] == b"mimetypeapplication/epub+zip", "reading programs look at these bytes"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.infolist()[0].compress_type == zipfile.ZIP_STORED
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[:3] == ["mimetype", "META-INF/container.xml", "EPUB/package.opf"]
    files = files_of(sample_book("ur"))
    package = etree.fromstring(files["EPUB/package.opf"])
    listed = {f"EPUB/{item.get('href')}" for item in package.iter(f"{OPF}item")}
    assert listed == set(files) - {"mimetype", "META-INF/container.xml", "EPUB/package.opf"}


def test_right_to_left_books_and_chapters_in_another_language() -> None:
    files = files_of(sample_book("ur"))
    package = etree.fromstring(files["EPUB/package.opf"])
    spine = next(package.iter(f"{OPF}spine"))
    assert spine.get("page-progression-direction") == "rtl"
    order = [one.get("idref") for one in spine]
    assert order[:5] == ["d-cover", "d-title", "d-imprint", "d-nav", "d-sample-ur"]
    assert order[-1] == "d-answers"
    root = etree.fromstring(files["EPUB/sample-ur.xhtml"])
    assert (root.get("lang"), root.get("dir")) == ("ur", "rtl")
    root = etree.fromstring(files["EPUB/everything.xhtml"])
    assert (root.get("lang"), root.get("dir")) == ("en", "ltr")
    answers = etree.fromstring(files["EPUB/answers.xhtml"])
    assert [part.get("dir") for part in answers.findall(f".//{XHTML}section/{XHTML}section")][:2] == [None, "ltr"]
    assert next(etree.fromstring(files_of(sample_book("km"))["EPUB/package.opf"]).iter(f"{OPF}spine")).get(
        "page-progression-direction"
    ) == "ltr"  # fmt: skip


def test_fonts_come_with_their_licence() -> None:
    files = files_of(sample_book("ur"))
    assert files["EPUB/fonts/nastaliq-urdu-400.woff2"][:4] == b"wOF2"
    assert b"SIL OPEN FONT LICENSE" in files["EPUB/licences/OFL-NotoNastaliqUrdu.txt"].upper()
    assert b'url("fonts/nastaliq-urdu-400.woff2")' in files["EPUB/book.css"]
    assert not [name for name in files_of(sample_book("fr")) if name.startswith("EPUB/fonts")]


def test_notes_and_hints_open_where_they_stand() -> None:
    root = etree.fromstring(files_of(sample_book("en"))["EPUB/questions.xhtml"])
    notes = {one.get("id"): "".join(one.itertext()) for one in root.iter(f"{XHTML}aside")}
    calls = [one.get("href") for one in root.iter(f"{XHTML}a") if one.get(EPUB_TYPE) == "noteref"]
    assert set(calls) == {"#fn-body", "#demo-single-hint-1", "#demo-single-hint-2"}
    assert "Question 1 – Hint 1. Who needs to know" in notes["demo-single-hint-1"]
    assert "wage slip" in notes["demo-single-hint-2"]


def test_a_question_without_translation_keeps_its_language() -> None:
    html = render("/// question | demo-multiple\n///", "ur", sample_bank())
    files = files_of(small("", locale="ur", chapters=[Chapter("one", "One", html, "ur")]))
    root = etree.fromstring(files["EPUB/one.xhtml"])
    item = next(one for one in root.iter(f"{XHTML}div") if one.get("id") == "demo-multiple")
    assert (item.get("lang"), item.get("dir")) == ("en", "ltr")
    notice = next(one for one in item.iter(f"{XHTML}p") if one.get("class") == "notice")
    assert (notice.get("lang"), notice.get("dir")) == ("ur", "rtl")
    to_answer = next(one for one in item.iter(f"{XHTML}a") if "answers" in (one.get("href") or ""))
    assert (to_answer.get("lang"), to_answer.get("dir")) == ("ur", "rtl")
    answers = etree.fromstring(files["EPUB/answers.xhtml"])
    box = next(one for one in answers.iter(f"{XHTML}div") if one.get("class") == "answer")
    assert [(one.get("lang"), one.get("dir")) for one in box.findall(f"{XHTML}div")] == [("en", "ltr")]
    assert (answers.get("lang"), answers.get("dir")) == ("ur", "rtl")


def test_answers_are_not_in_books_of_those_who_may_not_have_them() -> None:
    files = files_of(sample_book("en", with_answers=False))
    everything = "\n".join(data.decode() for name, data in files.items() if name.endswith((".xhtml", ".opf", ".ncx")))
    assert "EPUB/answers.xhtml" not in files
    for secret in (
        "It settles payments",
        "33 – 35",
        "Floors Recommendation",
        "1952",
        "Our monthly meeting",
        "not right",
    ):
        assert secret not in everything, secret
    assert "data-" not in everything
    with_them = files_of(sample_book("en"))
    assert "It settles payments" in text_of(with_them, "answers")
    assert "data-key" not in "\n".join(data.decode("utf-8", "replace") for data in with_them.values())


def test_a_picture_is_stored_once_and_a_name_never_twice() -> None:
    other = base64.b64encode(DOT + b"\0").decode()
    html = (
        '<p><img src="a/dot.png" alt="A dot"> <img src="b/dot.png" alt="The same"> '
        f'<img src="c/dot.png" alt="Another"> <img src="data:image/png;base64,{other}" alt="Inside"></p>'
    )
    pictures = {"a/dot.png": DOT, "b/dot.png": DOT, "c/dot.png": DOT + b"\0\0"}
    files = files_of(small(html, pictures=pictures))
    images = {name: len(data) for name, data in files.items() if "/images/" in name}
    assert images == {
        "EPUB/images/dot.png": len(DOT),
        "EPUB/images/dot-2.png": len(DOT) + 2,
        "EPUB/images/picture.png": len(DOT) + 1,
    }
    assert b"alternativeText" in files["EPUB/package.opf"]
    assert b"alternativeText" not in files_of(small("<p>x</p>"))["EPUB/package.opf"]


def test_the_same_drawing_may_stand_twice() -> None:
    root = etree.fromstring(files_of(sample_book("en"))["EPUB/everything.xhtml"])
    drawings = list(root.iter("{http://www.w3.org/2000/svg}svg"))
    markers = [one.get("id") for drawing in drawings for one in drawing.iter("{http://www.w3.org/2000/svg}marker")]
    used = [one.get("marker-end") for drawing in drawings for one in drawing.iter() if one.get("marker-end")]
    assert len(set(markers)) == 2
    assert used == [f"url(#{marker})" for marker in markers]
    assert drawings[0].get("viewBox") == "0 0 480 200"
    box = next(one for one in drawings[0].iter() if one.get("class") == "f-box")
    assert (box.get("fill"), box.get("stroke"), box.get("stroke-width")) == ("#e4eff0", "#0b5563", "1.5")
    line = next(one for one in drawings[0].iter() if one.get("class") == "f-line")
    assert line.get("fill") == "none", "reading programs without style sheets for drawings would fill it with black"


WRONG = {
    "<video src='x.mp4'></video>": "<video> can not stand in a book",
    "<script>alert(1)</script>": "<script> can not stand in a book",
    "<p>Name: <input type='text'></p>": "<input> can not stand in a book",
    "<p><madeup>x</madeup></p>": "<madeup> can not stand in a book",
    "<p><math><mi>x</mi></math></p>": "<math> can not stand in a book",
    "<p><b>bold</p>": "not valid",
    "<div><p>open": "not valid",
    "<p>one</p></div>": "not valid",
    "<p>&nosuch;</p>": "not valid",
    "<p onclick='x()'>y</p>": 'the attribute onclick="x()"',
    "<p style='color:red'>y</p>": 'the attribute style="color:red"',
    "<table><tr><td style='width:3px'>y</td></tr></table>": "can not stand in a book",
    "<p><img src='no.png' alt='x'></p>": "the picture no.png is not in the book",
    "<p><img src='https://example.org/x.png' alt='x'></p>": "is not in the book",
    "<p><img src='dot.png'></p>": "has no description",
    "<p><a href='#nowhere'>x</a></p>": "the link to #nowhere leads nowhere",
    "<p><a href='other.md'>x</a></p>": "the link to other.md leads nowhere",
    "<p><a href='chapter:two'>x</a></p>": "the link to chapter:two leads nowhere",
    "<p><a href='javascript:x()'>x</a></p>": "leads nowhere",
    "<p id='a'>x</p><p id='a'>y</p>": "the id a is there twice",
    "<svg viewBox='0 0 1 1'><path d='M0 0'/></svg>": "a drawing has no description",
    "<svg aria-label='x'><foreignObject></foreignObject></svg>": "can not stand in a drawing",
    "<svg aria-label='x'><path onload='x()' d='M0 0'/></svg>": "can not stand in a drawing",
    "<svg aria-label='x'><path fill='url(https://example.org/#a)'/></svg>": "can not stand in a drawing",
}


@pytest.mark.parametrize("html", WRONG)
def test_what_a_book_can_not_show_is_named_with_its_page(html: str) -> None:
    with pytest.raises(EpubError) as error:
        write_epub(small(html, pictures={"dot.png": DOT}))
    assert [one for one in error.value.faults if WRONG[html] in one.fault.what], str(error.value)
    assert {one.source for one in error.value.faults} == {PurePosixPath("modules/water/index.md")}


def test_all_faults_are_told_at_once_and_say_where() -> None:
    html = "<p>Near the video <video></video></p><p>Near <a href='#no'>the dead link</a></p>"
    chapters = [
        Chapter("one", "One", html, "en", source=PurePosixPath("a.md")),
        Chapter("two", "Two", "<p><img src='x.png' alt=''> near the picture</p>", "en", source=PurePosixPath("b.md")),
    ]
    with pytest.raises(EpubError) as error:
        write_epub(small("", chapters=chapters))
    found = {(str(one.source), one.fault.near) for one in error.value.faults}
    assert found == {("a.md", "Near the video"), ("a.md", "the dead link"), ("b.md", "near the picture")}


@pytest.mark.parametrize(
    "change",
    [
        {"chapters": []},
        {"chapters": [Chapter("nav", "x", "", "en")]},
        {"chapters": [Chapter("A b", "x", "", "en")]},
        {"chapters": [Chapter("a", "x", "", "en"), Chapter("a", "y", "", "en")]},
        {"chapters": [Chapter("a", "x", "", "de")]},
        {"chapters": [Chapter("a", "x", "", "en", kind="poem")]},
        {"cover": "no.png"},
    ],
)
def test_books_that_can_not_be(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"name of a chapter|no kind|no language|without chapters|the cover"):
        write_epub(small("<p>x</p>", **change))


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_survives(title: str, words: str) -> None:
    chapter = Chapter("one", title, "<p></p>", "en")
    files = files_of(small("", title=title, description=words, chapters=[chapter]))
    allowed = "".join(
        c for c in words if c in "\t\n\r" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
    )
    shown = text_of(files, "title")
    assert " ".join(allowed.split()) in " ".join(shown.split()) or not allowed.strip()
    for name, data in files.items():
        if name.endswith((".xhtml", ".opf", ".ncx")):
            etree.fromstring(data)


def test_the_same_book_gives_the_same_bytes_in_every_process() -> None:
    code = (
        "import hashlib, sys; sys.path.insert(0, 'tests')\n"
        "from ebook_samples import sample_book; from journey.books.epub import write_epub\n"
        "print(hashlib.sha256(write_epub(sample_book('km'))).hexdigest())"
    )
    sums = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(sums) == 1
