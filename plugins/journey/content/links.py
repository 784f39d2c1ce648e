"""Links between files: written as on disk, so that they work in an editor and on a code-hosting page too.

From `modules/coordination/index.md` the page about the project is `../../docs/about.md`; on the site
there is no `docs/`, so the link is rewritten on the way.
"""

from __future__ import annotations

import posixpath
from pathlib import PurePosixPath
from urllib.parse import quote, unquote, urlsplit

from ..layout import Layout


def is_local(target: str) -> bool:
    """Whether a link target names a file of the project, or a place on the page itself."""
    parts = urlsplit(target)
    return not parts.scheme and not parts.netloc and not target.startswith("/")


def split_target(target: str) -> tuple[str, str]:
    """The path and the anchor of a local target, percent-decoded: `a%20b.md#x` gives `("a b.md", "x")`."""
    parts = urlsplit(target)
    return unquote(parts.path), unquote(parts.fragment)


def resolve(page: PurePosixPath, target_path: str) -> PurePosixPath:
    """The file that a relative path means when it is written on a page; `..` may lead out of the project."""
    return PurePosixPath(posixpath.normpath(posixpath.join(page.parent, target_path)))


def to_site(layout: Layout, page_uri: str, target: str) -> str:
    """Turn a link as written on disk into the link that MkDocs resolves in its own tree.

    `page_uri` is the page's place in that tree. External links, anchors on the page and targets
    outside the content folders come back unchanged.
    """
    path, _ = split_target(target)
    if not path or not is_local(target):
        return target
    page = PurePosixPath(page_uri)
    file = resolve(layout.disk_path(page), path)
    if file.parts[0] not in (layout.docs, *layout.mounts):
        return target
    relative = posixpath.relpath(layout.site_uri(file), page.parent)
    parts = urlsplit(target)
    return parts._replace(path=quote(relative)).geturl()
