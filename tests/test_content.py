"""The content of this repository, its words and its handbook."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest
import yaml

from journey.checks import RULES
from journey.content.parse import read_project
from journey.content.view import SiteView
from journey.frontmatter import load_schema
from journey.layout import Layout
from journey.locales import LOCALES
from journey.wording import STRINGS, load_wording
from support import ROOT, journey

OTHERS = [code for code in LOCALES if code != "en"]


def test_the_content_has_nothing_to_repair() -> None:
    run = journey("check", "--strict")
    assert run.code == 0, run.out


def test_the_handbook_says_what_the_rules_say() -> None:
    run = journey("handbook")
    assert run.code == 0, run.out + " – run make handbook"


@pytest.mark.parametrize("locale", OTHERS)
def test_interface_words_are_complete_and_keep_their_blanks(locale: str) -> None:
    def blanks(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    english, words = load_wording("en"), load_wording(locale)
    assert list(words) == list(english)
    assert {key: blanks(text) for key, text in words.items() if key != "page.fallback"} == {
        key: blanks(text) for key, text in english.items() if key != "page.fallback"
    }
    assert all(text.strip() for text in words.values())


def test_every_interface_word_has_a_place() -> None:
    """No key is missing and none is left over. Keys that are put together in templates are named by their stem."""
    sources = [
        *(ROOT / "overrides").rglob("*.html"),
        *(ROOT / "plugins").rglob("*.py"),
        *(ROOT / "plugins").rglob("*.html"),
    ]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    put_together = ("admonition.", "block.", "fold.", "paper.", "downloads.kind_", "quiz.", "tool.", "profile.", "search.", "offline.", "glossary.label_", "lens.theme_", "course.session_", "course.task_", "course.marks_", "rubric.level_", "setup.", "level.", "home.", "page.previous", "page.next", "unit.objectives",
                    "module.objectives", "paper.objectives")  # fmt: skip
    unused = [key for key in load_wording("en") if f'"{key}"' not in text and not key.startswith(put_together)]
    assert not unused
    for key in re.findall(r'(?:\bt|say)\((?:[^()"]*, ?)?"([a-z_]+\.[a-z_-]+)"', text):
        assert key in load_wording("en") or key.endswith("_"), key


def test_every_string_says_where_a_reader_meets_it() -> None:
    assert sum("#" in line for line in (STRINGS / "en.yml").read_text(encoding="utf-8").splitlines()) >= 15


def _site_settings() -> dict:  # type: ignore[type-arg]
    return yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))


def test_the_site_is_built_in_the_languages_of_the_project() -> None:
    i18n = next(p["i18n"] for p in _site_settings()["plugins"] if isinstance(p, dict) and "i18n" in p)
    assert [language["locale"] for language in i18n["languages"]] == list(LOCALES)
    assert [language["name"] for language in i18n["languages"]] == [locale.name for locale in LOCALES.values()]


@pytest.mark.parametrize("locale", OTHERS)
def test_every_section_of_the_navigation_has_a_name_in_every_language(locale: str) -> None:
    def sections(items: list[object]) -> set[str]:
        found = set()
        for item in items:
            if isinstance(item, dict):
                for name, value in item.items():
                    found |= {name} | (sections(value) if isinstance(value, list) else set())
        return found

    settings = _site_settings()
    i18n = next(p["i18n"] for p in settings["plugins"] if isinstance(p, dict) and "i18n" in p)
    language = next(one for one in i18n["languages"] if one["locale"] == locale)
    assert set(language["nav_translations"]) == sections(settings["nav"])
    assert language["site_name"]


@pytest.mark.parametrize("locale", OTHERS)
@pytest.mark.parametrize("page", ["docs/index", "docs/about"])
def test_home_and_about_exist_in_every_language(page: str, locale: str) -> None:
    assert (ROOT / f"{page}.{locale}.md").is_file()


def test_every_key_of_front_matter_is_explained() -> None:
    definitions = load_schema()["$defs"]
    used = {name for kind in definitions["kinds"].values() for name in kind["properties"]}
    assert used == set(definitions["fields"])
    assert all(len(field["description"]) > 20 for field in definitions["fields"].values())


def test_rule_ids_are_in_order_and_named() -> None:
    for letter in "CTQFVBGRDK":
        ids = [rule for rule in RULES if rule.startswith(letter)]
        assert len(ids) >= 5
        assert ids == sorted(ids)
    for rule in RULES.values():
        assert re.fullmatch(r"[CTQFVBGRDK]\d{3}", rule.id)
        assert re.fullmatch(r"[a-z0-9-]+", rule.name)


def test_every_unit_has_what_a_unit_has() -> None:
    project = read_project(Layout(ROOT))
    units = [
        page for page in project.iter_sources() if page.kind.value == "unit" and "_template" not in page.path.parts
    ]
    assert units
    for unit in units:
        assert {"key-messages", "case", "tool"} <= {block.name for block in unit.blocks}, unit.path
        assert 1200 <= unit.words <= 2000, f"{unit.path} has {unit.words} words"


def test_locks_name_no_host_and_no_path_of_a_machine() -> None:
    for name in ("requirements.lock", "requirements-test.lock"):
        text = Path(ROOT / name).read_text(encoding="utf-8")
        assert "--hash=sha256:" in text
        assert not re.search(r"https?://|--index-url|--find-links|^/|file:", text, re.M)


def test_the_headers_in_the_guide_are_those_of_the_pages() -> None:
    policy = SiteView.content_policy.fget(SiteView)  # type: ignore[attr-defined]
    assert (ROOT / "docs/contribute/publish.md").read_text(encoding="utf-8").count(
        f"{policy}; frame-ancestors 'none'"
    ) == 3


def test_the_workflow_runs_what_the_project_has() -> None:
    text = (ROOT / ".ci/publish.example.yml").read_text(encoding="utf-8")
    steps = [step for job in yaml.safe_load(text)["jobs"].values() for step in job["steps"]]
    commands = [step["run"] for step in steps if "run" in step]
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert {"make test", "make site"} <= set(commands)
    for target in re.findall(r"make ([a-z]+)", "\n".join(commands)):
        assert re.search(rf"^{re.escape(target)}:", makefile, re.M), target
