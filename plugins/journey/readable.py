"""Whether the bytes of a content file can be read at all: the one question that a preview asks before it takes them in."""

from __future__ import annotations

import xml.etree.ElementTree as etree
from pathlib import PurePosixPath

from .content.parse import parse_page
from .diagnostics import Diagnostic
from .documents import DocumentError, parse_document
from .layout import Layout


def find_unreadable(layout: Layout, path: PurePosixPath, data: bytes) -> Diagnostic | None:
    """Why the bytes of a content file can not be read at all; None if they can, whatever else is wrong with them."""
    if path.suffix == ".md":
        for found in parse_page(layout, path, data).problems:
            return found
    elif path.suffix in (".yml", ".yaml"):
        try:
            parse_document(data.decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            return Diagnostic(
                path, line, "C001", "this line is not UTF-8 text", "Save the file again with the encoding UTF-8."
            )
        except DocumentError as error:
            return Diagnostic(path, error.line, "C002", error.problem, "Entries are `key: value`, one a line.")
    elif path.suffix == ".svg":
        try:
            etree.fromstring(data)
        except etree.ParseError as error:
            hint = "Open it in a browser: it shows the place. Every element must be closed, & is written &amp;."
            return Diagnostic(path, error.position[0], "V001", "this is not well-formed SVG", hint)
    return None
