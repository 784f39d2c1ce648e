"""What is only found when a book is made: every rule fires on its wrong example, and on nothing of the right one."""

from __future__ import annotations

from pathlib import Path

import pytest

from journey.books.bindery import iter_books
from journey.books.leaks import build_gate
from journey.books.markdown import BookMarkdown
from journey.books.parse import read_books
from journey.books.press import Press
from journey.books.publish import check_keys, check_leaks, collect
from journey.books.rules import PRESS_RULES
from journey.diagnostics import Example
from journey.layout import Layout
from journey.quizzes.bank import read_bank
from unit.test_book_walk import EXTENSIONS, OPTIONS


class Renderer(BookMarkdown):
    def drawing(self, *_: object) -> None:
        return None


def findings(root: Path, example: Example) -> list[str]:
    for path, content in example.files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        assert isinstance(content, str)
        target.write_text(content, encoding="utf-8")
    layout = Layout(root)
    press = Press(layout, Renderer(EXTENSIONS, OPTIONS, read_bank(layout)), "https://books.example.org/")
    publication = collect(iter_books(read_books(layout), press), lambda _: None)
    found = publication.findings + check_keys(publication) + check_leaks(publication, build_gate(layout), None)
    for finding in found:
        lines = (root / finding.path).read_text(encoding="utf-8").split("\n")
        assert 1 <= finding.line <= len(lines)
    return sorted({finding.rule for finding in found})


@pytest.mark.parametrize("rule", PRESS_RULES)
def test_the_wrong_example_breaks_its_own_rule_only(rule: str, tmp_path: Path) -> None:
    assert findings(tmp_path, PRESS_RULES[rule].wrong) == [rule]


@pytest.mark.parametrize("rule", PRESS_RULES)
def test_the_right_example_breaks_none(rule: str, tmp_path: Path) -> None:
    assert findings(tmp_path, PRESS_RULES[rule].right) == []
