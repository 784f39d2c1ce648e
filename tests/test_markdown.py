"""What Markdown becomes: one case a file, `name.<locale>.md` beside the HTML that it gives.

`pytest --bless` writes the HTML again; review the difference like prose.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path, PurePosixPath

import markdown
import pytest

from journey.layout import Layout
from journey.quizzes.bank import build_bank
from journey.quizzes.parse import parse_quizzes

CASES = Path(__file__).parent / "cases" / "markdown"
EXTENSIONS = [
    "admonition",
    "attr_list",
    "footnotes",
    "sane_lists",
    "tables",
    "toc",
    "pymdownx.details",
    "journey.content.markdown",
]


@pytest.mark.parametrize("case", sorted(CASES.glob("*.md")), ids=lambda case: case.name)
def test_markdown(case: Path, golden: Callable[[Path, str], None]) -> None:
    options = {"locale": case.suffixes[0][1:], "src_uri": "modules/water/index.md", "layout": Layout(Path("project"))}
    html = markdown.markdown(
        case.read_text(encoding="utf-8"),
        extensions=EXTENSIONS,
        extension_configs={"journey.content.markdown": options},
    )
    golden(case.with_suffix(".html"), html + "\n")


QUIZZES = Path(__file__).parent / "cases" / "quizzes"


@pytest.mark.parametrize("file", sorted(QUIZZES.glob("*.md")), ids=lambda case: case.name)
def test_quizzes(file: Path, golden: Callable[[Path, str], None]) -> None:
    """`name.md` is the source, `name.ur.md` its words in Urdu; both become HTML."""
    locale = file.suffixes[0][1:] if len(file.suffixes) > 1 else "en"
    case = file.with_name(file.name.split(".")[0] + ".md")
    pages = [parse_quizzes(PurePosixPath(case.name), "en", case.read_text(encoding="utf-8"))]
    text = file.read_text(encoding="utf-8")
    pages.append(parse_quizzes(PurePosixPath(file.name), locale, text))
    assert not [problem for page in pages for problem in page.problems]
    html = markdown.markdown(
        text,
        extensions=[*EXTENSIONS, "journey.quizzes.markdown"],
        extension_configs={"journey.quizzes.markdown": {"locale": locale, "bank": build_bank(pages)}},
    )
    golden(file.with_suffix(".html"), html + "\n")
