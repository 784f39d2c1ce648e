"""The examples in docstrings are true."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import journey


def test_examples_in_docstrings() -> None:
    tried = 0
    for module in pkgutil.walk_packages(journey.__path__, "journey."):
        results = doctest.testmod(importlib.import_module(module.name))
        assert not results.failed, module.name
        tried += results.attempted
    assert tried > 3
