"""Where content lies on disk and where it stands on the site.

`docs/` is the root of the site; `modules/` and `research/` stand beside it on disk and below the
root on the site. Only pages, `assets/`, `data/*.csv` and `references.bib` are published.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache
from pathlib import Path, PurePosixPath

from .locales import LOCALES, SOURCE, split_locale

_UNIT = re.compile(r"^\d\d-[a-z0-9]+(-[a-z0-9]+)*\.md$")
_PRIVATE = frozenset({"bank.md", "final.md", "trainer.md"})
_IGNORED_NAMES = re.compile(
    r"^(\.|_(?!template$)|README(\.[a-z]{2})?\.md$|Thumbs\.db$|desktop\.ini$|retired-ids\.txt$)"
)


READ_BY_BUILDS = frozenset({".md", ".yml", ".yaml", ".csv", ".bib", ".svg"})
"""Kinds of files that a build reads; the others it copies."""


class Kind(Enum):
    """What a file is, read from its path alone."""

    PAGE = "page"
    MODULE = "module"
    UNIT = "unit"
    PAPER = "paper"
    PRIVATE = "private"
    """A bank, a final or a trainer's page: checked, never published."""
    ASSET = "asset"
    STRAY = "stray"
    """A file in a place where nothing is published from."""


MANY = 100_000
"""Paths whose properties are remembered."""


@dataclass(frozen=True)
class Look:
    """The content files of a project as they were at one moment, so that all readers of a build see the same."""

    stamps: Mapping[PurePosixPath, tuple[int, ...]]
    """What changes when a file is written, for every file in a fixed order."""
    contents: Mapping[PurePosixPath, bytes]
    """The bytes of those that are read by the build."""


@dataclass(frozen=True)
class Layout:
    """The folders and languages of one project. Paths are relative to `root`, with `/`."""

    root: Path
    docs: str = "docs"
    mounts: tuple[str, ...] = ("modules", "research")
    locales: tuple[str, ...] = tuple(LOCALES)
    look: Look | None = field(default=None, repr=False, compare=False)
    """What was seen, if the files are not to be read again."""

    def __reduce__(self) -> tuple[type[Layout], tuple[object, ...]]:
        """What was seen stays in this process."""
        return Layout, (self.root, self.docs, self.mounts, self.locales)

    def take_look(
        self, before: Look | None = None, seen: Mapping[PurePosixPath, tuple[int, ...]] | None = None
    ) -> Look:
        """See every content file; files whose stamp is that of `before` are not read again.

        `seen` is what `iter_stamps` gave a moment ago.
        """
        stamps: dict[PurePosixPath, tuple[int, ...]] = {}
        contents: dict[PurePosixPath, bytes] = {}
        for path, stamp in self.iter_stamps() if seen is None else seen.items():
            stamps[path] = stamp
            if path.suffix not in READ_BY_BUILDS:
                continue
            if before and before.stamps.get(path) == stamp and path in before.contents:
                contents[path] = before.contents[path]
            else:
                try:
                    data = (self.root / path).read_bytes()
                except FileNotFoundError:
                    del stamps[path]
                    continue
                old = before.contents.get(path) if before else None
                contents[path] = old if old == data else data
        return Look(stamps, contents)

    def read(self, path: PurePosixPath) -> bytes:
        """The bytes of a content file, as they were seen or as they are now."""
        seen = self.look.contents.get(path) if self.look else None
        return (self.root / path).read_bytes() if seen is None else seen

    def read_text(self, path: PurePosixPath) -> str:
        """The text of a content file with plain line ends; raises UnicodeDecodeError if it is not UTF-8."""
        return self.read(path).decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")

    def iter_files(self) -> Iterator[PurePosixPath]:
        """Every content file below docs and the mounts, templates included, in a fixed order.

        Names that begin with `.` or `_` are passed over with all that they hold, `_template` excepted.
        """
        if self.look:
            yield from self.look.stamps
        else:
            yield from (path for path, _ in self.iter_stamps())

    def iter_stamps(self) -> Iterator[tuple[PurePosixPath, tuple[int, ...]]]:
        """The same files, as they are now, with what changes when one is written."""
        for top in (self.docs, *self.mounts):
            if (self.root / top).is_dir():
                yield from self._walk(PurePosixPath(top))

    def _walk(self, folder: PurePosixPath) -> Iterator[tuple[PurePosixPath, tuple[int, ...]]]:
        with os.scandir(self.root / folder) as entries:
            found = sorted(
                (entry for entry in entries if not _IGNORED_NAMES.match(entry.name)), key=lambda one: one.name
            )
        for entry in found:
            if entry.is_dir():
                yield from self._walk(_below(folder, entry.name))
            else:
                try:
                    stat = entry.stat()
                except FileNotFoundError:  # it is just being replaced
                    continue
                yield _below(folder, entry.name), (stat.st_mtime_ns, stat.st_size, stat.st_ino, stat.st_ctime_ns)

    def iter_published(self) -> Iterator[PurePosixPath]:
        """The files of the mounts that belong on the site (docs/ is MkDocs's own to read)."""
        for path in self.iter_files():
            if path.parts[0] in self.mounts and self.is_published(path):
                yield path

    def is_published(self, path: PurePosixPath) -> bool:
        """Whether a content file becomes part of the site."""
        return _is_published(path, self.docs)

    def kind(self, path: PurePosixPath) -> Kind:
        """What a content file is; a translation is of the kind of its source."""
        return _kind(path, self.docs)

    def source_of(self, path: PurePosixPath) -> tuple[PurePosixPath, str]:
        """The source file of a page and the page's locale: `a.ur.md` gives `a.md` and `ur`.

        A suffix that looks like a locale counts as one even if the project does not have it.
        """
        return _source_of(path)

    def site_uri(self, path: PurePosixPath) -> PurePosixPath:
        """Where a content file stands in the tree that MkDocs sees."""
        return PurePosixPath(*path.parts[1:]) if path.parts[0] == self.docs else path

    def disk_path(self, uri: PurePosixPath) -> PurePosixPath:
        """The other way: from the tree that MkDocs sees to the file on disk."""
        return uri if uri.parts[0] in self.mounts else PurePosixPath(self.docs) / uri

    def page_url(self, source: PurePosixPath, locale: str = SOURCE) -> str:
        """The address of a page below the site's root, as directory: `ur/modules/coordination/01-doors/`."""
        return _page_url(self.site_uri(source), locale)


