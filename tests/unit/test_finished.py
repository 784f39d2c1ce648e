"""The last look at a finished site: links, addresses of others, weight, compressed copies."""

from __future__ import annotations

import gzip
from pathlib import Path

import brotli
import pytest

from journey.finished.compress import write_compressed
from journey.finished.gate import inspect
from journey.finished.pages import read_page, read_pages
from journey.finished.weight import KIB, weigh


def write(site: Path, **files: str) -> Path:
    for name, text in files.items():
        path = site / name.replace("__", "/").replace("_html", ".html").replace("_css", ".css").replace("_js", ".js")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return site


def page(body: str, head: str = "", language: str = "en") -> str:
    return f'<!doctype html><html lang="{language}"><head><title>t</title>{head}</head><body>{body}</body></html>'


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ('<a href="b/">b</a>', ""),
        ('<a href="b/#place">b</a>', ""),
        ('<a href="b/index.html">b</a>', ""),
        ('<a href=".">itself</a><a href="#here" id="here">here</a>', ""),
        ('<a href="/sub/b/">from the top</a>', ""),
        ('<a href="https://example.org/nowhere">others</a><a href="mailto:a@example.org">mail</a>', ""),
        ('<a href="b/#%70lace">an escaped letter</a>', ""),
        ('<script type="application/json">{}</script>', ""),
        (
            "<script>alert(1)</script>",
            "index.html holds <script>, which would run in a reader's browser; texts hold words",
        ),
        ('<p onclick="go()">x', "index.html holds go(), which would run in a reader's browser; texts hold words"),
        ('<a href="c/">c</a>', "index.html: c/ leads to c/index.html, but there is no such file"),
        ('<a href="b/#gone">b</a>', "index.html: b/#gone leads to b/index.html, but it has no place #gone"),
        ('<a href="/b/">b</a>', "index.html: /b/ leads to /b/, but there is no such file"),
        ('<img src="b/no.png" alt="">', "index.html: b/no.png leads to b/no.png, but there is no such file"),
        (
            '<a href="c/">c</a><a href="c/">c</a>',
            "index.html: c/ leads to c/index.html, but there is no such file (1 more such links)",
        ),
        (
            '<img src="https://example.org/a.png" alt="">',
            "index.html would fetch https://example.org/a.png; a page asks nobody but its own site",
        ),
        ('<script src="//example.org/a.js"></script>', "a page asks nobody but its own site"),
    ],
)
def test_a_link_leads_to_a_file_and_a_place_of_this_site(tmp_path: Path, body: str, error: str) -> None:
    write(tmp_path, index_html=page(body), b__index_html=page('<h2 id="place">b</h2>'))
    errors = inspect(tmp_path, "/sub/").errors
    assert len(errors) == bool(error)
    assert error in "".join(errors)


def test_a_page_weighs_itself_and_what_it_asks_for(tmp_path: Path) -> None:
    head = '<link rel="stylesheet" href="s_css"><link rel="canonical" href="https://a.example/"><script src="j_js">'
    head = head.replace("_", ".") + "</script>"
    fonts = "@font-face{src:url(nastaliq.woff2)}@font-face{src:url(khmer.woff2)}"
    write(tmp_path, s_css=fonts, j_js="1", index_html=page('<img src="p.png" loading="lazy" alt="">', head))
    write(tmp_path, ur__index_html=page("", head.replace("s.css", "../s.css").replace("j.js", "../j.js"), "ur"))
    (tmp_path / "nastaliq.woff2").write_bytes(bytes(1000))
    (tmp_path / "p.png").write_bytes(bytes(9000))
    english, urdu = weigh(tmp_path, read_pages(tmp_path))
    assert [file for file, _ in english.parts] == ["index.html", "s.css", "j.js"]
    assert dict(urdu.parts)["nastaliq.woff2"] == 1000
    assert english.own == len(gzip.compress((tmp_path / "index.html").read_bytes(), 9, mtime=0))
    assert urdu.first == sum(size for _, size in urdu.parts)


def test_a_heavy_page_is_named_with_its_culprit(tmp_path: Path) -> None:
    noise = bytes((i * i * 7 + i // 3) % 251 for i in range(60 * KIB))
    (tmp_path / "big.woff2").write_bytes(noise)
    write(tmp_path, index_html=page("", '<link rel="preload" href="big.woff2">'), b__index_html=page("light"))
    report = "\n".join(inspect(tmp_path).report)
    assert "heaviest first view by language: en 60." in report
    assert "first view over its limit: index.html, 60." in report and "most of it is big.woff2, 60.0 KiB" in report
    assert "b/index.html" not in report


def test_the_glossary_may_be_as_heavy_as_its_words(tmp_path: Path) -> None:
    words = " ".join(f"{i * 7919 % 99991:x}{i * i % 65521:x}" for i in range(12000))
    write(tmp_path, glossary__index_html=page(words), b__index_html=page(words))
    report = "\n".join(inspect(tmp_path).report)
    assert "b/index.html" in report and "glossary" not in report


def test_a_quiz_may_weigh_more() -> None:
    quiz = read_page("a/index.html", page("", '<script src="../assets/js/quiz.js"></script>').encode())
    assert quiz.has_quiz and quiz.asks == ("assets/js/quiz.js",)
    assert not read_page("a/index.html", page("").encode()).has_quiz


def test_compressed_copies_hold_the_same_text_in_the_same_bytes(tmp_path: Path) -> None:
    write(tmp_path, index_html=page("word " * 500), small_js="1")
    (tmp_path / "p.png").write_bytes(bytes(9000))
    count, plain, gz, br = write_compressed(tmp_path)
    assert count == 1 and plain > gz > 0 < br < plain
    assert sorted(f.name for f in tmp_path.iterdir()) == [
        "index.html", "index.html.br", "index.html.gz", "p.png", "small.js",
    ]  # fmt: skip
    text = (tmp_path / "index.html").read_bytes()
    first = (tmp_path / "index.html.gz").read_bytes(), (tmp_path / "index.html.br").read_bytes()
    assert gzip.decompress(first[0]) == brotli.decompress(first[1]) == text
    write_compressed(tmp_path)
    assert ((tmp_path / "index.html.gz").read_bytes(), (tmp_path / "index.html.br").read_bytes()) == first
