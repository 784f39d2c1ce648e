"""The folder on disk: a few files, each written whole, each of one ground. Whatever is wrong with one, it is not there.

A file begins with a hash of its ground and its content, so what is damaged, half-written, or of other code is passed
over before anything of it is read. Files are put in place by a rename: builds side by side disturb nobody, and the last
one counts. Every build writes only what it used, so a file is never larger than its site.
"""

from __future__ import annotations

import hashlib
import pickle
import tempfile
import time
from collections.abc import Set
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = ".cache"
"""Folder below the project's root, git-ignored; it may be deleted at any time."""
LIMIT = 300_000_000
"""Bytes of one file above which nothing is kept, whatever a site may do."""
ABANDONED = 3600
"""Seconds after which a file that nobody put in place was left by a build that was killed."""
NEW = ".new"
_HEAD = hashlib.sha256().digest_size


@dataclass(frozen=True)
class Store:
    """The files of one project."""

    folder: Path

    def load(self, part: str, ground: str) -> Any:
        """What was kept on this ground; None if there is nothing that can be trusted."""
        try:
            data = (self.folder / part).read_bytes()
        except OSError:
            return None
        body = memoryview(data)[_HEAD:]
        if data[:_HEAD] != _head(ground, body):
            return None
        try:
            return pickle.loads(body)
        except Exception:  # written whole, but by something else
            return None

    def save(self, part: str, ground: str, value: Any) -> bool:
        """Keep a value in place of the last one; whether it could be. A full or locked disk harms no build."""
        body = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
        try:
            self.folder.mkdir(exist_ok=True)
            self._tidy()
            if len(body) > LIMIT:
                _delete(self.folder / part)
                return False
            with tempfile.NamedTemporaryFile(dir=self.folder, prefix=f"{part}-", suffix=NEW, delete=False) as file:
                new = Path(file.name)
                try:
                    file.write(_head(ground, memoryview(body)))
                    file.write(body)
                    file.close()
                    new.replace(self.folder / part)
                except BaseException:
                    new.unlink(missing_ok=True)
                    raise
        except OSError:
            return False
        return True

    def keep_only(self, parts: Set[str]) -> None:
        """Delete the files of other parts."""
        for path in self.folder.glob("*"):
            if path.name not in parts and path.suffix != NEW:
                _delete(path)

    def _tidy(self) -> None:
        for path in self.folder.glob(f"*{NEW}"):
            with suppress(FileNotFoundError):  # another build has put it in place
                if time.time() - path.stat().st_mtime > ABANDONED:
                    _delete(path)


def _delete(path: Path) -> None:
    with suppress(OSError):
        path.unlink()


def _head(ground: str, body: memoryview) -> bytes:
    digest = hashlib.sha256(ground.encode())
    digest.update(body)
    return digest.digest()
