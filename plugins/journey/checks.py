"""All checks of all capabilities at once, so that an editor learns everything in one go."""

from __future__ import annotations

from pathlib import PurePosixPath

from .content.model import Project
from .content.parse import read_project
from .content.rules import RULES as CONTENT_RULES
from .content.rules import check_project
from .diagnostics import Diagnostic
from .layout import Layout
from .quizzes.bank import Bank, read_bank, read_retired_ids
from .quizzes.rules import RULES as QUIZ_RULES
from .quizzes.rules import Quizzes, check_quizzes

RULES = {**CONTENT_RULES, **QUIZ_RULES}
"""Every rule of the project, by id."""


def check_everything(layout: Layout, project: Project | None = None, bank: Bank | None = None) -> list[Diagnostic]:
    """Run all checks; reads what is not handed over. The findings come sorted by file, line and rule."""
    project = project or read_project(layout)
    bank = bank or read_bank(layout)
    quizzes = Quizzes(bank, _objectives(project), read_retired_ids(layout))
    return sorted({*check_project(project), *check_quizzes(quizzes)})


def _objectives(project: Project) -> dict[PurePosixPath, set[str]]:
    """Learning objectives by page, from front matter."""
    found: dict[PurePosixPath, set[str]] = {}
    for page in project.iter_sources():
        objectives = page.front_matter.values.get("objectives")
        if isinstance(objectives, dict):
            found[page.path] = set(objectives)
    return found
