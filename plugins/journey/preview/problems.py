"""What went wrong, as an editor can use it: file, line, what it is and the way out. Never a traceback."""

from __future__ import annotations

import errno
import re
import traceback
from dataclasses import dataclass
from pathlib import Path

_LINE = re.compile(r"line (\d+)")


@dataclass(frozen=True)
class Problem:
    """One problem; `line` counts from 1 and is 0 where nobody knows it."""

    file: str
    line: int
    what: str
    hint: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.what}" + (f"\n    {self.hint}" if self.hint else "")


def explain(error: BaseException, root: Path, page: str = "") -> Problem:
    """A problem from an error: the innermost file of the project that it passed through, and what it says.

    `root` is the project's folder, `page` the page that was being made.
    """
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        hint = "Make room on the disk; the preview tries again at the next save and every few seconds."
        return Problem(str(error.filename or "the temporary folder"), 0, "the disk is full", hint)
    said = str(error).strip().split("\n")[0] or type(error).__name__
    file, line = getattr(error, "filename", None), getattr(error, "lineno", None)
    if isinstance(file, str) and isinstance(line, int):  # what Jinja says of a template's syntax
        return Problem(_short(file, root), line, said, _TEMPLATE)
    mark = getattr(error, "problem_mark", None)
    if mark is not None:  # what YAML says
        return Problem(_short(str(mark.name), root), mark.line + 1, str(getattr(error, "problem", said)), _SETTINGS)
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        path = Path(frame.filename)
        if path.is_relative_to(root) and path.suffix in (".html", ".xml"):
            return Problem(_short(frame.filename, root), frame.lineno or 0, said, _TEMPLATE)
    if error.__cause__ is not None:
        return explain(error.__cause__, root, page)
    found = _LINE.search(str(error))
    name = page or "mkdocs.yml"
    return Problem(name, int(found[1]) if found else 0, f"{type(error).__name__}: {said}", "" if page else _SETTINGS)


_TEMPLATE = "Templates lie in overrides/; the pages stay as they were until this one is right again."
_SETTINGS = "Correct it and save; the pages stay as they were until then."


def _short(file: str, root: Path) -> str:
    path = Path(file)
    return path.relative_to(root).as_posix() if path.is_absolute() and path.is_relative_to(root) else file
