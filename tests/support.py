"""What tests import: folders, and the commands as a user runs them."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
SITES = Path(__file__).parent / "sites"


@dataclass(frozen=True)
class Run:
    """What a command said and how it ended."""

    code: int
    out: str
    err: str


def journey(*arguments: str, cwd: Path = ROOT) -> Run:
    """Run the command `journey` as a user does."""
    done = subprocess.run(
        [sys.executable, "-c", "from journey.cli import main; main()", *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    return Run(done.returncode, done.stdout, done.stderr)


def mkdocs(*arguments: str, cwd: Path) -> Run:
    """Run `mkdocs` as a user does."""
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", *arguments], cwd=cwd, capture_output=True, text=True, encoding="utf-8"
    )
    return Run(done.returncode, done.stdout, done.stderr)
