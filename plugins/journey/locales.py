"""The languages of the project: what each is called, which way it runs, how files name it.

A page in another language than the source stands beside it with the locale as a suffix:
`registration.md` is English, `registration.ur.md` is its Urdu translation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Locale:
    """One language of the site."""

    code: str
    """BCP 47 language subtag, also the file suffix and the first segment of the address."""
    name: str
    """What its own readers call it."""
    english_name: str
    direction: Literal["ltr", "rtl"]
    region: str
    """BCP 47 region, for metadata that wants one (Open Graph `ur_PK`)."""

    @property
    def open_graph(self) -> str:
        """The value of `og:locale`, `language_TERRITORY` (ogp.me)."""
        return f"{self.code}_{self.region}"


LOCALES: dict[str, Locale] = {
    locale.code: locale
    for locale in (
        Locale("en", "English", "English", "ltr", "GB"),
        Locale("ur", "اردو", "Urdu", "rtl", "PK"),
        Locale("km", "ខ្មែរ", "Khmer", "ltr", "KH"),
        Locale("fr", "Français", "French", "ltr", "FR"),
        Locale("es", "Español", "Spanish", "ltr", "ES"),
        Locale("zh", "中文", "Chinese", "ltr", "CN"),
    )
}

SOURCE = "en"
"""The language that every page is written in first."""

# What mkdocs-static-i18n takes for a locale in a file name (its config.RE_LOCALE). A file whose
# suffix looks like one but is not built is dropped from the site without a word, so we look for it.
_LOOKS_LIKE_LOCALE = re.compile(r"^[a-z]{2}(-[A-Za-z]{4})?(-[A-Z]{2})?$|^[a-z]{2}_[A-Z]{2}$")


def split_locale(file_name: str) -> tuple[str, str | None]:
    """Split a file name into the name of its source and the suffix that looks like a locale.

    >>> split_locale("registration.ur.md")
    ('registration.md', 'ur')
    >>> split_locale("registration.md")
    ('registration.md', None)

    The suffix is returned whether or not the project has that language: `guide.ok.md` gives
    `('guide.md', 'ok')`, and it is for the caller to say that nobody reads "ok".
    """
    stem, dot, extension = file_name.rpartition(".")
    base, middle_dot, suffix = stem.rpartition(".")
    if dot and middle_dot and base and _LOOKS_LIKE_LOCALE.match(suffix):
        return f"{base}.{extension}", suffix
    return file_name, None


FONTS = {"nastaliq": "ur", "khmer": "km"}
"""Fonts of the site, by a word in their file's name, that only one language needs."""
