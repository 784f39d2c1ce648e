"""The report of contents counts what readers and editors would count."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest

from journey.content.parse import read_project
from journey.glossary.parse import build_glossary, parse_glossary
from journey.glossary.usage import Usage, read_text_pages
from journey.layout import Layout
from journey.quizzes.bank import read_bank
from journey.report import as_table, find_gaps, reading_level, report_objectives, report_pages, unused_terms
from support import SITES, journey

EASY = "We go to the fund. The fund pays us. We ask for a form. It is not there. We go home. " * 6
HARD = (
    "Institutional fragmentation complicates intergovernmental accountability arrangements, notwithstanding comprehensive administrative harmonisation programmes. "
    * 12
)


def test_short_words_in_short_sentences_read_more_easily() -> None:
    assert reading_level(EASY) < 4
    assert reading_level(HARD) > 14
    assert reading_level("Too short to say.") == 0


def test_the_formula_is_the_published_one() -> None:
    """100 words of 4 letters in 5 sentences: 0.0588 * 400 - 0.296 * 5 - 15.8 = 6.24."""
    assert reading_level(("word " * 19 + "word. ") * 5) == pytest.approx(6.2)


def test_tables_notes_and_questions_are_no_prose() -> None:
    noise = "\n\n| Interoperability | Harmonisation |\n| --- | --- |\n| Fragmentation | Accountability |\n\n[^a]: Comprehensive administration.\n"
    assert reading_level(EASY + noise) == reading_level(EASY)


def test_a_site_is_counted() -> None:
    layout = Layout(SITES / "mounted")
    project, bank = read_project(layout), read_bank(layout)
    page = parse_glossary(
        PurePosixPath("docs/glossary.md"),
        "en",
        "## River {#river}\n\nFlowing water.\n\n## Zebra {#zebra}\n\nAn animal.\n",
    )
    glossary = build_glossary([page])
    usage = Usage(glossary, read_text_pages(layout))
    pages = {page.page: page for page in report_pages(project, bank, usage)}
    first = pages["modules/water/01-first.md"]
    assert sum(page.terms for page in pages.values()) > 0
    assert unused_terms(pages.values(), glossary, usage) == ["zebra"]
    assert (first.drawings, first.tables, first.facts) == (1, 1, 1)
    assert "tests" not in " ".join(pages)
    objectives = report_objectives(project, bank)
    assert objectives
    table = as_table(objectives)
    assert table.split("\n")[0].split()[0] == "objective"
    assert any("no item" in gap for gap in find_gaps([], objectives)) == any(
        not one.on_pages and not one.in_bank for one in objectives
    )


def test_the_command_prints_tables_for_people_and_for_spreadsheets() -> None:
    run = journey("report", "content")
    assert run.code == 0 and "objectives." in run.out
    run = journey("report", "content", "--tabs")
    lines = run.out.strip().split("\n")
    assert lines[0].split("\t")[:2] == ["page", "words"]
    assert "look at" not in run.out


def test_a_translator_learns_what_waits(tiny_site: Callable[[str], Path]) -> None:
    project = tiny_site("mounted")
    run = journey("report", "translations", "--locale", "km", cwd=project)
    assert run.code == 0
    lines = run.out.splitlines()
    assert lines[0].startswith("Khmer: ") and " reviewed" in lines[0]
    assert "to review     modules/water/index.km.md" in lines
    assert "to translate  modules/water/02-second.md" in lines
    assert not [line for line in lines if "final" in line or "trainer" in line]
    assert "Urdu: " in journey("report", "translations", cwd=project).out
    assert journey("report", "translations", "--locale", "en", cwd=project).code == 2
