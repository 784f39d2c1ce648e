"""A build that renders a text once for several languages writes the same bytes and warns of the same as one that does not."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from support import ROOT

BUILD = """
import logging, sys
from mkdocs.commands.build import build
from mkdocs.config import load_config
project, site, remembers = sys.argv[1:]
logging.basicConfig(format="%(levelname)s %(name)s %(message)s")
config = load_config(project + "/mkdocs.yml", site_dir=site)
config.plugins.on_startup(command="build", dirty=False)
config.plugins["journey-content"].remembers = remembers == "yes"
build(config)
"""


def build(project: Path, site: Path, remembers: str) -> tuple[dict[str, bytes], list[str]]:
    """The files of a build and what it said."""
    done = subprocess.run(
        [sys.executable, "-c", BUILD, str(project), str(site), remembers], capture_output=True, text=True, check=True
    )
    files = {str(path.relative_to(site)): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    return files, [line for line in done.stderr.splitlines() if "Documentation built" not in line]


@pytest.mark.skipif(not os.environ.get("JOURNEY_LONG"), reason="two builds of the real site; JOURNEY_LONG=1 runs it")
def test_the_real_site_is_the_same_with_and_without_the_memo(tmp_path: Path) -> None:
    plain, said = build(ROOT, tmp_path / "plain", "no")
    remembered, said_with = build(ROOT, tmp_path / "remembered", "yes")
    assert len(plain) > 400 and said == said_with
    assert [name for name in plain if plain[name] != remembered.get(name)] == []
    assert plain.keys() == remembered.keys()


def test_no_warning_is_lost(tiny_site: Callable[[str], Path], tmp_path: Path) -> None:
    project = tiny_site("mounted")
    page = project / "docs/about.md"
    more = "\n[gone](assets/gone.svg) [no place](index.md#nowhere)\n"
    page.write_text(page.read_text(encoding="utf-8") + more, encoding="utf-8")
    settings = project / "mkdocs.yml"
    severity = "journey-content: { own_theme_files_only: true, severity: { C010: info, C011: info } }"
    text = settings.read_text(encoding="utf-8").replace("journey-content: { own_theme_files_only: true }", severity)
    settings.write_text(text, encoding="utf-8")
    files, said = build(project, tmp_path / "one", "no")
    files_with, said_with = build(project, tmp_path / "two", "yes")
    assert files == files_with
    assert sum("gone.svg" in line for line in said) >= 3
    assert said == said_with
