"""Puts a finished site in place of the old one, so that readers never meet a half-written one."""

from __future__ import annotations

import shutil
from pathlib import Path


def swap_in(new: Path, target: Path) -> None:
    """Make the folder `new` the folder `target`; both lie on one file system.

    Two renames, so at any moment one complete site exists. If the second fails, the old one is put
    back and the error raised.
    """
    last = target.with_name(f".{target.name}-last")
    shutil.rmtree(last, ignore_errors=True)
    if target.exists():
        target.rename(last)
    try:
        new.rename(target)
    except OSError:
        if last.exists():
            last.rename(target)
        raise
    shutil.rmtree(last, ignore_errors=True)
