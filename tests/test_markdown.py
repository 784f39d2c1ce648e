"""What Markdown becomes: one case a file, `name.<locale>.md` beside the HTML that it gives.

`pytest --bless` writes the HTML again; review the difference like prose.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import markdown
import pytest

from journey.layout import Layout

CASES = Path(__file__).parent / "cases" / "markdown"
EXTENSIONS = [
    "admonition",
    "attr_list",
    "footnotes",
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
