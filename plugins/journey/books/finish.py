"""After Typst: what a PDF still needs to be read aloud in order."""

from __future__ import annotations

from .compose import Edition


def finish(pdf: bytes, edition: Edition) -> bytes:
    """The finished PDF."""
    return pdf
