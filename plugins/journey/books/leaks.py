"""The leak gate: what is only for trainers, or stands in a final, must be in no file that learners get.

A text is known by its runs of eight words; in scripts without spaces, of sixteen letters. One run of a passage for
trainers is a leak. A question of a final shares words with the pages that it asks about: a text of it (the question, an
option, a reason) is leaked when more than half of its runs are in one file.
"""

from __future__ import annotations

import html
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from ..diagnostics import Diagnostic
from ..layout import Layout
from ..markup import LineFinder, find_blocks, mask_code
from .audiences import SEES, hidden_passages

WORDS = 8
LETTERS = 16
"""Letters of Khmer or Chinese, counted without their signs above and below."""

PUBLIC = ("web", "participant", "pocket")

_TOKEN = re.compile(r"[\u3400-\u9fff\u1780-\u17b3]|[^\W_\u3400-\u9fff\u1780-\u17b3]+")
_LETTER = re.compile(r"[\u3400-\u9fff\u1780-\u17b3]")
_INLINE = re.compile(r"</?(?:a|abbr|b|bdi|code|em|i|mark|span|strong|u)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_ATTRIBUTE = re.compile(r'"([^"<>]{24,})"')
_PART = re.compile(r"^\s*(?:[-*+>|=]|\d+[.)])")
_SYNTAX = re.compile(r"^/{3,}.*$|^ {4}[\w-]+:.*$|\]\([^)]*\)|\[![A-Z]+\]|\[[ xX]\]|^\s*[-*+]?\s*[a-z]\.\s", re.M)


@dataclass(frozen=True)
class Secret:
    """A text that learners must not get: where it is written."""

    path: PurePosixPath
    line: int


@dataclass
class LeakGate:
    """Knows all secrets of a project and looks for them in texts."""

    shingles: dict[tuple[str, ...], Secret] = field(default_factory=dict)
    needed: dict[Secret, int] = field(default_factory=dict)
    """How many runs of a secret must be found together."""

    def add(self, text: str, secret: Secret, whole: bool = False) -> None:
        """Remember a text by all its runs; with `whole`, more than half of them are needed to find it."""
        runs = [run for run in _runs(text) if run not in self.shingles]
        self.shingles.update(dict.fromkeys(runs, secret))
        self.needed[secret] = len(runs) // 2 + 1 if whole else 1

    def find(self, text: str) -> Secret | None:
        """The first secret that is in a text, or None."""
        found: dict[Secret, set[tuple[str, ...]]] = {}
        for run in _runs(text):
            if secret := self.shingles.get(run):
                found.setdefault(secret, set()).add(run)
        return next((secret for secret, runs in found.items() if len(runs) >= self.needed[secret]), None)

    def find_in_html(self, page: str) -> Secret | None:
        """The first secret in the text of a page or in its attributes, which hold data and descriptions."""
        attributes = " \u0000 ".join(_ATTRIBUTE.findall(page))
        return self.find(html.unescape(_TAG.sub(" ", _INLINE.sub("", page)))) or self.find(html.unescape(attributes))


def build_gate(layout: Layout) -> LeakGate:
    """The secrets of a project: passages that only trainers see, and every final, in all languages."""
    gate = LeakGate()
    for path in layout.iter_files():
        if path.suffix != ".md":
            continue
        try:
            text = (layout.root / path).read_text(encoding="utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError:
            continue  # the check of pages speaks of it
        if layout.source_of(path)[0].name == "final.md":
            for line, piece in _questions(text):
                gate.add(piece, Secret(path, line), whole=True)
        for line, passage in hidden_passages(text):
            if not any(SEES[public] & passage.audiences for public in PUBLIC):
                gate.add(_SYNTAX.sub(" ", passage.text), Secret(path, line))
    return gate


def search_site(gate: LeakGate, site: Path) -> Iterator[tuple[Path, Secret]]:
    """Every finished page, and every file of data, that holds a secret."""
    for file in sorted(site.rglob("*")):
        if file.suffix in (".html", ".json", ".js", ".xml", ".txt", ".csv"):
            text = file.read_text(encoding="utf-8", errors="replace")
            if file.suffix == ".json":
                text = " ".join(_strings(json.loads(text)))
            found = gate.find_in_html(text) if file.suffix in (".html", ".xml") else gate.find(_TAG.sub(" ", text))
            if found:
                yield file, found


def search_texts(gate: LeakGate, texts: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, Secret]]:
    """Every artefact, by name, whose texts hold a secret."""
    for name, own in texts.items():
        found = gate.find(" ".join(own))
        if found:
            yield name, found


def search_ebook(gate: LeakGate, data: bytes) -> Secret | None:
    """The first secret in the pages of an e-book, or None."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.endswith((".xhtml", ".opf", ".ncx")) and (
                found := gate.find_in_html(archive.read(name).decode("utf-8"))
            ):
                return found
    return None


def finding(name: str, secret: Secret) -> Diagnostic:
    """The letter to an editor about a leak."""
    message = f"this text is in {name}, which learners can download"
    hint = "Find where it was copied to, or why a private page was published. Nothing is published until it is gone."
    return Diagnostic(secret.path, secret.line, "B014", message, hint)


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    tokens = [token.casefold() for token in _TOKEN.findall(text)]
    letters = [bool(_LETTER.match(token)) for token in tokens]
    for start in range(len(tokens)):
        length = LETTERS if letters[start] else WORDS
        if start + length <= len(tokens):
            yield tuple(tokens[start : start + length])


def _questions(text: str) -> Iterator[tuple[int, str]]:
    """The texts of a final's questions: the question whole, every option and reason for itself.

    What is said before the questions is no secret.
    """
    blocks, _ = find_blocks(mask_code(text), LineFinder(text))
    lines = text.split("\n")
    for block in blocks:
        if block.name != "question":
            continue
        stem: list[str] = []
        for number in range(block.line, block.end - 1):
            if _PART.match(lines[number]):
                yield number + 1, _SYNTAX.sub(" ", lines[number])
            else:
                stem.append(lines[number])
        yield block.line, _SYNTAX.sub(" ", "\n".join(stem))


def _strings(data: object) -> Iterator[str]:
    """Every text in a file of data, keys included."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield str(key)
            yield from _strings(value)
    elif isinstance(data, list):
        for value in data:
            yield from _strings(value)
