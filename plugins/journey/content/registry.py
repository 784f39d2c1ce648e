"""What the checks of pages share: where each is registered, which pages they read, whom an editor meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from ..documents import SchemaProblem
from ..frontmatter import FrontMatter, allowed_keys, check_front_matter
from ..layout import Kind
from ..locales import SOURCE
from ..memory import remembered
from ..rulebook import Rulebook
from .model import ContentPage, Project

RULEBOOK: Rulebook[Project] = Rulebook(Path(__file__).with_name("rules.yml"))
rule = RULEBOOK.rule


def readable(project: Project) -> Iterator[ContentPage]:
    """The pages whose front matter and text could be read."""
    return (page for page in project.pages.values() if page.is_readable)


def schema_problems(project: Project, kind: str) -> Iterator[tuple[ContentPage, SchemaProblem]]:
    """What front matter breaks of its schema, of one kind: unknown, missing or value."""
    for page in readable(project):
        if page.locale not in project.layout.locales:
            continue  # T002 speaks of it
        if page.kind is Kind.PRIVATE:
            continue  # banks, finals and trainer's pages have no front matter of their own yet
        schema = "translation" if page.is_translation else page.kind.value
        for problem in _check_front_matter(page.path, page.front_matter, schema):
            if problem.kind == kind:
                yield page, problem


@remembered
def _check_front_matter(path: PurePosixPath, front_matter: FrontMatter, schema: str) -> tuple[SchemaProblem, ...]:
    return tuple(check_front_matter(front_matter, schema))


def closest(target: PurePosixPath, among: Iterable[ContentPage | PurePosixPath]) -> str:
    """A file that somebody who wrote `target` may have meant: first in the same folder, then anywhere."""
    files = [one.path if isinstance(one, ContentPage) else one for one in among]
    siblings = [file.name for file in files if file.parent == target.parent and file.suffix == target.suffix]
    close = difflib.get_close_matches(target.name, siblings, n=1)
    if not close:
        close = difflib.get_close_matches(str(target), map(str, files), n=1, cutoff=0.8)
    return f"Did you mean {close[0]}?" if close else ""


def belongs_to_source(project: Project, page: ContentPage, problem: SchemaProblem) -> bool:
    """Whether an unknown key of a translation is one that its source may have."""
    return len(problem.key) == 1 and str(problem.key[0]) in allowed_keys(page.kind.value) and page.locale != SOURCE
