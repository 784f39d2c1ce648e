"""What there is to learn: modules with their units, papers and courses, in order and with their minutes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import ceil
from pathlib import PurePosixPath

from ..layout import Kind
from .model import ContentPage, Project

WORDS_PER_MINUTE = 130
"""Reading speed assumed for professionals who read in a second language and think while they read."""


@dataclass(frozen=True)
class Unit:
    """A unit with its place in the module, counted from 1."""

    page: ContentPage
    number: int
    minutes: int


@dataclass(frozen=True)
class LearningModule:
    """A module: its overview page and its units in the order of their numbers."""

    page: ContentPage
    units: tuple[Unit, ...]
    minutes: int
    objectives: int
    """How many objectives its units have."""


@dataclass(frozen=True)
class Paper:
    """A country paper or overview."""

    page: ContentPage
    minutes: int


@dataclass(frozen=True)
class Catalogue:
    """All published modules and papers of a project, by the folder they lie in."""

    modules: tuple[LearningModule, ...] = ()
    papers: tuple[Paper, ...] = ()
    courses: tuple[ContentPage, ...] = ()
    """The pages of `courses/` below docs that have a plan beside them; the index stands for them until there are any."""
    units: Mapping[PurePosixPath, tuple[LearningModule, Unit]] = field(default_factory=dict)
    """Every unit by the path of its source, with the module it belongs to."""


def minutes_of(page: ContentPage) -> int:
    """Minutes for a page: reading time of the source text plus its activities, rounded up to five."""
    activities = page.front_matter.values.get("activity_minutes", 0)
    activities = activities if isinstance(activities, int) else 0
    return 5 * ceil((page.words / WORDS_PER_MINUTE + activities) / 5)


def build_catalogue(project: Project) -> Catalogue:
    """Collect the catalogue from the source pages. Minutes are the source's in every language."""
    sources = [p for p in project.iter_sources() if project.layout.is_published(p.path)]
    by_folder: dict[PurePosixPath, list[ContentPage]] = {}
    for page in sources:
        if page.kind is Kind.UNIT:
            by_folder.setdefault(page.path.parent, []).append(page)
    modules = []
    for page in sources:
        if page.kind is Kind.MODULE:
            units = tuple(
                Unit(unit, number, minutes_of(unit))
                for number, unit in enumerate(sorted(by_folder.get(page.path.parent, []), key=_by_name), start=1)
            )
            objectives = sum(len(_objectives(unit.page)) for unit in units)
            modules.append(LearningModule(page, units, sum(unit.minutes for unit in units), objectives))
    papers = [Paper(p, minutes_of(p)) for p in sources if p.kind is Kind.PAPER and p.path.name == "index.md"]
    in_courses = [p for p in sources if p.path.parent == PurePosixPath(project.layout.docs, "courses")]
    courses = [p for p in in_courses if p.path.with_suffix(".yml") in project.files] or [
        p for p in in_courses if p.path.name == "index.md"
    ]
    return Catalogue(
        tuple(sorted(modules, key=_by_id)),
        tuple(papers),
        tuple(courses),
        {unit.page.path: (module, unit) for module in modules for unit in module.units},
    )


def _by_name(page: ContentPage) -> str:
    return page.path.name


def _by_id(module: LearningModule) -> str:
    return str(module.page.front_matter.values.get("id", module.page.path))


def _objectives(page: ContentPage) -> Mapping[str, str]:
    value = page.front_matter.values.get("objectives")
    return value if isinstance(value, dict) else {}
