"""What was saved, and what has to be done about it. Pure: two pictures of the disk in, a plan out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

Stamp = tuple[int, ...]
Stamps = Mapping[Path, Stamp]


class Area(Enum):
    """Where a file belongs."""

    CONTENT = "content"
    """docs, modules, research: pages, data, drawings, banks, pictures."""
    ASSET = "asset"
    """Style sheets, scripts, fonts of the site: files of the theme that are copied."""
    WORDS = "words"
    """The strings of the interface."""
    CHECKED = "checked"
    """Read by the checks alone."""
    MODEL = "model"
    """Settings and templates."""


@dataclass(frozen=True)
class Plan:
    """What a save asks for. `full` if files came or went, if settings or templates changed, or if nobody is sure."""

    full: bool = False
    content: frozenset[Path] = frozenset()
    assets: frozenset[Path] = frozenset()
    words: bool = False
    checked: bool = False

    def __bool__(self) -> bool:
        return self.full or bool(self.content) or bool(self.assets) or self.words or self.checked


@dataclass(frozen=True)
class Areas:
    """The folders and files that are looked at, each with what it holds; the most special one counts."""

    roots: Mapping[Path, Area] = field(default_factory=dict)
    templates: frozenset[str] = frozenset({".html", ".xml", ".js.jinja", ".yml", ".yaml", ".py"})
    """Endings of files that are no assets wherever they lie in a folder of assets."""

    def area_of(self, path: Path) -> Area:
        """What a file is; a file in none of the folders counts as settings."""
        roots = [root for root in self.roots if path == root or path.is_relative_to(root)]
        if not roots:
            return Area.MODEL
        area = self.roots[max(roots, key=lambda root: len(root.parts))]
        return Area.MODEL if area is Area.ASSET and path.suffix in self.templates else area


def plan_for(before: Stamps, now: Stamps, areas: Areas) -> Plan:
    """What has to be done about the difference of two pictures of the disk."""
    touched = [path for path, stamp in now.items() if path in before and before[path] != stamp]
    moved = [*(now.keys() - before.keys()), *(before.keys() - now.keys())]
    return Plan(
        full=any(areas.area_of(path) is not Area.CHECKED for path in moved) or _has(Area.MODEL, touched, areas),
        content=frozenset(path for path in touched if areas.area_of(path) is Area.CONTENT),
        assets=frozenset(path for path in touched if areas.area_of(path) is Area.ASSET),
        words=_has(Area.WORDS, touched, areas),
        checked=_has(Area.CHECKED, [*touched, *moved], areas),
    )


def _has(area: Area, paths: Iterable[Path], areas: Areas) -> bool:
    return any(areas.area_of(path) is area for path in paths)
