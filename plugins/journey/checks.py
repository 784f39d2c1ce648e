"""All checks of all capabilities at once, so that an editor learns everything in one go."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from .books import rules as books
from .books.audiences import ONLY, POCKET
from .books.model import PageOutline
from .books.parse import read_books
from .charts import rules as charts
from .charts.parse import read_charts
from .content import parity as page_parity
from .content import registry as pages
from .content import rules as page_rules
from .content.catalogue import minutes_of
from .content.links import is_local, resolve, split_target
from .content.model import Project
from .content.parse import read_project
from .courses import rules as courses
from .courses.model import Lesson
from .courses.parse import read_courses
from .diagnostics import Diagnostic
from .facts import rules as facts
from .facts.model import SCHEME, CitablePage, Quotation
from .facts.parse import read_facts
from .figures import rules as figures
from .figures.model import Showing
from .figures.parse import read_figures
from .frontmatter import day
from .glossary import rules as terms
from .glossary.parse import read_glossary
from .glossary.usage import Usage, read_text_pages
from .layout import Kind, Layout
from .papers import rules as sources
from .papers.parse import read_library
from .quizzes import parity as item_parity
from .quizzes import registry as quizzes
from .quizzes import rules as item_rules
from .quizzes.bank import Bank, read_bank, read_retired_ids

REGISTERED = (page_rules, page_parity, item_rules, item_parity)
"""Modules whose checks stand in the rulebook of another; named here so that they are loaded."""

RULEBOOKS = tuple(one.RULEBOOK for one in (pages, quizzes, facts, figures, charts, terms, books, sources, courses))

RULES = {rule_id: rule for book in RULEBOOKS for rule_id, rule in book.rules.items()}
"""Every rule of the checks, by id."""

ALL_RULES = {**RULES, **books.PRESS_RULES}
"""Those, and what is found only when books are made."""


def check_everything(layout: Layout, project: Project | None = None, bank: Bank | None = None) -> list[Diagnostic]:
    """Run all checks; reads what is not handed over. The findings come sorted by file, line and rule."""
    project = project or read_project(layout)
    bank = bank or read_bank(layout)
    glossary = read_glossary(layout)
    findings = {
        *pages.RULEBOOK.run(project),
        *quizzes.RULEBOOK.run(quizzes.Quizzes(bank, _objectives(project), read_retired_ids(layout))),
        *facts.RULEBOOK.run(read_facts(layout, quotations_of(project), citable_pages_of(project))),
        *terms.RULEBOOK.run(terms.Terms(glossary, Usage(glossary, read_text_pages(layout)))),
        *figures.RULEBOOK.run(read_figures(layout, showings_of(project))),
        *charts.RULEBOOK.run(read_charts(layout)),
        *books.RULEBOOK.run(read_books(layout, outlines_of(project))),
        *sources.RULEBOOK.run(read_library(layout)),
        *courses.RULEBOOK.run(read_courses(layout, lessons_of(project))),
    }
    return sorted(findings)


def quotations_of(project: Project) -> Iterator[Quotation]:
    """Every link of the project's pages that quotes a fact."""
    for page in project.pages.values():
        for link in page.links:
            if link.target.startswith(SCHEME):
                fact = link.target.removeprefix(SCHEME)
                yield Quotation(fact, link.text, page.path, page.source, page.locale, link.line)


def citable_pages_of(project: Project) -> Iterator[CitablePage]:
    """Every page in the source language that readers can open, with its ids and its last review."""
    for page in project.iter_sources():
        if project.layout.is_published(page.path):
            reviewed_on = day(page.front_matter.values.get("reviewed_on"))
            yield CitablePage(page.path, frozenset(page.anchors), reviewed_on)


def lessons_of(project: Project) -> dict[PurePosixPath, Lesson]:
    """Every page in the source language that readers can open, with what courses need to know of it."""
    return {
        page.path: Lesson(
            minutes_of(page),
            str(page.front_matter.values.get("template", "")),
            page.front_matter.line_of(("template",)),
        )
        for page in project.iter_sources()
        if project.layout.is_published(page.path)
    }


def showings_of(project: Project) -> Iterator[Showing]:
    """Every picture of the project that a page shows."""
    for page in project.pages.values():
        for link in page.links:
            if link.is_image and is_local(link.target):
                yield Showing(page.path, page.locale, link.line, resolve(page.path, split_target(link.target)[0]))


def outlines_of(project: Project) -> Iterator[PageOutline]:
    """What books need to know of every page of the project."""
    for page in project.pages.values():
        picks = [block for block in page.blocks if block.name == POCKET]
        nested = [block.line for block in picks if any(other.line < block.line < other.end for other in picks)]
        marks = [(block.line, tuple(block.argument.split())) for block in page.blocks if block.name == ONLY]
        ids = tuple(block.argument for block in picks)
        private = page.kind is Kind.PRIVATE
        yield PageOutline(
            page.path, frozenset(page.anchors), ids, tuple(marks), page.is_translation, private, tuple(nested)
        )


def _objectives(project: Project) -> dict[PurePosixPath, set[str]]:
    """Learning objectives by page, from front matter."""
    found: dict[PurePosixPath, set[str]] = {}
    for page in project.iter_sources():
        objectives = page.front_matter.values.get("objectives")
        if isinstance(objectives, dict):
            found[page.path] = set(objectives)
    return found
