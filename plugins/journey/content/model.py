"""One content file as the checks see it: read once, every value with its line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

from ..diagnostics import Diagnostic
from ..frontmatter import FrontMatter, allowed_keys
from ..layout import Kind, Layout
from ..locales import SOURCE
from ..markup import BLOCKS_WITH_ID, Block


@dataclass(frozen=True)
class Heading:
    """A heading in the text; `anchor` is the id written behind it, if any."""

    level: int
    text: str
    anchor: str | None
    line: int


@dataclass(frozen=True)
class Link:
    """A link or picture in the text. `raw_html` marks one that is written as an HTML tag."""

    target: str
    text: str
    line: int
    is_image: bool = False
    raw_html: bool = False


@dataclass(frozen=True)
class ContentPage:
    """A Markdown file with what the checks and the catalogue need to know of it."""

    path: PurePosixPath
    kind: Kind
    locale: str
    source: PurePosixPath
    front_matter: FrontMatter = field(default_factory=FrontMatter)
    headings: tuple[Heading, ...] = ()
    links: tuple[Link, ...] = ()
    blocks: tuple[Block, ...] = ()
    stray_fences: tuple[int, ...] = ()
    """Lines with a closing `///` that closes nothing."""
    anchors: Mapping[str, int] = field(default_factory=dict)
    """Explicit ids on the page, each with the line where it first stands."""
    repeated_anchors: tuple[tuple[str, int], ...] = ()
    words: int = 0
    notes_without_text: tuple[tuple[str, int], ...] = ()
    """Marks of notes, `[^name]`, that no `[^name]: text` of the page belongs to, each with its line."""
    acting: tuple[tuple[str, int], ...] = ()
    """HTML that would do something in a reader's browser, or that stands where words belong, each with its line."""
    problems: tuple[Diagnostic, ...] = ()
    """What went wrong while reading; a file that can not be decoded has nothing else."""
    fingerprint: str = field(default="", compare=False)
    """A hash of all that the page was read from."""

    @property
    def is_translation(self) -> bool:
        return self.locale != SOURCE

    @property
    def is_readable(self) -> bool:
        """Whether front matter and text could be read at all; if not, other checks keep silent."""
        return not self.problems


@dataclass(frozen=True)
class Project:
    """All content of a project at one moment."""

    layout: Layout
    pages: Mapping[PurePosixPath, ContentPage]
    files: frozenset[PurePosixPath]
    """Every content file, pages included."""

    def iter_sources(self) -> Iterator[ContentPage]:
        """The pages in the source language."""
        return (page for page in self.pages.values() if not page.is_translation)

    def iter_translations(self) -> Iterator[tuple[ContentPage, ContentPage]]:
        """Each translation with its source; orphans are left out."""
        for page in self.pages.values():
            if page.is_translation and page.source in self.pages:
                yield page, self.pages[page.source]

    @cached_property
    def folders(self) -> frozenset[PurePosixPath]:
        """Every folder that holds a content file."""
        return frozenset(parent for file in self.files for parent in file.parents)

    def facts_for(self, path: PurePosixPath) -> Mapping[str, Any]:
        """What a translation takes over from its source: all front matter but the words and the review.

        Nothing for a source page, whose front matter is its own.
        """
        page = self.pages.get(path)
        source = self.pages.get(page.source) if page and page.is_translation else None
        own = set(allowed_keys("translation"))
        return {key: value for key, value in source.front_matter.values.items() if key not in own} if source else {}

    def in_locale(self, source: PurePosixPath, locale: str) -> ContentPage | None:
        """The page that a reader of `locale` sees for a source: its translation, or the source."""
        translated = source.with_name(f"{source.stem}.{locale}{source.suffix}")
        return self.pages.get(translated) or self.pages.get(source)


def ids_of(page: ContentPage) -> Iterable[tuple[str, int]]:
    """The project-wide ids that a source page defines: its own and those of its case and tool blocks."""
    own = page.front_matter.values.get("id")
    if isinstance(own, str):
        yield own, page.front_matter.line_of(("id",))
    for block in page.blocks:
        if block.argument and block.name in BLOCKS_WITH_ID:
            yield block.argument, block.line
