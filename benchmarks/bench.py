"""Measures our site beside plain MkDocs, Material and static-i18n; see README.md for what the figures mean."""

from __future__ import annotations

import math
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from books import setting
from journey.glossary.match import Matcher
from journey.glossary.parse import build_glossary, read_glossary
from journey.glossary.usage import read_text_pages
from journey.layout import Layout
from journey.locales import SOURCE
from journey.warm.store import FOLDER
from saves import measure, measure_grown
from sites import ROOT, copy_ours, grow, make_english, make_plain

os.environ["NO_MKDOCS_2_WARNING"] = "1"
MKDOCS = [sys.executable, "-m", "mkdocs"]


@dataclass(frozen=True)
class Cost:
    """What one build took: CPU and wall seconds, memory in MB, pages written."""

    cpu: float
    wall: float
    memory: float
    pages: int


def build(project: Path, command: Sequence[str] = (*MKDOCS, "build", "--quiet")) -> Cost:
    """One build in a process of its own, which uses what the last one has kept."""
    start = time.monotonic()
    with (project / "build.log").open("w") as log:
        process = subprocess.Popen(command, cwd=project, stdout=log, stderr=log)
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise click.ClickException(f"{project.name} does not build:\n{(project / 'build.log').read_text()}")
    pages = sum(1 for page in (project / "site").rglob("index.html"))
    return Cost(usage.ru_utime + usage.ru_stime, time.monotonic() - start, usage.ru_maxrss / 1024, pages)


def best(project: Path, runs: int, zensical: str = "") -> Cost:
    """The cheapest of several cold builds: the one that other work on the machine disturbed least."""
    costs = []
    for _ in range(runs):
        shutil.rmtree(project / FOLDER, ignore_errors=True)  # Zensical's is called the same
        costs.append(build(project, (zensical, "build")) if zensical else build(project))
    return min(costs, key=lambda cost: cost.cpu)


def _row(name: str, cost: Cost, languages: int) -> str:
    each, language = 1000 * cost.cpu / cost.pages, cost.cpu / languages
    return (
        f"{name:<18}{cost.pages:>6}{cost.cpu:>8.2f}{each:>13.1f}{language:>16.2f}{cost.wall:>8.2f}{cost.memory:>6.0f}"
    )


def warm(project: Path, cold: Cost, runs: int) -> None:
    """What a build costs after another one: nothing edited, one page's text, one page's title; cheapest of several."""
    page = project / "docs/about.md"
    click.echo(f"\nBuild after a build, cheapest of {runs}\n")
    click.echo(f"{'edited':<16}{'CPU s':>8}{'wall s':>8}{'of cold':>9}")
    for name in ("nothing", "a text", "a title"):
        costs = []
        for run in range(runs):
            text = page.read_text(encoding="utf-8")
            if name == "a text":
                page.write_text(f"{text}\nText {run}.\n", encoding="utf-8")
            elif name == "a title":
                page.write_text(text.replace("\ntitle: ", f"\ntitle: Title {run} ", 1), encoding="utf-8")
            costs.append(build(project))
        cost = min(costs, key=lambda one: one.cpu)
        click.echo(f"{name:<16}{cost.cpu:>8.2f}{cost.wall:>8.2f}{cost.cpu / cold.cpu:>9.2f}")


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--quick", is_flag=True, help="Leave out the growth series.")
@click.option("--runs", default=3, show_default=True, help="Builds of each site; the cheapest counts.")
@click.option(
    "--zensical", default=lambda: shutil.which("zensical") or "", help="Zensical's command, if it is not found."
)
@click.option("--saves", "save_count", default=5, show_default=True, help="Saves of each kind under mkdocs serve.")
def main(quick: bool, runs: int, zensical: str, save_count: int) -> None:
    """Measure builds, saves and growth. Takes some twenty minutes, less with --quick."""
    with tempfile.TemporaryDirectory(prefix="journey-bench-") as folder:
        work = Path(folder)
        ours = copy_ours(work / "ours")
        sites = {
            "ours": ours,
            "plain": make_plain(ours, work / "plain", search=False),
            "plain + search": make_plain(ours, work / "plain-search", search=True),
        }
        click.echo(f"Cold build, six languages, cheapest of {runs}\n")
        click.echo(f"{'':<18}{'pages':>6}{'CPU s':>8}{'per page ms':>13}{'per language s':>16}{'wall s':>8}{'MB':>6}")
        costs = {name: best(project, runs) for name, project in sites.items()}
        for name, cost in costs.items():
            click.echo(_row(name, cost, languages=6))
        english = make_english(sites["plain"], work / "english")
        click.echo(_row("plain, English", best(english, runs), languages=1))
        if zensical:
            click.echo(_row("Zensical, English", best(english, runs, zensical), languages=1))
        for name in ("plain", "plain + search"):
            click.echo(f"ours / {name}: {costs['ours'].cpu / costs[name].cpu:.2f}")
        warm(ours, costs["ours"], runs)

        measure(sites["ours"], sites["plain"], english, zensical, save_count)
        linking()
        setting(runs)
        if not quick:
            growth(work, save_count)


