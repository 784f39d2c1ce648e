"""What a reader can find."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """The text below a heading, up to the next."""

    anchor: str
    """Its address on the page, empty for what stands before the first heading."""
    heading: str
    text: str


@dataclass(frozen=True)
class SearchPage:
    """A page in one language, with what it is part of."""

    url: str
    """From the root of the site."""
    title: str
    place: str
    """Title of the module or section that it belongs to; empty at the top."""
    group: str
    """Pages of one group come in one file: `modules/coordination`."""
    description: str
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class SearchTerm:
    """A concept of the glossary; every form finds it."""

    url: str
    term: str
    forms: tuple[str, ...]
    definition: str
