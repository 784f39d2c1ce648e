"""A drawing, its words, and the words of its translations."""

from __future__ import annotations

import xml.etree.ElementTree as etree
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from ..diagnostics import Diagnostic


@dataclass(frozen=True)
class Figure:
    """A drawing as it lies in an `assets/` folder. Lengths are user units of its viewBox."""

    path: PurePosixPath
    width: float
    height: float
    data: bytes = field(repr=False)
    """The file, which says whether two drawings are the same; of trees nobody can tell."""
    root: etree.Element = field(repr=False, compare=False)
    """The tree without namespaces and style; whoever renders it works on a copy."""
    words: tuple[str, ...]
    """The texts in order, each once; `|` is a line break."""

    @property
    def words_folder(self) -> PurePosixPath:
        """The folder whose `figures.<locale>.yml` hold the translated words: the one around `assets/`."""
        return self.path.parent.parent


@dataclass(frozen=True)
class FigureWords:
    """The words of all drawings of one folder in one language: file name, English, translation."""

    path: PurePosixPath
    locale: str
    words: Mapping[str, Mapping[str, str]]
    lines: Mapping[tuple[str | int, ...], int]


@dataclass(frozen=True)
class Showing:
    """A picture on a page."""

    path: PurePosixPath
    locale: str
    line: int
    figure: PurePosixPath


@dataclass(frozen=True)
class FigureBook:
    """All drawings of a project, their translated words by folder and locale, and where they are shown."""

    figures: Mapping[PurePosixPath, Figure]
    words: Mapping[tuple[PurePosixPath, str], FigureWords]
    problems: Sequence[Diagnostic] = ()
    showings: Sequence[Showing] = ()

    def words_of(self, figure: Figure, locale: str) -> Mapping[str, str]:
        """The translated words of a drawing; empty where nobody has translated them."""
        found = self.words.get((figure.words_folder, locale))
        return found.words.get(figure.path.name, {}) if found else {}
