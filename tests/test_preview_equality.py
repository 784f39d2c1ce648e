"""The preview's promise: after any sequence of edits, once settled, every byte is that of a full build."""

from __future__ import annotations

import errno
import gc
import os
import shutil
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from random import Random

import pytest
from mkdocs.structure.pages import Page as MkDocsPage

from journey import memory, wording
from journey.asking import current_subjects, restore
from journey.preview import session
from preview_site import EDITS, Preview, fill, own_strings, play
from support import ROOT

TOGETHER = 1 if os.environ.get("JOURNEY_LONG") else 6
KINDS = [tuple(EDITS)[first : first + TOGETHER] for first in range(0, len(EDITS), TOGETHER)]


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Strings of its own, and nothing remembered by what comes after."""
    strings, before = own_strings(tmp_path), current_subjects()
    monkeypatch.setattr(wording, "STRINGS", strings)
    monkeypatch.setattr(session, "STRINGS", strings)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    wording.forget_wording()
    yield
    monkeypatch.undo()
    wording.forget_wording()
    memory.forget()
    restore(before)


@pytest.fixture
def preview(tiny_site: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Preview:
    project = fill(tiny_site("mounted"))
    monkeypatch.setenv("JOURNEY_OVERRIDES", str(project / "overrides"))
    folder = tmp_path / "sites"
    folder.mkdir()
    return Preview(project, folder)


def test_at_the_start_everything_is_as_a_full_build_has_it(preview: Preview) -> None:
    preview.settle()
    assert preview.differences() == []


def test_what_is_deleted_or_renamed_is_gone_before_the_site_has_settled(preview: Preview) -> None:
    page, drawing = preview.project / "docs/about.md", preview.project / "docs/assets/gone.svg"
    drawing.parent.mkdir(exist_ok=True)
    drawing.write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>Gone</title></svg>\n')
    preview.save()
    preview.settle()
    places = [preview.site_dir / "about/index.html", preview.site_dir / "ur/about/index.html"]
    places.append(preview.site_dir / "assets/gone.svg")
    assert all(place.is_file() for place in places)
    drawing.unlink()
    page.rename(page.with_name("moved.md"))
    preview.save()
    assert not any(place.exists() for place in places)
    assert preview.page("moved")
    preview.settle()
    assert preview.differences() == []


@pytest.mark.parametrize("names", KINDS, ids="-".join)
def test_an_edit_shows_what_a_full_build_would(preview: Preview, names: tuple[str, ...]) -> None:
    """Every kind of edit; with JOURNEY_LONG=1 each is held against a build of its own."""
    preview.settle()
    for seed, name in product(range(2), names):
        EDITS[name](preview.project, Random(seed))
        preview.save()
    preview.settle()
    assert preview.differences() == []


@pytest.mark.parametrize("seed", range(2))
def test_any_sequence_of_edits_ends_as_a_full_build(
    preview: Preview, seed: int, request: pytest.FixtureRequest
) -> None:
    random = Random(seed)
    rounds = request.config.getoption("--preview-edits") // 15
    for _ in range(rounds):
        play(preview, random.choices(list(EDITS), k=15), random)
        preview.settle()
        assert preview.differences() == []


def test_a_full_disk_is_said_and_survived(preview: Preview, monkeypatch: pytest.MonkeyPatch) -> None:
    preview.settle()
    write = Path.write_bytes

    def full(path: Path, data: bytes) -> int:
        if path.is_relative_to(preview.site_dir):
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        return write(path, data)

    page = preview.project / "docs/about.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nSaid without a disk.\n", encoding="utf-8")
    monkeypatch.setattr(Path, "write_bytes", full)
    preview.save()
    assert "Said without a disk." in preview.page("about")
    assert not preview.session.settle()
    assert preview.session.problems["disk"].what == "the disk is full"
    monkeypatch.setattr(Path, "write_bytes", write)
    preview.settle()
    assert not preview.session.problems
    assert preview.differences() == []


def test_texts_show_while_the_settings_are_wrong_and_all_is_well_afterwards(preview: Preview) -> None:
    settings, page = preview.project / "mkdocs.yml", preview.project / "docs/about.md"
    good = settings.read_text(encoding="utf-8")
    settings.write_text(good.replace("plugins:", "plugins: nothing\nplugins:", 1), encoding="utf-8")
    settings.write_text(good.replace("  - journey-facts", "  - journey-fact", 1), encoding="utf-8")
    preview.save()
    assert preview.session.problems["model"].file == "mkdocs.yml"
    page.write_text(page.read_text(encoding="utf-8") + "\nSaid all the same.\n", encoding="utf-8")
    preview.save()
    assert "Said all the same." in preview.page("about")
    assert "model" in preview.session.problems
    settings.write_text(good, encoding="utf-8")
    preview.save()
    preview.settle()
    assert preview.differences() == []


def test_models_of_before_are_let_go(preview: Preview) -> None:
    preview.settle()
    for number in range(3):
        (preview.project / f"docs/more-{number}.md").write_text(
            "---\ntitle: More\ndescription: It.\nstatus: draft\n---\n\nText.\n"
        )
        preview.save()
        preview.settle()
    gc.unfreeze()  # what the preview has kept from being collected, too
    alive = sum(type(one) is MkDocsPage for one in gc.get_objects())
    shown = sum(1 for _ in preview.session.site.iter_pages())
    assert alive < 1.5 * shown


def test_a_file_that_is_empty_for_a_moment_is_waited_for(preview: Preview, monkeypatch: pytest.MonkeyPatch) -> None:
    page = preview.project / "docs/about.md"
    text, sleep = page.read_text(encoding="utf-8"), session.time.sleep
    page.write_text("", encoding="utf-8")
    monkeypatch.setattr(session.time, "sleep", lambda seconds: page.write_text(f"{text}\nFilled.\n", encoding="utf-8"))
    preview.save()
    monkeypatch.setattr(session.time, "sleep", sleep)
    assert "Filled." in preview.page("about")
    assert not preview.session.problems


@pytest.mark.parametrize("data", [b"El C\xf3digo", b"---\ntitle: [\n---\n", b"---\ntitle: A\n"])
def test_what_can_not_be_read_leaves_the_last_good_page_and_the_next_save_recovers(
    preview: Preview, data: bytes
) -> None:
    page = preview.project / "docs/about.md"
    good, shown = page.read_bytes(), preview.page("about")
    page.write_bytes(data)
    preview.save()
    assert preview.session.problems["docs/about.md"].line > 0
    assert preview.page("about") == shown
    page.write_bytes(good + b"\nWell again.\n")
    preview.save()
    assert "Well again." in preview.page("about")
    assert not preview.session.problems
    preview.settle()
    assert preview.differences() == []


def test_folders_that_vanish_leave_the_last_good_pages_and_come_back(preview: Preview) -> None:
    preview.settle()
    away = preview.project / "away"
    for name in ("modules", "docs"):
        (preview.project / name).rename(away)
        preview.save()
        away.rename(preview.project / name)
        preview.save()
        preview.settle()
        assert preview.differences() == []


@pytest.mark.skipif(not os.environ.get("JOURNEY_LONG"), reason="minutes on the real content; JOURNEY_LONG=1 runs it")
def test_the_real_site_ends_as_a_full_build(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    project, random = tmp_path / "project", Random(7)
    for name in ("docs", "modules", "research", "overrides"):
        shutil.copytree(ROOT / name, project / name)
    shutil.copy(ROOT / "mkdocs.yml", project)
    preview = Preview(project, tmp_path)
    for _ in range(request.config.getoption("--preview-edits") // 15):
        play(preview, ["course_plan", *random.choices(list(EDITS), k=14)], random)
        preview.settle()
        assert preview.differences() == []
