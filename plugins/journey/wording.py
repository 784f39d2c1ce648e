"""The words of the interface, `strings/<locale>.yml`: complete in every language, filled in by templates."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path

from .asking import hash_of_files, present, witnessed
from .documents import load_quickly
from .locales import LOCALES

STRINGS = Path(__file__).parent / "strings"


class Wording:
    """All strings, as pages ask for them."""

    def text(self, locale: str, key: str) -> str:
        """A string with its blanks; raises KeyError if it does not exist."""
        return load_wording(locale)[key]

    @cached_property
    def fingerprint(self) -> str:
        """All that a string could come from: one hash of the files."""
        return hash_of_files(STRINGS.glob("*.yml"), STRINGS)


_wording = Wording()
present("wording", _wording)


def forget_wording() -> None:
    """Read the files again when somebody asks next."""
    load_wording.cache_clear()
    present("wording", Wording())


@cache
def load_wording(locale: str) -> Mapping[str, str]:
    """All interface strings of a locale, by key. Raises KeyError for a locale the project does not have."""
    if locale not in LOCALES:
        raise KeyError(locale)
    strings: Mapping[str, str] = load_quickly((STRINGS / f"{locale}.yml").read_text(encoding="utf-8"))
    return strings


def say(locale: str, key: str, **values: object) -> str:
    """One interface string with its `{values}` filled in; raises KeyError if the key does not exist.

    Numbers appear in Latin digits in every language, as the editorial rules ask for running text.
    """
    return witnessed("wording", _wording).text(locale, key).format(**values)
