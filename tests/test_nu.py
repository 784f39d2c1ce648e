"""Pages before the judge: the Nu HTML checker of the W3C, from the package `vnu-jar`. Neither errors nor warnings.

Not every page is judged, but enough of them that everything is that stands on any page: each element with each of its
attributes and classes, from left to right and from right to left. A new kind of page or block joins by itself.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from journey.locales import LOCALES
from support import ROOT

JAR = ROOT / "tests" / "node-html" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
FAST_START = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xss4m")
pytestmark = [
    pytest.mark.skipif(not shutil.which("java"), reason="the checker needs Java; `make test` installs it on Debian"),
    pytest.mark.skipif(
        not JAR.is_file(),
        reason="tests/node-html/node_modules is missing: cd tests/node-html && npm ci --ignore-scripts",
    ),
]

ACCEPTED = {
    # The checker reads files, which have no 'self'. In tests/browser any page that breaks its policy fails.
    r"Resource violates Content Security Policy": "",
    # Words for scripts and data for search engines; a policy is about what runs.
    r"Inline script violates Content Security Policy": r'<script type="application/(ld\+)?json"',
    # Safari takes a list without bullets for no list unless it is told.
    r"The “list” role is unnecessary for element “ul”": "",
}
"""Warnings that we know better, by how they begin, with what the code that they are about must hold."""

_TAG = re.compile(r"<([a-z][a-z0-9-]*)((?:\s+[^\s=>/\"']+(?:=\"[^\"]*\")?)*)\s*/?>")
_ATTRIBUTE = re.compile(r"\s([^\s=>/\"']+)(?:=\"([^\"]*)\")?")


def traits(text: str) -> set[tuple[str, ...]]:
    """What the checker may like or not: direction with element, attribute and class; and each language of a page."""
    head = text[:300]
    direction = "rtl" if 'dir="rtl"' in head else "ltr"
    found: set[tuple[str, ...]] = {("language", *re.findall(r'<html lang="(\w+)"', head))}
    for tag, attributes in set(_TAG.findall(text)):
        found.add((direction, tag))
        for name, value in _ATTRIBUTE.findall(attributes):
            found.add((direction, tag, name))
            if name == "class":
                found.update((direction, tag, name, re.sub(r"\d+", "0", one)) for one in value.split())
    return found


def enough_pages(site: Path) -> list[Path]:
    """Pages that together hold all traits of all pages: always the one that adds most, the shortest address of equals."""
    paths = sorted(site.rglob("*.html"), key=lambda path: (len(path.parts), len(str(path)), str(path)))
    pages = {path: traits(path.read_text(encoding="utf-8")) for path in paths}
    left: set[tuple[str, ...]] = set().union(*pages.values())
    chosen = []
    while left:
        chosen.append(max(pages, key=lambda path: len(pages[path] & left)))
        left -= pages[chosen[-1]]
    return chosen


def judge(paths: list[Path]) -> list[str]:
    """What the checker objects to in all files at once: place, kind, words, code."""
    done = subprocess.run(
        ["java", *FAST_START, "-jar", str(JAR), "--format", "json", "--exit-zero-always", *map(str, paths)],
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.stderr.startswith("{"), done.stderr
    objections = []
    for one in json.loads(done.stderr)["messages"]:
        kind, code = one.get("subType", one["type"]), one.get("extract", "")
        accepted = any(one["message"].startswith(words) and re.search(part, code) for words, part in ACCEPTED.items())
        if kind != "info" and not accepted:
            objections.append(f"{one.get('url')}:{one.get('lastLine')}: {kind}: {one['message']} {code!r}")
    return objections


def test_pages_of_every_kind_are_valid(real_site: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.html"
    wrong.write_text('<!doctype html><html lang="en"><title>Wrong</title><p><div id="a b"></div>', encoding="utf-8")
    pages = enough_pages(real_site)
    names = {part for path in pages for part in path.relative_to(real_site).parts}
    assert names >= {*LOCALES} - {"en"} | {"404.html", "contribute", "courses", "modules", "peer-marking", "research"}
    assert names >= {"downloads", "facts", "glossary", "lens", "new", "progress", "saved", "self-assessment"}
    assert {path.name for path in pages} - {"index.html", "404.html", "new.html"}, "no page as one file"
    objections = judge([*pages, wrong])
    awake = [one for one in objections if "wrong.html" in one]
    assert len(awake) == 1 and "must not contain whitespace" in awake[0]
    assert [one for one in objections if one not in awake] == []
