"""What the checks of quizzes share: what they look at, and where each is registered under its rule."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from ..rulebook import Rulebook
from .bank import Bank
from .model import ItemText

Objectives = dict[PurePosixPath, set[str]]
"""Learning objectives by page, or by the folder of a module or paper."""


class Quizzes:
    """What the checks look at: the bank, the objectives of each folder, and the ids that are dead."""

    def __init__(self, bank: Bank, objectives_of: Objectives, retired: frozenset[str]) -> None:
        self.bank = bank
        self.objectives_of = objectives_of
        self.retired = retired
        self.objectives: Objectives = {}
        for page, objectives in objectives_of.items():
            self.objectives.setdefault(page.parent, set()).update(objectives)

    def iter_texts(self) -> Iterator[ItemText]:
        """Every item in every language, as written."""
        return (item for page in self.bank.pages.values() for item in page.items)

    def iter_sources(self) -> Iterator[ItemText]:
        return iter(self.bank.sources.values())

    def iter_translations(self) -> Iterator[tuple[ItemText, ItemText]]:
        """Each translated item with its source."""
        for (item_id, _), words in self.bank.words.items():
            if item_id in self.bank.sources:
                yield words, self.bank.sources[item_id]


RULEBOOK: Rulebook[Quizzes] = Rulebook(Path(__file__).with_name("rules.yml"))
rule = RULEBOOK.rule
