"""The command `journey`, as editors and scripts call it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from journey.site import swap_in
from support import ROOT, journey

TinySite = Callable[[str], Path]


@pytest.fixture
def project(tiny_site: TinySite) -> Path:
    """A small project with this repository's templates."""
    folder = tiny_site("mounted")
    shutil.rmtree(folder / "modules" / "_template", ignore_errors=True)
    for top in ("modules", "research"):
        shutil.copytree(ROOT / top / "_template", folder / top / "_template")
    return folder


@pytest.mark.parametrize("arguments", [(), ("check",), ("site",), ("new",), ("new", "unit"), ("handbook",)])
def test_every_command_has_help(arguments: tuple[str, ...]) -> None:
    run = journey(*arguments, "--help")
    assert run.code == 0
    assert len(run.out.splitlines()) > 4


@pytest.mark.parametrize(
    ("arguments", "made"),
    [
        (("module", "financing", "--id", "m4", "--title", "Financing: who pays"), "modules/financing/index.md"),
        (("paper", "chile", "--title", "Chile"), "research/chile/index.md"),
        (("unit", "modules/water", "bridges", "--title", "Bridges"), "modules/water/03-bridges.md"),
        (("translation", "modules/water/index.md", "--locale", "ur"), "modules/water/index.ur.md"),
    ],
)
def test_what_is_new_passes_the_check_and_builds(project: Path, arguments: tuple[str, ...], made: str) -> None:
    run = journey("new", *arguments, cwd=project)
    assert run.code == 0, run.err
    assert (project / made).is_file()
    check = journey("check", "--strict", cwd=project)
    assert check.code == 0, check.out
    build = journey("site", cwd=project)
    assert build.code == 0, build.err


def test_a_new_unit_gets_the_next_number_and_ids(project: Path) -> None:
    journey("new", "unit", "water", "bridges", "--title", "Bridges", cwd=project)
    text = (project / "modules/water/03-bridges.md").read_text(encoding="utf-8")
    assert "id: w-u3\n" in text
    assert "  w-o4: " in text
    assert "template" not in text


def test_a_new_translation_carries_words_and_the_objectives_that_its_overview_has(project: Path) -> None:
    journey("new", "translation", "modules/water/02-second.md", "--locale", "km", cwd=project)
    text = (project / "modules/water/02-second.km.md").read_text(encoding="utf-8")
    assert text.startswith("---\ntitle: Second\ndescription: Another unit.\nobjectives:\n  w-o3: ឆ្លងស្ពាន។\n")
    assert "status: draft\n---\n\n## Over {#over}" in text


def test_lines_for_the_navigation_begin_with_the_overview(project: Path) -> None:
    run = journey("new", "paper", "two-lakes", "--title", "Two lakes", cwd=project)
    lines = run.out.splitlines()
    place = lines.index("      - Two lakes:")
    assert lines[place + 1] == "          - research/two-lakes/index.md"


def test_two_new_terms_do_not_stand_in_each_others_way(project: Path) -> None:
    glossary = "---\ntitle: Glossary\ndescription: Words.\ntemplate: glossary.html\n---\n"
    (project / "docs/glossary.md").write_text(glossary, encoding="utf-8")
    for word in ("lake", "pond"):
        assert journey("new", "term", word, "--term", word.capitalize(), cwd=project).code == 0
    assert "G003" not in journey("check", cwd=project).out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("module", "water", "--id", "m4", "--title", "W"), "exists already"),
        (("module", "Fresh Water", "--id", "m4", "--title", "W"), "small letters, digits and dashes"),
        (("module", "fresh", "--id", "w", "--title", "W"), "taken by"),
        (("unit", "wine", "a", "--title", "A"), "There is no module wine. Modules: "),
        (("translation", "modules/water/index.md", "--locale", "km"), "exists already"),
        (("translation", "modules/water/index.md", "--locale", "de"), "Languages: ur (Urdu), km (Khmer)"),
        (("translation", "modules/water/nothing.md", "--locale", "ur"), "no English page"),
        (("translation", "water/index.md", "--locale", "ur"), "Do you mean modules/water/index.md?"),
    ],
)
def test_what_can_not_be_made_says_why(project: Path, arguments: tuple[str, ...], words: str) -> None:
    before = sorted(project.rglob("*"))
    run = journey("new", *arguments, cwd=project)
    assert run.code == 2
    assert words in run.err
    assert sorted(project.rglob("*")) == before


def test_a_folder_without_a_project_is_a_wrong_call(tmp_path: Path) -> None:
    run = journey("check", cwd=tmp_path)
    assert run.code == 2
    assert "mkdocs.yml does not exist" in run.err


def test_a_setting_with_a_wrong_name_is_named(project: Path) -> None:
    settings = project / "mkdocs.yml"
    settings.write_text(settings.read_text(encoding="utf-8") + "cite_as: Our Institute\n", encoding="utf-8")
    run = journey("check", cwd=project)
    assert "Unrecognised configuration name: cite_as" in run.err


