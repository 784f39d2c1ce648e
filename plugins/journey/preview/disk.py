"""What lies on the disk now: every file with what changes when it is written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from stat import S_ISDIR, S_ISREG


def iter_stamps(root: Path) -> Iterator[tuple[Path, tuple[int, ...]]]:
    """Every file at or below a place, with what changes when it is written."""
    try:
        stat = root.stat()
        if S_ISDIR(stat.st_mode):
            with os.scandir(root) as entries:
                names = sorted(entry.name for entry in entries)
            for name in names:
                yield from iter_stamps(below(root, name))
        elif S_ISREG(stat.st_mode):
            yield root, (stat.st_mtime_ns, stat.st_size, stat.st_ino, stat.st_ctime_ns)
    except FileNotFoundError:  # it is just being replaced
        return


@lru_cache(maxsize=10_000)
def below(root: Path, name: str) -> Path:
    """The same object at every look."""
    return root / name
