"""Who reads what: passages for other audiences are cut from the source text before Markdown sees it.

`/// only | trainer web` … `///` hides its content from everybody else; what is not marked is for all. Lines are
blanked, not removed, so that every finding keeps its line. Taking a passage out of the finished page instead would
leave its footnotes and definitions behind.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..markup import Block, LineFinder, find_blocks, mask_code

AUDIENCES = ("web", "participant", "pocket", "trainer")
SEES = {
    "web": frozenset({"web"}),
    "participant": frozenset({"participant"}),
    "pocket": frozenset({"pocket"}),
    "trainer": frozenset({"trainer", "participant"}),
}
"""What each audience reads; the trainer's guide holds what participants have as well."""

ONLY = "only"
POCKET = "pocket"


def audiences_of(block: Block) -> list[str]:
    """The words behind `/// only |`."""
    return block.argument.split()


def cut_audiences(text: str, audience: str) -> str:
    """A page's text for one audience, with the same number of lines; marked passages it may read lose their fences."""
    masked = mask_code(text)
    blocks, _ = find_blocks(masked, LineFinder(masked))
    lines = text.split("\n")
    for block in blocks:
        if block.name == ONLY and block.closed:
            if SEES[audience] & set(audiences_of(block)):
                lines[block.line - 1] = lines[block.end - 1] = ""
            else:
                lines[block.line - 1 : block.end] = [""] * (block.end - block.line + 1)
    return "\n".join(lines)


@dataclass(frozen=True)
class Passage:
    """A passage for some audiences, as it is written, fences left out."""

    audiences: frozenset[str]
    text: str


def hidden_passages(text: str) -> Iterator[tuple[int, Passage]]:
    """Every passage of a page that is not for all, with the line that it begins on."""
    masked = mask_code(text)
    blocks, _ = find_blocks(masked, LineFinder(masked))
    lines = text.split("\n")
    for block in blocks:
        if block.name == ONLY and block.closed:
            body = "\n".join(lines[block.line : block.end - 1])
            yield block.line + 1, Passage(frozenset(audiences_of(block)), body)
