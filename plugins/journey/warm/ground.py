"""What everything stands on, as one hash: our code, the packages, the settings. Another hash, and nothing is used."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from .. import wording
from ..asking import hash_of_files

PACKAGE = Path(__file__).parents[1]


def ground_of(*values: object) -> str:
    """One hash of values that can be written as JSON, in their order; raises TypeError for any other."""
    return hashlib.sha256(json.dumps(values).encode()).hexdigest()


@cache
def hash_of_code() -> str:
    """Our code with its data, the interpreter, and every installed package with its version."""
    own = (path for path in PACKAGE.rglob("*") if path.is_file() and path.suffix != ".pyc")
    return ground_of(hash_of_files(own, PACKAGE), sys.version, sorted(_packages()))


def hash_of_words() -> str:
    """The words of the interface."""
    return wording.Wording().fingerprint


def _packages() -> Iterable[str]:
    """Names and versions of installed packages, as their folders say them."""
    for folder in sys.path:
        if Path(folder).is_dir():
            yield from (path.name for path in Path(folder).glob("*.dist-info"))
