"""Every rule fires on its wrong example and on nothing else, and is silent on the right one."""

from __future__ import annotations

from pathlib import Path

import pytest

from journey.checks import RULEBOOKS, RULES, check_everything
from journey.diagnostics import Example
from journey.layout import Layout


def findings(root: Path, example: Example) -> set[str]:
    for path, content in example.files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())
    return {finding.rule for finding in check_everything(Layout(root))}


def test_every_rule_has_a_check_and_every_check_a_rule() -> None:
    assert set(RULES) == {rule for book in RULEBOOKS for rule in book.checks}


@pytest.mark.parametrize("rule", RULES)
def test_the_wrong_example_breaks_its_own_rule_only(rule: str, tmp_path: Path) -> None:
    assert findings(tmp_path, RULES[rule].wrong) == {rule}


@pytest.mark.parametrize("rule", RULES)
def test_the_right_example_breaks_none(rule: str, tmp_path: Path) -> None:
    assert findings(tmp_path, RULES[rule].right) == set()
