"""Items back into Markdown, in the form that the handbook teaches: for tools that move or merge items."""

from __future__ import annotations

import yaml

from .model import Gap, ItemText, Option, Piece
from .parse import replace_gaps


def write_item(item: ItemText) -> str:
    """The Markdown of an item; `parse_quizzes` reads the same item back, lines apart."""
    parts = [f"/// question | {item.id}", *_header(item), ""]
    stem = replace_gaps(item.stem.text, {gap.name: _gap(gap) for gap in item.gaps})
    parts += [stem, ""] if stem else []
    for option in item.options:
        mark = "" if option.right is None else "[x] " if option.right else "[ ] "
        parts += _option(f"- {mark}{option.key}.", option)
    for place, step in enumerate(item.steps, start=1):
        parts += _option(f"{place}. {step.key}.", step)
    if item.pairs:
        parts += [f"| {item.pair_head[0]} | {item.pair_head[1]} |", "| --- | --- |"]
        parts += [f"| {pair.key}. {pair.left.text} | {pair.right.text} |" for pair in item.pairs]
    parts += [f"= {answer.text}" for answer in item.answers]
    for word, pieces in (("HINT", item.hints), ("WHY", (item.why,)), ("MODEL", (item.model,))):
        for piece in pieces:
            parts += _alert(word, piece) if piece else []
    return "\n".join([*parts, "///", ""])


def _header(item: ItemText) -> list[str]:
    if not item.header:
        return []
    block = yaml.safe_dump(
        dict(item.header), allow_unicode=True, sort_keys=False, default_flow_style=None, width=10_000
    )
    return [f"    {line}" for line in block.rstrip("\n").split("\n")]


def _option(start: str, option: Option) -> list[str]:
    first, *rest = option.text.text.split("\n")
    lines = [f"{start} {first}".rstrip(), *(f"  {line}".rstrip() for line in rest)]
    if option.feedback:
        lines += [f"  > {line}".rstrip() for line in option.feedback.text.split("\n")]
    return lines


def _alert(word: str, piece: Piece) -> list[str]:
    return ["", f"> [!{word}]", *(f"> {line}".rstrip() for line in piece.text.split("\n"))]


def _gap(gap: Gap) -> str:
    if gap.choices:
        shown = [f"*{choice}" if index == gap.right else choice for index, choice in enumerate(gap.choices)]
        return f"[[{gap.name}: {' / '.join(shown)}]]"
    accepted = "".join(f" = {word}" for word in gap.accepted)
    return f"[[{gap.name}:{accepted}]]" if accepted else f"[[{gap.name}]]"
