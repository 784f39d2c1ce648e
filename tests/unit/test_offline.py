"""Sets that readers save: a language with all that its pages ask for, a module, and hashes that say what has changed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from journey.offline.packs import Book, find_packs, write_packs

CSS = "@font-face{src:url(../fonts/nastaliq.woff2)}@font-face{src:url('../fonts/khmer.woff2')}body{background:url(data:x)}"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    files = {
        "index.html": '<link rel="canonical" href="https://example.org/"><link rel=stylesheet href="assets/a.css"><h1>Home</h1>',
        "m/one/index.html": '<script src="../../assets/js/x.js" defer></script><h1>One &amp; <em>only</em></h1><img src="a.png?1">',
        "m/one/u/index.html": '<a href="../../two/">No part of it</a><h1>Unit</h1>',
        "m/two/index.html": "<h1>Two</h1>",
        "glossary/index.html": "<h1>Words</h1>",
        "ur/index.html": '<link href="../assets/a.css" rel="stylesheet"><h1>گھر</h1>',
        "ur/m/one/index.html": "<h1>ایک</h1>",
        "m/one/a.png": "picture",
        "assets/a.css": CSS,
        "assets/js/x.js": "1",
        "fonts/nastaliq.woff2": "n",
        "fonts/khmer.woff2": "k",
        "search/en/index.js": "s",
        "search/ur/index.js": "s",
        "downloads/b.en.pdf": "pdf",
        "go/b/index.html": "<h1>Changes</h1>",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def packs_of(site: Path) -> dict[str, tuple[str, set[str]]]:
    packs = find_packs(site, ["en", "ur"], ["m/one", "m/two"], [Book("b.en.pdf", "en", "Book")])
    return {pack.id: (pack.title, set(pack.files)) for pack in packs}


def test_a_language_has_its_pages_and_all_that_they_ask_for(site: Path) -> None:
    packs = packs_of(site)
    shared = {"assets/a.css", "search/en/index.js"}
    pages = {"", "m/one/", "m/one/u/", "m/two/", "glossary/"}
    assert packs["en"][1] == pages | shared | {"m/one/a.png", "assets/js/x.js"}
    assert packs["ur"][1] == {"ur/", "ur/m/one/", "assets/a.css", "fonts/nastaliq.woff2", "search/ur/index.js"}


def test_a_module_comes_with_the_home_page_and_the_glossary(site: Path) -> None:
    title, files = packs_of(site)["en/m/one"]
    assert title == "One & only"
    assert {"", "glossary/", "m/one/", "m/one/u/"} <= files
    assert "m/two/" not in files
    assert packs_of(site)["downloads/b.en.pdf"] == ("Book", {"downloads/b.en.pdf"})
    assert "ur/m/two" not in packs_of(site)


def test_only_what_changed_has_another_hash(site: Path) -> None:
    def written() -> tuple[dict[str, str], dict[str, str]]:
        write_packs(site, find_packs(site, ["en", "ur"], ["m/one", "m/two"]))
        listed = json.loads((site / "offline" / "packs.json").read_text())
        return dict(listed["files"]), json.loads((site / "offline" / "versions.json").read_text())

    files, versions = written()
    assert written() == (files, versions)
    (site / "m/two/index.html").write_text("<h1>Two, better</h1>")
    files_after, versions_after = written()
    assert {url for url in files if files[url] != files_after[url]} == {"m/two/"}
    assert {pack for pack in versions if versions[pack] != versions_after[pack]} == {"en", "en/m/two"}