# Asked of hundreds of paths at every save; all that they depend on is given.


@lru_cache(maxsize=MANY)
def _page_url(uri: PurePosixPath, locale: str) -> str:
    folder = uri.parent if uri.stem == "index" else uri.with_suffix("")
    parts = ([] if locale == SOURCE else [locale]) + [part for part in folder.parts if part != "."]
    return "".join(f"{part}/" for part in parts)


@lru_cache(maxsize=MANY)
def _is_published(path: PurePosixPath, docs: str) -> bool:
    if any(part.startswith(("_", ".")) for part in path.parts) or path.name.startswith("README"):
        return False
    return _kind(path, docs) not in (Kind.PRIVATE, Kind.STRAY)


@lru_cache(maxsize=MANY)
def _kind(path: PurePosixPath, docs: str) -> Kind:
    name = split_locale(path.name)[0]
    top, depth = path.parts[0], len(path.parts)
    if path.suffix != ".md":
        return _asset_kind(path, docs)
    if top != docs and (name in _PRIVATE or "data" in path.parts[1:-1]):
        return Kind.PRIVATE
    if top == docs or depth == 2:
        return Kind.PAGE
    if top == "modules" and name == "index.md" and depth == 3:
        return Kind.MODULE
    if top == "modules" and _UNIT.match(name):
        return Kind.UNIT
    if top == "research":
        return Kind.PAPER
    return Kind.PAGE


def _asset_kind(path: PurePosixPath, docs: str) -> Kind:
    folders = path.parts[1:-1]
    if path.parts[0] == docs or "assets" in folders or path.name == "references.bib":
        return Kind.ASSET
    if "data" in folders and path.suffix == ".csv":
        return Kind.ASSET
    if "data" in folders or path.suffix in {".yml", ".yaml"}:
        return Kind.PRIVATE  # provenance notes, facts and book definitions: read by the build, not published
    return Kind.STRAY


@lru_cache(maxsize=MANY)
def _below(folder: PurePosixPath, name: str) -> PurePosixPath:
    """The same object at every look: paths that are one object are compared and hashed in no time."""
    return folder / name


@lru_cache(maxsize=MANY)
def _source_of(path: PurePosixPath) -> tuple[PurePosixPath, str]:
    name, suffix = split_locale(path.name)
    return (path.with_name(name), suffix) if suffix else (path, SOURCE)
