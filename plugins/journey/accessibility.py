"""The accessibility statement: what is tested, when, and what is known to be missing, from the list that the tests run.

`docs/_accessibility.yml` names pages, states, widths and gaps. The tests open exactly these pages, so the statement can
not promise more than was tried. Its form follows the model of the W3C (*Developing an Accessibility Statement*).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

RECORD = "_accessibility.yml"
PAGE = "accessibility.md"


def read_record(docs: Path) -> Mapping[str, Any] | None:
    """The list in the folder `docs`, or None if the project keeps none."""
    path = docs / RECORD
    return yaml.safe_load(path.read_text(encoding="utf-8")) if path.is_file() else None


def render_statement(record: Mapping[str, Any]) -> str:
    """`docs/accessibility.md`."""
    addresses = [address for places in record["pages"].values() for address in places]
    parts = [
        "---",
        "title: Accessibility",
        "description: What this site does so that everybody can read and use it, what was tested and when, and what is missing.",
        "---",
        "",
        f"<!-- Made by `make handbook` from docs/{RECORD}, which the tests run; change that file, not this page. -->",
        "",
        "This page says how far the site can be used by people who see, hear, move or read differently. It is for readers,",
        "and for organisers who must know before they choose a course.",
        "",
        "## What we aim for {#aim}",
        "",
        "Every page should meet the *Web Content Accessibility Guidelines* (WCAG) 2.2 at level AA, in every language, on a",
        "phone and on a wide screen. Everything that matters works without script, by keyboard and in print.",
        "",
        "## What was tested {#tested}",
        "",
        f"On {record['checked_on']} the tests of the site found nothing wrong. They open {len(addresses)} pages with",
        f"{record['browser']} and judge each with {record['engine']}: on a phone in light colours, on a wide screen in dark",
        "colours, and with the colours that a reader forces on all sites. No page may be wider than a screen of "
        f"{', '.join(map(str, record['widths'][:-1]))} or {record['widths'][-1]} pixels.",
        "",
        "| Kind of page | Pages opened |",
        "| --- | --- |",
        *(
            f"| {kind} | {', '.join(f'`/{address}`' for address in places)} |"
            for kind, places in record["pages"].items()
        ),
        "",
        "Some pages are judged again after something was done with them:",
        "",
        *(f"- {state}" for state in record["states"]),
        "",
        "Other tests go through menus, quizzes and search by keyboard alone, double the size of the text, and switch script",
        "off. A machine finds only a part of what can be wrong.",
        "",
        "## What we know is missing {#gaps}",
        "",
        *(f"- {gap}" for gap in record["gaps"]),
        "",
        "## If something does not work for you {#contact}",
        "",
        "Tell us which page it was, what you wanted to do and what you use to read. Where the site has such a link, "
        '"Report a mistake on this page" at the end of each page opens a letter that names the page.',
        "",
    ]
    return "\n".join(parts)
