"""A build that uses what the last one kept writes the same bytes and says the same lines as one that starts from nothing."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from random import Random

import pytest

from journey import wording
from journey.checks import RULES
from journey.warm.store import FOLDER
from preview_site import EDITS, fill, own_strings
from support import ROOT

BUILD = """
import json, logging, sys
from pathlib import Path
from mkdocs.commands.build import build
from mkdocs.config import load_config
from journey import wording
project, site, strings, remembers, level = sys.argv[1:]
wording.STRINGS = Path(strings)
logging.basicConfig(format="%(levelname)s %(name)s %(message)s")
logging.getLogger("mkdocs").setLevel(level)
config = load_config(project + "/mkdocs.yml", site_dir=site)
config.plugins.on_startup(command="build", dirty=False)
content = config.plugins["journey-content"]
content.remembers = remembers == "yes"
build(config)
warm = content.warm
print(json.dumps([warm.memo.made, warm.made] if warm else None))
"""
ONE_BY_ONE = ("body",)
"""Kinds of edits that each have a build of their own; the others share one, but for JOURNEY_LONG=1."""
OTHERS = [name for name in EDITS if name not in ONE_BY_ONE]
KINDS = [
    *((name,) for name in ONE_BY_ONE),
    *([(name,) for name in OTHERS] if os.environ.get("JOURNEY_LONG") else [OTHERS[::2], OTHERS[1::2]]),
]


@dataclass
class Built:
    """What a build wrote and said; how many texts and pages it made anew, if it looked at what the last one kept."""

    files: dict[str, bytes]
    said: list[str]
    made: tuple[int, int] | None


@dataclass
class Site:
    """A project, its interface's strings, and a folder for what is built."""

    project: Path
    strings: Path
    folder: Path

    def start(self, name: str, remembers: bool = True, level: str = "INFO") -> subprocess.Popen[str]:
        """Begin a build."""
        arguments = [str(self.project), str(self.folder / name), str(self.strings), "yes" if remembers else "no", level]
        return subprocess.Popen(
            [sys.executable, "-c", BUILD, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def end(self, name: str, process: subprocess.Popen[str]) -> Built:
        """Wait for a build."""
        out, err = process.communicate(timeout=600)
        assert process.returncode == 0, err
        site = self.folder / name
        files = {str(path.relative_to(site)): path.read_bytes() for path in site.rglob("*") if path.is_file()}
        made = json.loads(out)
        said = [line.replace(str(site), "SITE") for line in err.splitlines() if "Documentation built" not in line]
        return Built(files, said, tuple(made) if made else None)

    def build(self, name: str = "warm", level: str = "INFO") -> Built:
        """A build that uses what the last one kept."""
        return self.end(name, self.start(name, level=level))

    def compare(self) -> Built:
        """A build beside one that starts from nothing; both are the same."""
        processes = self.start("warm"), self.start("plain", remembers=False)
        plain = self.end("plain", processes[1])
        warm = self.end("warm", processes[0])
        assert plain.made is None and len(plain.files) > 20
        assert [name for name in plain.files if warm.files.get(name) != plain.files[name]] == []
        assert warm.files.keys() == plain.files.keys()
        assert warm.said == plain.said
        return warm

    def edit(self, names: list[str] | tuple[str, ...], random: Random) -> None:
        """Make edits one after the other."""
        for name in names:
            EDITS[name](self.project, random)


def let_everything_warn(project: Path) -> None:
    """No rule stops a build: edits at random break some."""
    settings = project / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    between = ", " if "{ own_theme_files_only: true" in text else "\n      "
    only_warn = f"own_theme_files_only: true{between}severity: {json.dumps(dict.fromkeys(RULES, 'warning'))}"
    assert text.count("own_theme_files_only: true") == 1
    settings.write_text(text.replace("own_theme_files_only: true", only_warn), encoding="utf-8")


@pytest.fixture
def site(tiny_site: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """The tiny site with something of everything, links that lead nowhere included, which builds warn of."""
    project, strings = fill(tiny_site("mounted")), own_strings(tmp_path)
    page = project / "docs/about.md"
    more = "\n[gone](assets/gone.svg) [no place](index.md#nowhere)\n"
    page.write_text(page.read_text(encoding="utf-8") + more, encoding="utf-8")
    let_everything_warn(project)
    monkeypatch.setattr(wording, "STRINGS", strings)
    monkeypatch.setenv("JOURNEY_OVERRIDES", str(project / "overrides"))
    return Site(project, strings, tmp_path)


def test_where_nothing_changed_nothing_is_made_and_no_warning_is_lost(site: Site) -> None:
    first = site.compare()
    assert first.made is not None and min(first.made) > 10
    assert sum("gone.svg" in line for line in first.said) >= 3
    assert site.compare().made == (0, 0)


def test_an_edit_of_a_text_makes_its_page_and_few_others(site: Site) -> None:
    pages = site.build().made
    page = site.project / "docs/about.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")
    texts, made = site.compare().made or (0, 0)
    assert 0 < texts <= 6 and 0 < made <= 6 < (pages or (0, 0))[1]


@pytest.mark.parametrize("names", KINDS, ids=lambda names: names[0] if len(names) == 1 else f"{len(names)}-others")
def test_an_edit_gives_what_a_cold_build_gives(site: Site, names: tuple[str, ...]) -> None:
    site.build()
    site.edit(names, Random(1))
    site.compare()


@pytest.mark.parametrize("seed", range(1 + bool(os.environ.get("JOURNEY_LONG"))))
def test_any_sequence_of_edits_and_builds_ends_as_a_cold_build(site: Site, seed: int) -> None:
    random = Random(seed)
    for _ in range(8 if os.environ.get("JOURNEY_LONG") else 2):
        site.build()
        site.edit(random.choices(list(EDITS), k=3), random)
        site.compare()


def test_what_a_quiet_build_kept_a_loud_one_says(site: Site) -> None:
    assert not [line for line in site.build(level="ERROR").said if "gone.svg" in line]
    assert site.compare().made == (0, 0)


@pytest.mark.skipif(not os.environ.get("JOURNEY_LONG"), reason="half a minute of builds; JOURNEY_LONG=1 runs it")
def test_an_edit_that_is_taken_back_leaves_no_trace(site: Site) -> None:
    settings = site.project / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    site.build()
    settings.write_text(text.replace("site_name: ", "site_name: The "), encoding="utf-8")
    site.compare()
    settings.write_text(text, encoding="utf-8")
    site.compare()


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _turn(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def test_a_damaged_file_is_as_if_it_were_not_there(site: Site) -> None:
    site.build()
    files = sorted((site.project / FOLDER).iterdir())
    assert {"texts", "parsed"} < {path.name for path in files}
    for path, damage in zip(files, cycle([_cut, _turn, _empty, Path.unlink, _folder]), strict=False):
        damage(path)
    made = site.compare().made
    assert made is not None and min(made) > 10


@pytest.mark.skipif(not os.environ.get("JOURNEY_LONG"), reason="half a minute of builds; JOURNEY_LONG=1 runs it")
def test_where_nothing_can_be_kept_a_build_is_a_build(site: Site) -> None:
    (site.project / FOLDER).write_text("in the way", encoding="utf-8")
    site.compare()
    site.compare()


def test_a_build_that_is_killed_leaves_nothing_wrong(site: Site) -> None:
    site.build()
    site.edit(["body", "definition"], Random(3))
    for wait in (1.0, 1.6, 2.2):
        process = site.start("killed")
        time.sleep(wait)
        process.send_signal(signal.SIGKILL)
        process.communicate()
    site.compare()


@pytest.mark.skipif(not os.environ.get("JOURNEY_LONG"), reason="half a minute of builds; JOURNEY_LONG=1 runs it")
def test_builds_side_by_side_disturb_nobody(site: Site) -> None:
    for seed in range(2):
        site.edit(["body", "title"], Random(seed))
        first, second = site.start("first"), site.start("second")
        assert site.end("first", first).files == site.end("second", second).files
        assert site.compare().made == (0, 0)


@pytest.mark.skipif(not os.environ.get("JOURNEY_LONG"), reason="half a minute of builds; JOURNEY_LONG=1 runs it")
def test_what_no_build_uses_any_longer_goes(site: Site) -> None:
    site.build()
    folder = site.project / FOLDER
    abandoned, other = folder / "texts-x.new", folder / "pages-xx"
    for path in (abandoned, other):
        path.write_bytes(b"0")
    os.utime(abandoned, (0, 0))
    sizes = {path.name: path.stat().st_size for path in folder.iterdir()}
    for _ in range(3):
        site.edit(["body"], Random(5))
        site.build()
    assert not abandoned.exists() and not other.exists()
    assert all(path.stat().st_size < 1.2 * sizes[path.name] for path in folder.iterdir())


def test_the_setting_switches_it_off(site: Site) -> None:
    settings = site.project / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("own_theme_files_only: true", "own_theme_files_only: true, warm: false"))
    assert site.build().made is None
    assert not (site.project / FOLDER).exists()


@pytest.mark.skipif(not os.environ.get("JOURNEY_LONG"), reason="builds of the real content; JOURNEY_LONG=1 runs it")
def test_the_real_site_ends_as_a_cold_build(tmp_path: Path) -> None:
    project, random = tmp_path / "project", Random(11)
    for name in ("docs", "modules", "research", "overrides"):
        shutil.copytree(ROOT / name, project / name)
    shutil.copy(ROOT / "mkdocs.yml", project)
    let_everything_warn(project)
    site = Site(project, wording.STRINGS, tmp_path)
    assert site.compare().made != (0, 0)
    assert site.compare().made == (0, 0)
    for names in (["body"], ["title"], ["definition"], ["fact"], random.choices(list(EDITS), k=6)):
        site.edit([name for name in names if name != "interface_string"], random)
        site.compare()
