"""The checks of a capability: one function a rule, each described for editors in the `rules.yml` beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Generic, TypeVar

from .diagnostics import Diagnostic, load_rules

Subject = TypeVar("Subject")
Check = Callable[[Subject], Iterable[Diagnostic]]


class Rulebook(Generic[Subject]):
    """Rules with the functions that find their breaches in a `Subject`."""

    def __init__(self, path: Path) -> None:
        """`path` is the `rules.yml`."""
        self.rules = load_rules(path)
        self.checks: dict[str, Check[Subject]] = {}

    def rule(self, rule_id: str) -> Callable[[Check[Subject]], Check[Subject]]:
        """Register the function that finds breaches of one rule."""

        def register(check: Check[Subject]) -> Check[Subject]:
            self.checks[rule_id] = check
            return check

        return register

    def run(self, subject: Subject) -> list[Diagnostic]:
        """Run every check; the findings come sorted by file, line and rule."""
        return sorted({finding for check in self.checks.values() for finding in check(subject)})
