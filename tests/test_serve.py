"""`mkdocs serve`, as an editor uses it: what is saved in docs, modules and research shows by itself."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

LIMIT = 60


class Preview:
    """A running preview of a project."""

    def __init__(self, project: Path, port: int) -> None:
        self.project = project
        self.base = f"http://127.0.0.1:{port}/learn/"

    def get(self, address: str) -> str:
        """The page at an address; empty while there is none."""
        try:
            with urllib.request.urlopen(self.base + address, timeout=LIMIT) as answer:
                return str(answer.read().decode("utf-8"))
        except (urllib.error.URLError, ConnectionError):
            return ""

    def until(self, address: str, condition: Callable[[str], bool]) -> str:
        """Wait until the page at an address is as wished."""
        end = time.monotonic() + LIMIT
        while time.monotonic() < end:
            if condition(page := self.get(address)):
                return page
            time.sleep(0.1)
        raise AssertionError(f"{address} did not change in {LIMIT} s")


@contextmanager
def serving(project: Path, first: str = "<h1>Home</h1>") -> Iterator[Preview]:
    """`mkdocs serve` in a project, from the moment at which its first page is there."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (project / "serve.log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"],
            cwd=project,
            stdout=log,
            stderr=log,
        )
        try:
            preview = Preview(project, port)
            preview.until("", lambda page: first in page)
            yield preview
        finally:
            server.terminate()
            server.wait()


@pytest.fixture
def preview(tiny_site: Callable[[str], Path]) -> Iterator[Preview]:
    with serving(tiny_site("mounted")) as preview:
        yield preview


def test_saving_adding_breaking_and_deleting_show_by_themselves(preview: Preview) -> None:
    unit = preview.project / "modules/water/01-first.md"
    good = unit.read_text(encoding="utf-8")

    unit.write_text(good.replace("Said in passing.", "Said on purpose."), encoding="utf-8")
    page = preview.until("modules/water/01-first/", lambda page: "Said on purpose." in page)
    assert 'id="journey-preview"' in page
    assert "Said on purpose." in preview.get("km/modules/water/01-first/")

    new = preview.project / "research/pond/index.md"
    new.parent.mkdir()
    new.write_text("---\nid: pond\ntitle: Pond\ndescription: New.\nstatus: draft\n---\n\nA pond.\n", encoding="utf-8")
    preview.until("research/pond/", lambda page: "A pond." in page)
    assert "Pond" in preview.get("")

    unit.write_text(good + "\n[gone](gone.md)\n", encoding="utf-8")
    page = preview.until("modules/water/01-first/", lambda page: 'class="problems"' in page)
    line = good.count("\n") + 2
    assert f'<code>modules/water/01-first.md:{line}</code> <a href="../../../contribute/checks/#c010">C010</a>' in page
    assert 'class="problems"' not in preview.get("about/")

    unit.write_bytes(good.encode() + b"\nEl C\xf3digo\n")
    page = preview.until("modules/water/01-first/", lambda page: "C001" in page)
    assert "is not UTF-8" in page
    assert "[gone](gone.md)" not in page and ">gone</a>" in page  # the last good text stays
    assert "C001" in preview.get("about/")  # whatever page is open

    unit.write_text(good, encoding="utf-8")
    preview.until("modules/water/01-first/", lambda page: page != "" and 'class="problems"' not in page)

    new.unlink()
    preview.until("research/pond/", lambda page: "A pond." not in page)
    preview.until("", lambda page: page != "" and "Pond" not in page)


def test_settings_templates_and_strings_that_are_wrong_are_said_and_leave_the_pages(preview: Preview) -> None:
    address = "modules/water/01-first/"
    settings = preview.project / "mkdocs.yml"
    good = settings.read_text(encoding="utf-8")
    settings.write_text(good.replace("nav:", "nav: [", 1), encoding="utf-8")
    page = preview.until(address, lambda page: '"problems": [{' in page)
    assert "mkdocs.yml" in page and "Said in passing." in page

    unit = preview.project / "modules/water/01-first.md"
    text = unit.read_text(encoding="utf-8")
    settings.write_text(good.replace("  - about.md", "  - Said: about.md"), encoding="utf-8")
    page = preview.until(address, lambda page: '"problems": []' in page and ">Said</a>" in page)

    unit.write_text(text.replace("title: First", "title: [First"), encoding="utf-8")
    page = preview.until(address, lambda page: "C002" in page)
    assert "Said in passing." in page and "01-first.md" in page
    unit.write_text(text.replace("Said in passing.", "Said again."), encoding="utf-8")
    preview.until(address, lambda page: '"problems": []' in page and "Said again." in page)


def test_a_burst_of_saves_a_half_written_file_and_another_branch_settle_on_what_is_there(preview: Preview) -> None:
    address = "modules/water/01-first/"
    unit = preview.project / "modules/water/01-first.md"
    text = unit.read_text(encoding="utf-8")
    for number in range(20):
        unit.write_text(text + f"\nSave {number}.\n", encoding="utf-8")
    preview.until(address, lambda page: "Save 19." in page)

    with unit.open("w", encoding="utf-8") as file:
        file.write(text[:20])
        file.flush()
        time.sleep(0.2)
        file.write(text[20:] + "\nWhole again.\n")
    page = preview.until(address, lambda page: "Whole again." in page and '"problems": []' in page)

    away = preview.project / "modules-away"
    (preview.project / "modules").rename(away)
    preview.until(address, lambda page: "Whole again." not in page or '"problems": [{' in page)
    away.rename(preview.project / "modules")
    page = preview.until(address, lambda page: "Whole again." in page and '"problems": []' in page)
    assert "First" in page


def test_what_the_preview_does_not_know_is_left_to_mkdocs_with_one_line(tiny_site: Callable[[str], Path]) -> None:
    project = tiny_site("mounted")
    settings = project / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8").replace("plugins:\n", "plugins:\n  - search\n", 1)
    settings.write_text(text, encoding="utf-8")
    with serving(project) as preview:
        log = (project / "serve.log").read_text(encoding="utf-8")
        assert log.count("the quick preview does not know the plugin material/search") == 1
        assert "Ready in" not in log
        unit = project / "modules/water/01-first.md"
        unit.write_text(unit.read_text(encoding="utf-8") + "\nSaid at last.\n", encoding="utf-8")
        page = preview.until("modules/water/01-first/", lambda page: "Said at last." in page)
        assert 'id="journey-preview"' not in page


def test_a_translator_sees_the_source_beside_the_translation(preview: Preview) -> None:
    page = preview.get("ur/modules/water/01-first/?beside=en")
    assert '<div class="beside-row">' in page
    assert '<div lang="ur" dir="rtl">' in page and '<div lang="en" dir="ltr">' in page
    assert page.count('id="source"') == 1
    assert "beside-row" not in preview.get("modules/water/01-first/?beside=en")
    assert "beside-row" not in preview.get("ur/modules/water/02-second/?beside=en")  # it falls back to English
    assert "beside-row" not in preview.get("ur/modules/water/01-first/")
