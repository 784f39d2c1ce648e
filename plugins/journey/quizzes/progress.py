"""What the page "My progress" needs to know of the items: plain data, ready for JSON.

Scores never come near it: they stay on the reader's device, where `progress.js` adds them up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

from ..layout import Layout
from ..locales import LOCALES
from .bank import Bank
from .model import Assessment, AssessmentKind

THRESHOLDS = ("attendance", "achievement")


@dataclass(frozen=True)
class Label:
    """A title or an objective in the language that it could be had in, and the address that it leads to."""

    text: str
    locale: str
    url: str


@dataclass(frozen=True)
class LabelledModule:
    """A module, a paper or a course with its words: of the page's language where translated, else of the source.

    What is `optional`, as papers and courses are, shows once it has been begun.
    """

    id: str
    folder: PurePosixPath
    title: Label
    objectives: Mapping[str, Label]
    optional: bool = False


@dataclass(frozen=True)
class ProgressView:
    """Templates see this as `quiz_progress`; only "My progress" asks for its data, so only that page pays for it."""

    build: Callable[[], dict[str, Any]]

    @cached_property
    def data(self) -> dict[str, Any]:
        """What `build_progress_data` gives."""
        return self.build()


def build_progress_data(
    bank: Bank, layout: Layout, modules: Iterable[LabelledModule], urls: Mapping[PurePosixPath, str]
) -> dict[str, Any]:
    """The scored items that readers can meet, by module; `urls` maps source files to addresses below the site's root.

    ```
    {"modules": [{"id", "title", "lang", "dir", "url", "optional"?,
                  "objectives": [{"id", "text", "lang", "dir", "url"}],
                  "items": {item id: {"objective", "points"}},
                  "assessments": [{"id", "kind", "url", "items": [item id], "attendance"?, "achievement"?}]}]}
    ```

    Points are whole numbers above 0, thresholds percent. Modules and objectives without items are left
    out, what is optional also without objectives, and so is everything that belongs to a final.
    """
    secret = _items_of_finals(bank)
    folders = _by_folder(bank, layout)
    found = (_describe(bank, *folders.get(module.folder, ([], [])), module, urls, secret) for module in modules)
    return {"modules": [one for one in found if one["items"] and (one["objectives"] or "optional" not in one)]}


def scored_items_by_page(bank: Bank) -> dict[PurePosixPath, tuple[str, ...]]:
    """The ids of the scored items that readers meet on each source page, written there or asked by a quiz there."""
    secret = _items_of_finals(bank)
    found: dict[PurePosixPath, list[str]] = {}
    for text in bank.sources.values():
        found.setdefault(text.path, []).append(text.id)
    for assessment in bank.assessments.values():
        found.setdefault(assessment.path, []).extend(bank.items_of(assessment))
    return {
        path: tuple(
            item_id
            for item_id in dict.fromkeys(ids)
            if item_id not in secret and (item := bank.item(item_id)) and item.points > 0
        )
        for path, ids in found.items()
    }


def _by_folder(bank: Bank, layout: Layout) -> dict[PurePosixPath, tuple[list[str], list[Assessment]]]:
    """Items and assessments but finals that stand on published pages, by the folder of the page."""
    published = {path: layout.is_published(path) for path in {one.path for one in bank.sources.values()}}
    found: dict[PurePosixPath, tuple[list[str], list[Assessment]]] = {}
    for item in bank.sources.values():
        if published[item.path]:
            found.setdefault(item.path.parent, ([], []))[0].append(item.id)
    for one in bank.assessments.values():
        if one.kind is not AssessmentKind.FINAL and layout.is_published(one.path):
            found.setdefault(one.path.parent, ([], []))[1].append(one)
    return found


def _describe(
    bank: Bank,
    ids: Iterable[str],
    here: Iterable[Assessment],
    module: LabelledModule,
    urls: Mapping[PurePosixPath, str],
    secret: frozenset[str],
) -> dict[str, Any]:
    assessments = [(one, bank.items_of(one)) for one in here]
    items: dict[str, dict[str, Any]] = {}
    for item_id in [*ids, *(one for _, asked in assessments for one in asked)]:
        item = bank.item(item_id)
        if item is not None and item.points > 0 and item_id not in secret:
            items[item_id] = {"objective": item.objective, "points": item.points}
    used = {item["objective"] for item in items.values()}
    return {
        "id": module.id,
        "title": module.title.text,
        **_place(module.title),
        **({"optional": True} if module.optional else {}),
        "objectives": [
            {"id": objective, "text": label.text, **_place(label)}
            for objective, label in module.objectives.items()
            if objective in used
        ],
        "items": items,
        "assessments": [_describe_assessment(one, asked, items, urls) for one, asked in assessments],
    }


def _describe_assessment(
    assessment: Assessment, asked: Iterable[str], items: Mapping[str, Any], urls: Mapping[PurePosixPath, str]
) -> dict[str, Any]:
    header = assessment.header
    return {
        "id": assessment.id,
        "kind": assessment.kind.value,
        "url": f"{urls.get(assessment.path, '')}#{assessment.id}",
        "items": list(dict.fromkeys(one for one in asked if one in items)),
        **{name: header[name] for name in THRESHOLDS if isinstance(header.get(name), int)},
    }


def _place(label: Label) -> dict[str, str]:
    return {"lang": label.locale, "dir": LOCALES[label.locale].direction, "url": label.url}


def _items_of_finals(bank: Bank) -> frozenset[str]:
    """The ids of items that a final asks, and of all that stand in a final's file."""
    finals = [one for one in bank.assessments.values() if one.kind is AssessmentKind.FINAL]
    return frozenset(
        [item_id for final in finals for item_id in bank.items_of(final)]
        + [item.id for item in bank.sources.values() if item.path.name == "final.md"]
    )
