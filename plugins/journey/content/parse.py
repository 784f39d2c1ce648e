"""Reads content files: structure from the text, with lines. Markdown renders later and elsewhere.

Code, comments and front matter are blanked out first (same length, same lines), so that nothing in
them is taken for a heading or a link.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from ..diagnostics import Diagnostic
from ..documents import DocumentError
from ..frontmatter import FrontMatter, parse_front_matter
from ..layout import Kind, Layout
from ..markup import BLOCKS_WITH_ID, Block, LineFinder, find_blocks, mask_code
from ..memory import remembered
from .model import ContentPage, Heading, Link, Project

_NOTE_MARK = re.compile(r"\[\^([^\]\s]+)\](?!:)")
_NOTE_TEXT = re.compile(r"^[ >]*\[\^([^\]\s]+)\]:", re.M)
_HEADING = re.compile(r"^(#{1,6})[ \t]+(.+?)[ \t]*#*[ \t]*$", re.M)
_ATTRIBUTES = re.compile(r"[ \t]*\{:?[ \t]*([^{}\n]*?)[ \t]*\}[ \t]*$")
_ATTRIBUTE_ID = re.compile(r"\{:?[^{}\n]*?#([\w-]+)[^{}\n]*\}")
_HTML_ID = re.compile(r"""<[a-zA-Z][^>]*?\s(?:id|name)=["']([^"']+)["']""")
_LINK = re.compile(
    r"""(?P<image>!?)\[(?P<text>(?:[^\[\]]|\[[^\[\]]*\])*)\]
        \([ \t]*(?:<(?P<angled>[^<>\n]*)>|(?P<target>[^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*))
        (?:\s+(?:"[^"]*"|'[^']*'))?\s*\)""",
    re.X,
)
_REFERENCE = re.compile(r"^ {0,3}\[(?!\^)([^\]\n]+)\]:[ \t]*<?([^\s>]+)>?", re.M)
_HTML_LINK = re.compile(r"""<(a|img)\b[^>]*?\s(?:href|src)=["']([^"']*)["']""")
_ACTING = re.compile(
    r"""<(?P<tag>script|style|iframe|frame|object|embed|form|base|meta|link)\b
        | <[a-z][^<>]*?\s(?P<event>on[a-z]+)\s*=
        | (?:\]\(\s*<?|[a-z]\s*=\s*["']?|^\ {0,3}\[[^\]\n]+\]:\s*<?)\s*(?P<address>javascript|vbscript|data:text)\s*[:/]""",
    re.X | re.I | re.M,
)
_TAG = re.compile(r"<[a-zA-Z/!]")
_WORD = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*")
_NOT_WORDS = re.compile(r"!\[[^\]]*\]|\]\([^)]*\)|\{[^{}\n]*\}|<[^<>]*>|^\[\^[^\]]+\]:.*$|\[\^[^\]]+\]|^/{3,}.*$", re.M)


def read_project(layout: Layout) -> Project:
    """Read every content file of a project. Never raises for bad content: problems are kept per page."""
    files = frozenset(layout.iter_files())
    pages = {path: read_page(layout, path) for path in sorted(files) if path.suffix == ".md"}
    return Project(layout, pages, files)


def read_page(layout: Layout, path: PurePosixPath) -> ContentPage:
    """Read one page from disk."""
    return parse_page(layout, path, layout.read(path))


@remembered
def parse_page(layout: Layout, path: PurePosixPath, data: bytes) -> ContentPage:
    """Parse the bytes of one page. Undecodable text or broken front matter become `problems`."""
    fingerprint = hashlib.sha256(f"{path}\0".encode() + data).hexdigest()
    return replace(_parse_page(layout, path, data), fingerprint=fingerprint)


def _parse_page(layout: Layout, path: PurePosixPath, data: bytes) -> ContentPage:
    source, locale = layout.source_of(path)
    kind = layout.kind(path)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problem = Diagnostic(
            path,
            line,
            "C001",
            f"this line is not UTF-8 text (byte {data[error.start]:#04x})",
            "Save the file again with the encoding UTF-8.",
        )
        return ContentPage(path, kind, locale, source, problems=(problem,))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        front_matter = parse_front_matter(text)
    except DocumentError as error:
        hint = "Front matter is `key: value`, one a line, between two lines of three dashes."
        problem = Diagnostic(path, error.line, "C002", error.problem, hint)
        return ContentPage(path, kind, locale, source, problems=(problem,))
    return _parse_body(path, kind, locale, source, front_matter, text)


def _parse_body(
    path: PurePosixPath, kind: Kind, locale: str, source: PurePosixPath, front_matter: FrontMatter, text: str
) -> ContentPage:
    body = _blank_front_matter(text, front_matter.end_line)
    without_code = mask_code(body)
    line_of = LineFinder(without_code)
    headings = tuple(_iter_headings(without_code, line_of))
    blocks, stray_fences = find_blocks(without_code, line_of)
    first: dict[str, int] = {}
    repeated = []
    for anchor, line in sorted(_iter_anchors(without_code, line_of, blocks), key=lambda pair: pair[1]):
        if anchor in first:
            repeated.append((anchor, line))
        else:
            first[anchor] = line
    return ContentPage(
        path,
        kind,
        locale,
        source,
        front_matter,
        headings,
        tuple(_iter_links(without_code, line_of)),
        blocks,
        stray_fences,
        first,
        tuple(repeated),
        count_words(_without_items(without_code, blocks)),
        tuple(_iter_notes_without_text(without_code, line_of)),
        (*_iter_tags(front_matter), *_iter_acting(without_code, line_of)),
    )


def _without_items(text: str, blocks: tuple[Block, ...]) -> str:
    """The text without quiz items, whose time is counted among the activities."""
    lines = text.split("\n")
    for block in blocks:
        if block.name == "question" and block.closed:
            lines[block.line - 1 : block.end] = [""] * (block.end - block.line + 1)
    return "\n".join(lines)


def _blank_front_matter(text: str, end_line: int) -> str:
    if not end_line:
        return text
    lines = text.split("\n")
    return "\n".join([""] * end_line + lines[end_line:])


def _iter_headings(text: str, line_of: LineFinder) -> Iterator[Heading]:
    for match in _HEADING.finditer(text):
        title = match[2]
        anchor = None
        if attributes := _ATTRIBUTES.search(title):
            title = title[: attributes.start()]
            found = re.search(r"#([\w-]+)", attributes[1])
            anchor = found[1] if found else None
        yield Heading(len(match[1]), title, anchor, line_of(match.start()))


def _iter_links(text: str, line_of: LineFinder) -> Iterator[Link]:
    for match in _LINK.finditer(text):
        target = match["angled"] if match["angled"] is not None else match["target"]
        yield Link(target, match["text"], line_of(match.start()), bool(match["image"]))
        for inner in _LINK.finditer(match["text"]):  # a picture inside a link
            target = inner["angled"] if inner["angled"] is not None else inner["target"]
            yield Link(target, inner["text"], line_of(match.start()), bool(inner["image"]))
    for match in _REFERENCE.finditer(text):
        yield Link(match[2], match[1], line_of(match.start()))
    for match in _HTML_LINK.finditer(text):
        yield Link(match[2], "", line_of(match.start()), match[1] == "img", raw_html=True)


def _iter_anchors(text: str, line_of: LineFinder, blocks: tuple[Block, ...]) -> Iterator[tuple[str, int]]:
    for pattern in (_ATTRIBUTE_ID, _HTML_ID):
        for match in pattern.finditer(text):
            yield match[1], line_of(match.start())
    for block in blocks:
        if block.name in BLOCKS_WITH_ID and block.argument:
            yield block.argument, block.line


def _iter_notes_without_text(text: str, line_of: LineFinder) -> Iterator[tuple[str, int]]:
    written = {match[1] for match in _NOTE_TEXT.finditer(text)}
    for match in _NOTE_MARK.finditer(text):
        if match[1] not in written:
            yield match[1], line_of(match.start())


def _iter_acting(text: str, line_of: LineFinder) -> Iterator[tuple[str, int]]:
    for match in _ACTING.finditer(text):
        tag, event, address = match["tag"], match["event"], match["address"]
        yield f"<{tag}>" if tag else f"{event}=" if event else f"{address}:", line_of(match.start())


def _iter_tags(front_matter: FrontMatter) -> Iterator[tuple[str, int]]:
    for key, value in front_matter.values.items():
        texts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else [value]
        if any(isinstance(text, str) and _TAG.search(text) for text in texts):
            yield f"a tag in `{key}`", front_matter.line_of((key,))


def count_words(text: str) -> int:
    """Words that a reader reads: without texts for who does not see a picture, link targets, tags, footnotes, fences."""
    return len(_WORD.findall(_NOT_WORDS.sub(" ", text)))
