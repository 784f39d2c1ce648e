"""What parsers remember: the last result for every file, as long as its bytes and all else that they were given are the same.

An unchanged file gives the same object again, so whoever compares models sees at once that nothing changed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import PurePosixPath
from typing import Any, ParamSpec, TypeVar

Given = ParamSpec("Given")
Result = TypeVar("Result")

_all: list[dict[Any, Any]] = []


def remembered(parse: Callable[Given, Result]) -> Callable[Given, Result]:
    """A pure function of a file, named by its path among the arguments, that remembers the last result by path."""
    results: dict[tuple[PurePosixPath, ...], tuple[tuple[Any, ...], Result]] = {}
    _all.append(results)

    @wraps(parse)
    def call(*given: Given.args, **named: Given.kwargs) -> Result:
        everything = (*given, *named.items())
        key = tuple(one for one in given if isinstance(one, PurePosixPath))
        last = results.get(key)
        if last is not None and last[0] == everything:
            return last[1]
        result = parse(*given, **named)
        results[key] = everything, result
        return result

    return call


def forget() -> None:
    """Forget everything that was parsed."""
    for results in _all:
        results.clear()
