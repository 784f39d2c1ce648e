"""What a check says to an editor: a small letter with the place, the rule, the problem and the way out.

Rules are described in a `rules.yml` beside the code that finds them, and the editors' handbook is
made from the same file, so a rule can not exist without its paragraph.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from pathlib import Path, PurePosixPath

from .documents import load_quickly

HANDBOOK = "contribute/checks/"
"""Where the site explains every rule, relative to its root."""


class Severity(IntEnum):
    """How much a finding matters; what each rule has is policy and can be set in `mkdocs.yml`."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    @classmethod
    def parse(cls, word: str) -> Severity:
        """Read `info`, `warning` or `error`; raises ValueError that names the three."""
        try:
            return cls[word.upper()]
        except KeyError:
            raise ValueError(f"'{word}' is not a severity; write info, warning or error") from None


@dataclass(frozen=True, order=True)
class Diagnostic:
    """One finding in one place. `line` counts from 1; `path` is relative to the project's root."""

    path: PurePosixPath
    line: int
    rule: str
    message: str
    hint: str = ""


@dataclass(frozen=True)
class Findings:
    """All that the checks found."""

    all: Sequence[Diagnostic]

    @cached_property
    def _by_path(self) -> Mapping[PurePosixPath, tuple[Diagnostic, ...]]:
        found: dict[PurePosixPath, tuple[Diagnostic, ...]] = {}
        for one in self.all:
            found[one.path] = (*found.get(one.path, ()), one)
        return found

    def on(self, path: PurePosixPath) -> tuple[Diagnostic, ...]:
        """Those on one page."""
        return self._by_path.get(path, ())


@dataclass(frozen=True)
class Example:
    """A small set of files that shows a rule broken or kept; `files` maps path to content.

    Content is text; bytes only where the point is that it is none.
    """

    files: Mapping[str, str | bytes]


@dataclass(frozen=True)
class Rule:
    """One check as editors know it. The id is permanent; the name says it in words."""

    id: str
    name: str
    severity: Severity
    meaning: str
    wrong: Example
    right: Example


@dataclass(frozen=True)
class Policy:
    """Which severity a finding has: the rule's own, unless the project's settings say otherwise."""

    rules: Mapping[str, Rule]
    overrides: Mapping[str, Severity] = field(default_factory=dict)

    @classmethod
    def parse(cls, rules: Mapping[str, Rule], settings: Mapping[str, str]) -> Policy:
        """Read settings such as `{"C008": "warning"}`; raises ValueError for an unknown rule or word."""
        unknown = sorted(set(settings) - set(rules))
        if unknown:
            raise ValueError(f"there is no rule {unknown[0]}; the rules are {', '.join(sorted(rules))}")
        return cls(rules, {rule: Severity.parse(word) for rule, word in settings.items()})

    def severity(self, diagnostic: Diagnostic) -> Severity:
        """The severity of one finding."""
        return self.overrides.get(diagnostic.rule, self.rules[diagnostic.rule].severity)

    def worst(self, diagnostics: Iterable[Diagnostic]) -> Severity | None:
        """The highest severity among the findings, or None if there are none."""
        return max((self.severity(d) for d in diagnostics), default=None)


def load_rules(path: Path) -> dict[str, Rule]:
    """Load a capability's `rules.yml`: a list of rules with id, name, severity, meaning, wrong, right.

    `wrong` and `right` are maps of file name to text. Returns the rules by id, in the file's order.
    """
    entries = load_quickly(path.read_text(encoding="utf-8"))
    rules = {}
    for entry in entries:
        rule = Rule(
            id=entry["id"],
            name=entry["name"],
            severity=Severity.parse(entry["severity"]),
            meaning=entry["meaning"].strip(),
            wrong=Example(entry["wrong"]),
            right=Example(entry["right"]),
        )
        if rule.id in rules:
            raise ValueError(f"{path.name}: rule {rule.id} is described twice")
        rules[rule.id] = rule
    return rules


def format_text(diagnostic: Diagnostic, rule: Rule) -> str:
    """The letter for a terminal: `path:line: rule message` and, below it, the hint and the handbook."""
    lines = [f"{diagnostic.path}:{diagnostic.line}: {rule.id} {rule.name}: {diagnostic.message}"]
    if diagnostic.hint:
        lines.append(f"    {diagnostic.hint}")
    lines.append(f"    Help: {HANDBOOK}#{rule.id.lower()}")
    return "\n".join(lines)


def format_github(diagnostic: Diagnostic, rule: Rule, severity: Severity) -> str:
    """A workflow command that puts the finding beside the line on a code-hosting page.

    Format: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
    """
    word = {Severity.INFO: "notice", Severity.WARNING: "warning", Severity.ERROR: "error"}[severity]
    text = diagnostic.message + (f"\n{diagnostic.hint}" if diagnostic.hint else "")
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    file = str(diagnostic.path).replace("%", "%25").replace(",", "%2C").replace(":", "%3A")
    return f"::{word} file={file},line={diagnostic.line},title={rule.id} {rule.name}::{escaped}"
