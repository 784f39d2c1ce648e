"""What a save asks for, from two pictures of the disk alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from journey.preview.changes import Area, Areas, Plan, plan_for

AREAS = Areas(
    {
        Path("/p/docs"): Area.CONTENT,
        Path("/p/modules"): Area.CONTENT,
        Path("/p/overrides"): Area.ASSET,
        Path("/p/strings"): Area.WORDS,
        Path("/p/retired-ids.txt"): Area.CHECKED,
        Path("/p/mkdocs.yml"): Area.MODEL,
    }
)
BEFORE = {
    Path(name): (1,)
    for name in (
        "/p/docs/index.md",
        "/p/docs/picture.png",
        "/p/overrides/main.html",
        "/p/overrides/site.css",
        "/p/strings/en.yml",
        "/p/retired-ids.txt",
        "/p/mkdocs.yml",
    )
}


def after(*names: str) -> Plan:
    return plan_for(BEFORE, {**BEFORE, **{Path(name): (2,) for name in names}}, AREAS)


@pytest.mark.parametrize(
    ("name", "plan"),
    [
        ("/p/docs/index.md", Plan(content=frozenset({Path("/p/docs/index.md")}))),
        ("/p/docs/picture.png", Plan(content=frozenset({Path("/p/docs/picture.png")}))),
        ("/p/overrides/site.css", Plan(assets=frozenset({Path("/p/overrides/site.css")}))),
        ("/p/overrides/main.html", Plan(full=True)),
        ("/p/mkdocs.yml", Plan(full=True)),
        ("/p/strings/en.yml", Plan(words=True)),
        ("/p/retired-ids.txt", Plan(checked=True)),
        ("/p/docs/new.md", Plan(full=True)),
        ("/somewhere/else.yml", Plan(full=True)),
    ],
)
def test_every_kind_of_file_has_its_plan(name: str, plan: Plan) -> None:
    assert after(name) == plan


def test_a_file_that_went_is_everybodys_business() -> None:
    now = {path: stamp for path, stamp in BEFORE.items() if path.name != "picture.png"}
    assert plan_for(BEFORE, now, AREAS).full
    assert not plan_for(BEFORE, {path: s for path, s in BEFORE.items() if path.name != "retired-ids.txt"}, AREAS).full


def test_nothing_saved_is_nothing_to_do() -> None:
    assert not after()


def test_several_files_make_one_plan() -> None:
    plan = after("/p/docs/index.md", "/p/strings/en.yml", "/p/overrides/site.css")
    assert (plan.full, plan.words, len(plan.content), len(plan.assets)) == (False, True, 1, 1)
