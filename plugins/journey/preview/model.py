"""A site in its languages as a preview keeps it: pages with what they were made from, and what is known of all of them.

The generator's own objects are seen from afar: whoever makes them gives them to us, and we hand them back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from ..asking import Notebook, open_notebook, witnessed
from .memo import Rendered


class Links:
    """A site's files as one page links to them: what is asked is written down as the address that came out."""

    def __init__(self, files: Any, file: Any, relative: Callable[[str, str], str]) -> None:
        """`relative` gives the way to an address from another."""
        self._files, self._file, self._relative = files, file, relative

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(witnessed("files", self._files), name)

    def get_file_from_path(self, path: str) -> Any:
        """The file that a link means."""
        notebook, target = open_notebook(), self._files.get_file_from_path(path)
        if notebook is not None:
            notebook.note("links", "address", (path,), self._address(target))
        return target

    def file_at(self, uri: str) -> Any:
        """The file that stands at a place of the generator's tree, or None."""
        return self._files.src_uris.get(uri)

    def address(self, path: str) -> tuple[object, ...]:
        """What a link to a file becomes on this page."""
        return self._address(self._files.get_file_from_path(path))

    def _address(self, target: Any) -> tuple[object, ...]:
        if target is None:
            return "missing", self._file.url
        return target.src_uri, self._relative(target.url, self._file.url), target.inclusion


@dataclass
class Shown:
    """A page as it is sent, with what it was made from."""

    html: str
    stamp: tuple[object, ...]
    notebook: Notebook


@dataclass(eq=False)
class SitePage:
    """One page in one language."""

    language: Language
    file: Any
    source: PurePosixPath
    """The source file on disk, relative to the project."""
    path: PurePosixPath
    """The file on disk that is shown: a translation, or the source."""
    links: Links
    data: bytes | None = None
    """The bytes that the title and the front matter were read from."""
    rendered: Rendered | None = None
    rendered_from: bytes | None = None
    shown: Shown | None = None
    found: tuple[object, Any] | None = None
    """What the search knows of it, and what that was made from."""

    @property
    def page(self) -> Any:
        return self.file.page

    @property
    def dest(self) -> Path:
        return Path(self.file.abs_dest_path)


@dataclass(eq=False)
class Language:
    """The site in one language."""

    code: str
    settings: Mapping[str, Any]
    theme: Mapping[str, Any]
    files: Any
    nav: Any
    env: Any
    pages: list[SitePage] = field(default_factory=list)
    heads: Sequence[tuple[str, str, Mapping[str, Any]]] = field(default_factory=list)
    """Place, title and front matter of every page: what a template may show of other pages."""
    awaits: bool = False
    """Whether titles, front matter and views have to be read again before a page is shown."""
    unread: set[PurePosixPath] = field(default_factory=set)
    """Sources whose titles and front matter have to be read again."""
    version: int = 0
    """Counts the changes of `heads` and of plain values that templates see."""
    plain: Mapping[str, object] = field(default_factory=dict)
    views: tuple[str, ...] = ()
    """Names of the objects that templates ask."""
