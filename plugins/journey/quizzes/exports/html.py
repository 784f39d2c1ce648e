"""What an exporter asks of its caller: how a piece of Markdown becomes HTML. Who calls knows the Markdown library."""

from __future__ import annotations

from typing import Protocol


class ToHtml(Protocol):
    """Turns one piece of Markdown into a fragment of HTML."""

    def __call__(self, text: str, /) -> str:
        """The HTML of `text`: well-formed, the same bytes for the same text, letters of the private use area kept."""