def test_findings_can_stand_beside_the_lines_on_a_hosting_page(tiny_site: TinySite) -> None:
    run = journey("check", "--format", "github", cwd=tiny_site("broken"))
    assert run.code == 1
    lines = run.out.splitlines()
    assert (
        "::error file=docs/index.md,line=2,title=C003 front-matter-unknown-key::the key `titel` is not known%0ADid you mean `title`?"
        in lines
    )
    assert all(line.startswith("::error file=") for line in lines)


def test_a_unit_that_is_not_in_the_navigation_is_checked_too(tiny_site: TinySite) -> None:
    project = tiny_site("mounted")
    (project / "modules/water/03-hidden.md").write_text("---\ntitle: Hidden\n---\n", encoding="utf-8")
    run = journey("check", cwd=project)
    assert run.code == 1
    assert "modules/water/03-hidden.md:1: C004" in run.out


def test_a_failed_swap_puts_the_last_site_back(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("good")
    with pytest.raises(OSError):
        swap_in(tmp_path / "nothing", site)
    assert (site / "index.html").read_text() == "good"


@pytest.mark.parametrize(
    ("form", "names"),
    [
        ("moodle-xml", {"water.en.xml", "w-check.en.setup.html", "w-final.en.setup.html"}),
        ("gift", {"water.en.gift", "w-check.en.setup.html", "w-final.en.setup.html"}),
        ("scorm", {"w-check.en.scorm.zip", "w-check.en.setup.html", "w-final.en.setup.html"}),
    ],
)
def test_exports_write_the_same_files_twice(project: Path, form: str, names: set[str]) -> None:
    for folder in ("first", "second"):
        run = journey("export", form, "--output", folder, "--locale", "en", cwd=project)
        assert run.code == 0, run.err
    first = {file.name: file.read_bytes() for file in (project / "first").iterdir()}
    second = {file.name: file.read_bytes() for file in (project / "second").iterdir()}
    assert set(first) == names
    assert first == second


def test_a_final_is_in_question_banks_and_in_no_package(project: Path) -> None:
    journey("export", "moodle-xml", "--output", "out", "--locale", "en", cwd=project)
    journey("export", "scorm", "--output", "out", "--locale", "en", cwd=project)
    assert "The Secret river" in (project / "out/water.en.xml").read_text(encoding="utf-8")
    assert not list((project / "out").glob("w-final*.zip"))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("gift", "--output", "out", "--module", "modules/wine"), "Folders with items: modules/water"),
        (("gift", "--output", "out", "--locale", "de"), "de is no language of this site"),
        (("aiken", "--output", "out"), "aiken"),
    ],
)
def test_an_export_that_can_not_be_made_says_why(project: Path, arguments: tuple[str, ...], words: str) -> None:
    run = journey("export", *arguments, cwd=project)
    assert run.code == 2
    assert words in run.err
    assert not (project / "out").exists()


def test_the_glossary_goes_to_a_translator_and_comes_back(tiny_site: TinySite, tmp_path: Path) -> None:
    project = tiny_site("mounted")
    (project / "docs/glossary.md").write_text(
        "---\ntitle: Glossary\ndescription: Words.\ntemplate: glossary.html\n---\n\n## River {#river}\n\nMoving water.\n",
        encoding="utf-8",
    )
    (project / "docs/glossary.ur.md").write_text(
        "---\ntitle: فرہنگ\ndescription: الفاظ۔\nstatus: draft\n---\n\n## دریا {#river}\n", encoding="utf-8"
    )
    run = journey("new", "term", "lake", "--term", "Lake", cwd=project)
    assert run.code == 0 and "## Lake {#lake}" in (project / "docs/glossary.md").read_text(encoding="utf-8")
    assert journey("new", "term", "lake", "--term", "Lake", cwd=project).code == 2
    assert journey("new", "term", "No Id", "--term", "Lake", cwd=project).code == 2
    for form in ("csv", "tbx"):
        assert journey("glossary", "export", form, "--output", str(tmp_path / f"words.{form}"), cwd=project).code == 0
    table = (tmp_path / "words.csv").read_text(encoding="utf-8")
    (tmp_path / "words.csv").write_text(table.replace("دریا", "ندی"), encoding="utf-8")
    before = (project / "docs/glossary.ur.md").read_text(encoding="utf-8")
    run = journey("glossary", "import", "csv", str(tmp_path / "words.csv"), cwd=project)
    assert run.code == 0 and "+ ندی" in run.out and "nothing written" in run.out
    assert (project / "docs/glossary.ur.md").read_text(encoding="utf-8") == before
    run = journey("glossary", "import", "csv", str(tmp_path / "words.csv"), "--write", cwd=project)
    assert run.code == 0
    assert "## ندی {#river}" in (project / "docs/glossary.ur.md").read_text(encoding="utf-8")
    (tmp_path / "bad.csv").write_text("id,term ur\nsea,x\n", encoding="utf-8")
    run = journey("glossary", "import", "csv", str(tmp_path / "bad.csv"), cwd=project)
    assert run.code == 2 and "no concept `sea`" in run.err
    report = journey("glossary", "report", cwd=project)
    assert report.code == 0 and "most used: " in report.out and "Urdu" in report.out
