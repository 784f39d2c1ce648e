"""Amounts in a paper without source or year."""

from __future__ import annotations

import pytest

from journey.papers.figures import find_loose_figures


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("In 2019 the list held 1,200 families.[^1]", []),
        ("In 2019 the list held 1,200 families.", [(1, "1,200", "source")]),
        ("The list held 1,200 families [@a, p. 2].", [(1, "1,200", "year")]),
        ("The list held [1,200 families](fact:x).", []),
        ("The list held 12 families in three villages.", []),
        ("4.1 billion people [@a]", [(1, "4.1 billion", "year")]),
        ("## Figures of 2019\n\nOne in five, 20%.[^1]", []),
        ("In 2019, see the notes.[^1]\n\n| Who | Share |\n| --- | --- |\n| Women | 20% |", []),
        ("Look at the last row.\n\n| Who | Share |\n| --- | --- |\n| Women | 20% |", [(5, "20%", "source")]),
        ("| Who | 2019[^1] |\n| --- | --- |\n| Women | 20% |", []),
        ("- In 2019 20%.[^1]\n- In 2020 30%.", [(2, "30%", "source")]),
        ("## A\n\nAll numbers are invented.\n\n20% of 1,200.\n\n## B\n\n30%", [(9, "30%", "source")]),
        ("/// key-messages\n\n- 20%\n\n///\n\n30%", [(7, "30%", "source")]),
        ("/// quiz | q\n    kind: self-check\n\n/// question | a\n20%\n///\n///\n\n30%", [(9, "30%", "source")]),
        ("/// case | c\n\n20%\n\n///", [(3, "20%", "source")]),
        ("Law 27,802 of 2026 and Act No. 1,234 say so.", []),
        ("In 2019 [1,200](fact:x) of 7,300 families.", []),
        ("```\n20%\n```\n\n[^1]: A note with 20%.", []),
        ("See [20%](https://example.org/1,200) in 2019.[^1]", []),
    ],
)
def test_what_an_amount_lacks(text: str, found: list[tuple[int, str, str]]) -> None:
    assert [(one.line, one.amount, one.lacks) for one in find_loose_figures(text)] == found
