"""What every reader of our Markdown needs: code masked out, offsets turned into lines, fenced blocks found."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

BLOCKS_WITH_ID = frozenset({"case", "tool", "pocket"})
"""Blocks whose argument is a permanent id that links can reach, `/// case | m1-case-brick-kiln`."""

BLOCKS = BLOCKS_WITH_ID | {"key-messages", "only", "question", "quiz", "references"}
"""All blocks that the site knows."""

_FENCED_CODE = re.compile(r"^([ ]*)(`{3,}|~{3,})[^\n]*\n(?:.*?\n)??\1[ ]*\2[`~]*[ ]*$", re.M | re.S)
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.S)
_BLOCK = re.compile(r"^(?P<fence>/{3,})[ \t]*(?P<name>[\w-]+)?[ \t]*(?:\|[ \t]*(?P<argument>.*?))?[ \t]*$", re.M)


def mask_code(text: str) -> str:
    """The text with fenced code, code spans and comments replaced by blanks of the same length.

    Indented code is not masked: lists and admonitions indent their content as well, and what an
    editor indents is nearly always that. The handbook asks for fences.
    """
    for pattern in (_FENCED_CODE, _COMMENT, _CODE_SPAN):
        text = pattern.sub(lambda match: blank(match[0]), text)
    return text


def blank(text: str) -> str:
    """As many blanks as there are characters; line ends stay."""
    return re.sub(r"[^\n]", " ", text)


class LineFinder:
    """Turns offsets into line numbers, counted from 1."""

    def __init__(self, text: str) -> None:
        self._breaks = [match.start() for match in re.finditer("\n", text)]

    def __call__(self, offset: int) -> int:
        return bisect_left(self._breaks, offset) + 1


@dataclass(frozen=True)
class Block:
    """A fenced block, `/// name | argument`, from its opening line to its closing line."""

    name: str
    argument: str
    line: int
    end: int = 0
    """The line of the closing fence; 0 if it is missing."""

    @property
    def closed(self) -> bool:
        return self.end > 0


def find_blocks(text: str, line_of: LineFinder) -> tuple[tuple[Block, ...], tuple[int, ...]]:
    """Blocks in order, and the lines of fences that close nothing.

    A closing fence ends the innermost open block whose fence has its length.
    """
    blocks: list[Block] = []
    stray: list[int] = []
    open_blocks: list[tuple[int, int]] = []  # index in blocks, length of the fence
    for match in _BLOCK.finditer(text):
        length = len(match["fence"])
        if match["name"]:
            open_blocks.append((len(blocks), length))
            blocks.append(Block(match["name"], match["argument"] or "", line_of(match.start())))
            continue
        for position in range(len(open_blocks) - 1, -1, -1):
            index, opened = open_blocks[position]
            if opened == length:
                block = blocks[index]
                blocks[index] = Block(block.name, block.argument, block.line, line_of(match.start()))
                del open_blocks[position:]
                break
        else:
            stray.append(line_of(match.start()))
    return tuple(blocks), tuple(stray)
