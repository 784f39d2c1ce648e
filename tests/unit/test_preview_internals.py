"""What the preview leans on is named, and looked at before anything leans on it."""

from __future__ import annotations

import errno
from pathlib import Path

import mkdocs.commands.serve
import pytest
import yaml

from journey.preview import internals
from journey.preview.problems import explain


def test_all_is_as_the_preview_knows_it() -> None:
    assert internals.find_changed() == ""


def test_other_parameters_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def render(self: object, config: object, files: object, more: object) -> None:
        pass

    monkeypatch.setattr(
        internals, "_SIGNATURES", {"mkdocs.structure.pages.Page.render": (render, ("self", "config", "files"))}
    )
    assert internals.find_changed() == "mkdocs.structure.pages.Page.render has other parameters"


def test_another_version_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(internals, "_TESTED", {"mkdocs": ("0.",)})
    assert internals.find_changed().startswith("mkdocs is 1.")


def test_a_serve_that_builds_in_another_way_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mkdocs.commands.serve, "build", print)
    assert internals.find_changed() == "mkdocs.commands.serve builds in another way"


def test_a_full_disk_is_no_traceback() -> None:
    problem = explain(OSError(errno.ENOSPC, "No space left on device", "/tmp/site/index.html"), Path("/p"))
    assert (problem.file, problem.what) == ("/tmp/site/index.html", "the disk is full")
    assert problem.hint


def test_settings_name_their_line() -> None:
    with pytest.raises(yaml.YAMLError) as caught:
        yaml.safe_load("a: 1\nb: [\n")
    problem = explain(caught.value, Path("/p"))
    assert problem.line in (2, 3)
    assert "Traceback" not in str(problem)


def test_a_template_names_its_file_and_line(tmp_path: Path) -> None:
    jinja2 = pytest.importorskip("jinja2")
    (tmp_path / "page.html").write_text("one\n{{ missing.word }}\n", encoding="utf-8")
    env = jinja2.Environment(loader=jinja2.FileSystemLoader(tmp_path))
    with pytest.raises(jinja2.UndefinedError) as caught:
        env.get_template("page.html").render()
    problem = explain(caught.value, tmp_path)
    assert (problem.file, problem.line) == ("page.html", 2)
    (tmp_path / "page.html").write_text("one\n{% if %}\n", encoding="utf-8")
    with pytest.raises(jinja2.TemplateSyntaxError) as caught:
        env.get_template("page.html")
    problem = explain(caught.value, tmp_path)
    assert (problem.file, problem.line) == ("page.html", 2)
