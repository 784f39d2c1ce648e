"""CPU seconds of a pocket book in three scripts, by stage, for each 40 pages of A6."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable
from pathlib import PurePosixPath
from statistics import median
from typing import TypeVar

import click
from mkdocs.config import load_config

from journey.books.finish import finish
from journey.books.host import open_press
from journey.books.model import Part
from journey.books.setting import set_book
from sites import ROOT

PAGES = 40
Result = TypeVar("Result")
UNIT = PurePosixPath("modules/coordination/01-one-person-five-doors.md")


def setting(runs: int) -> None:
    """Print what Markdown, Typst and the tags take: Typst the first time, the others the median of several runs."""
    press, shelf = open_press(load_config(str(ROOT / "mkdocs.yml")))
    book = shelf.books["coordination-pocket-book"]
    parts = tuple(Part(page, 1) for page in (UNIT.with_name("index.md"), UNIT))
    whole = dataclasses.replace(book, parts=parts, budget=0, answers=True)
    click.echo(f"\nA pocket book of {len(parts)} whole pages, CPU s for {PAGES} pages of A6, median of {runs}\n")
    click.echo(f"{'':<16}{'pages':>6}{'manuscript':>12}{'Typst':>8}{'tags':>8}{'all':>8}{'kB':>8}")
    for locale in ("en", "ur", "km"):
        costs = []
        for _ in range(runs):
            edition, edit = timed(lambda code=locale: press.edit(whole, code))
            done, set_ = timed(lambda own=edition: set_book(own.manuscript))
            pdf, tag = timed(lambda b=done, e=edition: finish(b.pdf, e.locale, e.manuscript.texts()))
            costs.append([cost * PAGES / done.pages for cost in (edit, set_, tag)])
        edits, sets, tags = zip(*costs, strict=True)
        stages = [median(edits), sets[0], median(tags)]  # Typst remembers: only its first run says what a book costs
        numbers = "".join(
            f"{cost:>{width}.2f}" for cost, width in zip([*stages, sum(stages)], (12, 8, 8, 8), strict=True)
        )
        click.echo(f"{locale:<16}{done.pages:>6}{numbers}{len(pdf) / 1000:>8.0f}")


def timed(work: Callable[[], Result]) -> tuple[Result, float]:
    """What some work gives, and the CPU seconds that it took."""
    start = time.process_time()
    result = work()
    return result, time.process_time() - start


if __name__ == "__main__":
    setting(5)
