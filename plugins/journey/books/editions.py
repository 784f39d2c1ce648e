"""Released editions: a ledger that is committed and published, and what has changed since each of them.

`docs/downloads/editions.json`: a list of editions in the order of their release, each with book, locale, edition
(the stamp on the imprint) and its sections: label, title, fingerprint.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from .compose import Edition, Section

LEDGER = "downloads/editions.json"
"""Below the folder of pages; published as it is."""


@dataclass(frozen=True)
class Released:
    """An edition that was printed and handed out."""

    book: str
    locale: str
    edition: str
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Change:
    """A section that is not as it was printed; `is_gone` if the book has it no longer."""

    label: str
    title: str
    is_gone: bool


class LedgerError(Exception):
    """The ledger can not be read; the text says why."""


def read_ledger(path: Path) -> list[Released]:
    """All releases, oldest first; none if there is no ledger yet. Raises LedgerError."""
    if not path.is_file():
        return []
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
        return [
            Released(
                one["book"], one["locale"], one["edition"], tuple(Section(**section) for section in one["sections"])
            )
            for one in entries
        ]
    except (ValueError, KeyError, TypeError) as error:
        raise LedgerError(f"{path.name} can not be read ({error}); take it from the last commit") from None


def release(ledger: Sequence[Released], editions: Sequence[Edition]) -> list[Released]:
    """The ledger with those editions added that it does not have yet; what is in it never changes."""
    known = {(one.book, one.locale, one.edition) for one in ledger}
    added = [
        Released(one.book.id, one.locale, one.stamp, tuple(one.sections))
        for one in editions
        if (one.book.id, one.locale, one.stamp) not in known
    ]
    return [*ledger, *added]


def write_ledger(path: Path, ledger: Sequence[Released]) -> None:
    """Write the ledger, one section a line, so that a difference can be read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps([asdict(one) for one in ledger], ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def changes_since(released: Released, now: Edition) -> list[Change]:
    """The sections of a printed edition that are no longer as they were, and those that are new, in the book's order."""
    printed = {section.label: section for section in released.sections}
    current = {section.label: section for section in now.sections}
    changed = [
        Change(label, section.title, is_gone=False)
        for label, section in current.items()
        if label not in printed or printed[label].fingerprint != section.fingerprint
    ]
    return changed + [
        Change(label, section.title, is_gone=True) for label, section in printed.items() if label not in current
    ]


def latest(editions: Sequence[Edition]) -> Mapping[tuple[str, str], Edition]:
    """The editions of today by book and locale."""
    return {(one.book.id, one.locale): one for one in editions}