def linking() -> None:
    """CPU time of finding terms in every English page of the site, with the site's concepts and with ten times as many."""
    layout = Layout(ROOT)
    texts = [page.text for page in read_text_pages(layout) if page.locale == SOURCE]
    words = sum(len(text.split()) for text in texts)
    click.echo(f"\nFinding terms in {len(texts)} pages, {words} words\n")
    click.echo(f"{'concepts':<16}{'forms':>8}{'set-up ms':>11}{'CPU ms':>8}{'per page ms':>13}{'found':>8}")
    own = read_glossary(layout)
    page = own.pages[SOURCE]
    made = tuple(
        replace(concept, id=f"{concept.id}-{copy}", term=f"{concept.term} {copy}x", variants=(), abbreviations=())
        for copy in range(1, 10)
        for concept in page.concepts
    )
    costs = []
    for glossary in (own, build_glossary([replace(page, concepts=page.concepts + made)])):
        start = time.process_time()
        matcher = Matcher(glossary, SOURCE)
        matcher.find("")
        ready = time.process_time()
        found = sum(len(matcher.find(text)) for text in texts)
        cost = time.process_time() - ready
        costs.append(cost)
        click.echo(
            f"{len(glossary.ids):<16}{matcher.size:>8}{1000 * (ready - start):>11.1f}{1000 * cost:>8.0f}"
            f"{1000 * cost / len(texts):>13.2f}{found:>8}"
        )
    click.echo(f"ten times the concepts / the site's: {costs[1] / costs[0]:.2f}")


def growth(work: Path, save_count: int) -> None:
    """Cost of 60, 240 and 600 generated pages in one language, and of saves in the smallest and the largest of these."""
    sizes = (60, 240, 600)
    click.echo("\nGrowth, one language, CPU s (per page ms)\n")
    click.echo(f"{'':<16}" + "".join(f"{size:>18}" for size in sizes) + f"{'exponent':>10}")
    projects = {size: grow(work / f"grow-{size}", size) for size in sizes}
    for name in ("ours", "plain"):
        costs = []
        for size, project in projects.items():
            site = project if name == "ours" else make_plain(project, work / f"grow-plain-{size}", search=False)
            costs.append(build(site).cpu)
        exponent = math.log(costs[-1] / costs[0]) / math.log(sizes[-1] / sizes[0])
        cells = "".join(f"{f'{c:.2f} ({1000 * c / s:.1f})':>18}" for c, s in zip(costs, sizes, strict=True))
        click.echo(f"{name:<16}{cells}{exponent:>10.2f}")
    measure_grown({size: projects[size] for size in (sizes[0], sizes[-1])}, save_count)


if __name__ == "__main__":
    main()
