"""Names of countries in the reader's language, from ICU (Unicode CLDR)."""

from __future__ import annotations

import re

import icu

WORLD = "world"
_CODE = re.compile(r"[A-Z]{2}")


def place_name(place: str, locale: str) -> str:
    """The name of a country (`PK`) or of the `world`; what is neither, a region's name, comes back as it is."""
    code = "001" if place == WORLD else place
    if place != WORLD and not _CODE.fullmatch(place):
        return place
    name = str(icu.Locale(f"und_{code}").getDisplayCountry(icu.Locale(locale)))
    return name[:1].upper() + name[1:]
