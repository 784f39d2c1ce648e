"""Files as they go over the wire: compressed once for everybody who weighs, announces or writes them."""

from __future__ import annotations

import gzip
from pathlib import PurePosixPath

from .memory import remembered_in_short

PACKED = (".woff2", ".png", ".jpg", ".jpeg", ".webp", ".pdf", ".epub")
"""Endings of what is packed already."""


@remembered_in_short
def gzipped(path: PurePosixPath, content: bytes) -> bytes:
    """A file of the site, named by its path there, by gzip at its best; the same bytes for the same content."""
    return gzip.compress(content, 9, mtime=0)


def size_on_wire(path: PurePosixPath, content: bytes) -> int:
    """Bytes that a reader's line carries for a file."""
    return len(content) if path.suffix in PACKED else len(gzipped(path, content))
