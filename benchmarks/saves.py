"""From the write of a file to the answer that holds the new text: kind by kind for our preview, a few kinds for others."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import click

PLAIN = "import sys; sys.argv[0] = 'mkdocs'; from mkdocs.__main__ import cli; cli()"
OURS = (
    "import sys; from pathlib import Path; from journey import wording; from journey.preview import session; "
    "wording.STRINGS = session.STRINGS = Path(sys.argv.pop()); " + PLAIN
)
"""Strings of the interface lie in the package; a copy of them is edited."""
SLOW, FEW = 4.0, 3
"""Seconds that a kind may take from which few saves are measured: after each of them every page is made again."""
UNIT = "modules/coordination/01-one-person-five-doors"
LIMIT = 300.0


@dataclass(frozen=True)
class Kind:
    """A kind of edit: a file, the page that is read, and the file's new text with a mark in it."""

    name: str
    file: str
    address: str
    edit: Callable[[str, str], str]
    target: float = 0.15
    """Seconds that the median may take."""


def _front(key: str) -> Callable[[str, str], str]:
    return lambda text, mark: re.sub(rf"^{key}: .*$", f"{key}: {mark}", text, count=1, flags=re.M)


def _append(more: str) -> Callable[[str, str], str]:
    return lambda text, mark: text + "\n\n" + more.format(mark=mark) + "\n"


def _once(pattern: str, more: str) -> Callable[[str, str], str]:
    return lambda text, mark: re.sub(pattern, lambda m: m[0] + more.format(mark=mark), text, count=1, flags=re.M)


KINDS = (
    Kind("body, English", f"{UNIT}.md", f"{UNIT}/", _append("Saved {mark}.")),
    Kind("body, Urdu", f"{UNIT}.ur.md", f"ur/{UNIT}/", _append("Saved {mark}.")),
    Kind(
        "body, fallback in French",
        "modules/coordination/03-who-leads.md",
        "fr/modules/coordination/03-who-leads/",
        _append("Saved {mark}."),
    ),
    Kind("heading and anchor", f"{UNIT}.md", f"{UNIT}/", _append("## Saved {mark} {{#{mark}}}\n\nText.")),
    Kind("quiz on the page", f"{UNIT}.md", f"{UNIT}/", _once(r"^- \[[ x]\] a\. ", "{mark} ")),
    Kind(
        "drawing on the page",
        "modules/coordination/assets/five-doors.svg",
        f"{UNIT}/",
        lambda text, mark: text.replace("</svg>", f'<path class="f-line" id="{mark}" d="M0 0h9"/></svg>'),
    ),
    Kind("title", f"{UNIT}.md", f"{UNIT}/", _front("title")),
    Kind(
        "title, read on another page", f"{UNIT}.md", "modules/coordination/02-directions-and-levels/", _front("title")
    ),
    Kind("description", f"{UNIT}.md", f"{UNIT}/", _front("description")),
    Kind(
        "item of a bank",
        "modules/coordination/bank.md",
        "modules/coordination/pre-test/",
        _once(r"^- \[[ x]\] a\. ", "{mark} "),
        target=0.5,
    ),
    Kind(
        "entry of the glossary",
        "docs/glossary.md",
        "glossary/",
        _once(r"^## .*\}\n\n", "{mark} "),
        target=0.5,
    ),
    Kind("fact", "modules/coordination/facts.yml", "facts/", _once(r"^  label: ", "{mark} "), target=0.5),
    Kind("string of the interface", "strings/en.yml", f"{UNIT}/", _once(r"^site\.menu: ", "{mark} "), 0.5),
    Kind(
        "style sheet",
        "overrides/assets/css/journey.css",
        "assets/css/journey.css",
        _append("b {{ --mark: '{mark}'; }}"),
        target=0.5,
    ),
    Kind(
        "template",
        "overrides/journey/footer.html",
        f"{UNIT}/",
        lambda text, mark: f"{text}\n<p>{mark}</p>\n",
        target=4,
    ),
    Kind("settings", "mkdocs.yml", f"{UNIT}/", _once(r"^site_name: \"", "{mark} "), target=4),
    Kind(
        "page added",
        "docs/added-{mark}.md",
        "added-{mark}/",
        lambda text, mark: f"---\ntitle: Added\ndescription: New.\nstatus: draft\n---\n\n{mark}\n",
        target=4,
    ),
)


PLAIN_KINDS = ("body, English", "title")
"""What is measured of plain MkDocs and Zensical too, where every save builds the site."""
GROWN = "modules/module-0/01-unit"
GROWN_KINDS = (
    Kind("body", f"{GROWN}.md", f"{GROWN}/", _append("Saved {mark}.")),
    Kind("title", f"{GROWN}.md", f"{GROWN}/", _front("title")),
    Kind("bank", f"{GROWN}.md", f"{GROWN}/", _once(r"^- \[[ x]\] a\. ", "{mark} ")),
)
"""What is measured of sites that are generated."""


class Server:
    """A running `mkdocs serve`."""

    def __init__(self, process: subprocess.Popen[bytes], base: str, is_ours: bool) -> None:
        self.process, self.base, self.is_ours = process, base, is_ours

    def get(self, address: str) -> str:
        """The text at an address; empty while there is none."""
        try:
            with urllib.request.urlopen(self.base + address, timeout=LIMIT) as answer:
                return str(answer.read().decode("utf-8", "replace"))
        except (urllib.error.URLError, ConnectionError):
            return ""

    def revision(self, since: int) -> int:
        """The preview's revision, once it is another than `since`."""
        return int(json.loads(self.get(f"journey-preview/news?since={since}"))["revision"])

    def until(self, address: str, mark: str, revision: int) -> None:
        """Wait until the text at an address holds a mark: as a browser does, after news; plain MkDocs holds the answer."""
        end = time.monotonic() + LIMIT
        while time.monotonic() < end:
            if self.is_ours and revision >= 0:
                revision = self.revision(revision)
            if mark in self.get(address):
                return
            if not self.is_ours or revision < 0:
                time.sleep(0.02)
        raise click.ClickException(f"{self.base}{address} never held {mark}")

    @property
    def cpu(self) -> float:
        """CPU seconds of the server so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    @property
    def peak(self) -> float:
        """Largest resident memory so far, in MB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        found = re.search(r"VmHWM:\s+(\d+)", status)
        return int(found[1]) / 1024 if found else 0.0

    def rest(self) -> None:
        """Wait until the server has nothing to do."""
        before, quiet = self.cpu, 0
        while quiet < 2:
            time.sleep(0.2)
            now = self.cpu
            quiet, before = (quiet + 1 if now - before < 0.03 else 0), now


@contextmanager
def serving(project: Path, is_ours: bool, zensical: str = "") -> Iterator[tuple[Server, float]]:
    """Start `mkdocs serve`, or Zensical's; gives it with the seconds until its first page was there."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    mkdocs = [sys.executable, "-c", OURS if is_ours else PLAIN]
    command = [*([zensical] if zensical else mkdocs), "serve", "--dev-addr", f"127.0.0.1:{port}"]
    if not zensical:
        command.append("--quiet")
    if is_ours:
        shutil.copytree(Path(__file__).parents[1] / "plugins/journey/strings", project / "strings", dirs_exist_ok=True)
        command.append(str(project / "strings"))
    start = time.monotonic()
    process = subprocess.Popen(command, cwd=project, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        server = Server(process, f"http://127.0.0.1:{port}/", is_ours)
        while not server.get(""):
            if process.poll() is not None or time.monotonic() - start > LIMIT:
                raise click.ClickException(f"{project.name} is not served")
            time.sleep(0.02)
        yield server, time.monotonic() - start
    finally:
        process.terminate()
        process.wait()


def time_saves(server: Server, project: Path, kind: Kind, count: int) -> list[float]:
    """Seconds from the write of the file to the answer with the mark, once for each of `count` saves."""
    times = []
    for number in range(count):
        mark = f"mark{number}x{time.monotonic_ns() % 10**8}"
        path, address = project / kind.file.format(mark=mark), kind.address.format(mark=mark)
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        new = kind.edit(text, mark)
        server.rest()
        revision = server.revision(-1) if server.is_ours else -1
        start = time.monotonic()
        path.write_text(new, encoding="utf-8")
        server.until(address, mark, revision)
        times.append(time.monotonic() - start)
        if text:
            path.write_text(text, encoding="utf-8")
        else:
            path.unlink()
    return times


def time_moves(server: Server, project: Path, count: int) -> list[float]:
    """Seconds from a page's new name to the answer at its new address, once for each of `count`; the old one is gone then."""
    text = "---\ntitle: Moved\ndescription: New.\nstatus: draft\n---\n\nA page that moves.\n"
    last = project / "docs/moved.md"
    last.write_text(text, encoding="utf-8")
    server.until("moved/", "A page that moves", server.revision(-1))
    times = []
    for number in range(count):
        path = last.with_name(f"moved-{number}.md")
        server.rest()
        revision, start = server.revision(-1), time.monotonic()
        last.rename(path)
        server.until(f"{path.stem}/", "A page that moves", revision)
        times.append(time.monotonic() - start)
        if server.get(f"{last.stem}/"):
            raise click.ClickException(f"{last.stem}/ is still there")
        last = path
    last.unlink()
    return times


def time_in_browser(server: Server, project: Path, count: int) -> list[float]:
    """Seconds from the write of a page to its new text in an open page of Chromium; nothing without a browser."""
    found = next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), ""
    )
    if not found:
        return []
    from playwright.sync_api import sync_playwright

    watch = """() => { window.seen = {}; new MutationObserver(() => { const text = document.querySelector('main').textContent;
        for (const mark of text.match(/mark\\d+x\\d+/g) ?? []) window.seen[mark] ??= Date.now() / 1000;
    }).observe(document.body, { subtree: true, childList: true, characterData: true }); }"""
    times = []
    page_file = project / f"{UNIT}.md"
    text = page_file.read_text(encoding="utf-8")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.goto(f"{server.base}{UNIT}/")
        page.evaluate(watch)
        for number in range(count):
            mark = f"mark{number}x{time.monotonic_ns() % 10**8}"
            server.rest()
            start = time.time()
            page_file.write_text(f"{text}\n\nSaved {mark}.\n", encoding="utf-8")
            seen = None
            while seen is None and time.time() - start < LIMIT:
                page.wait_for_timeout(300)
                seen = page.evaluate("mark => window.seen?.[mark] ?? null", mark)
            if seen is not None:
                times.append(float(seen) - start)
        browser.close()
    page_file.write_text(text, encoding="utf-8")
    return times


def _row(name: str, times: list[float], target: float = 0.0) -> str:
    ordered = sorted(times)
    late = ordered[min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))]
    wish = f"{1000 * target:>10.0f}" if target else f"{'':>10}"
    return f"{name:<32}{1000 * median(times):>10.0f}{1000 * late:>10.0f}{wish}{len(times):>5}"


def measure(ours: Path, plain: Path, english: Path, zensical: str, count: int) -> None:
    """Print start-up, every kind of save, and memory; `zensical` is its command, for the site in English only, or empty."""
    click.echo(f"\nSaves under mkdocs serve, ms from the write to the answer with the new text\n\n{'':<32}", nl=False)
    click.echo(f"{'median':>10}{'p95':>10}{'target':>10}{'n':>5}")
    with serving(ours, is_ours=True) as (server, ready):
        server.rest()
        for kind in KINDS:
            saves = count if kind.target < SLOW else min(count, FEW)
            click.echo(_row(kind.name, time_saves(server, ours, kind, saves), kind.target))
        click.echo(_row("page renamed", time_moves(server, ours, FEW), SLOW))
        if times := time_in_browser(server, ours, count):
            click.echo(_row("body, seen in Chromium", times, 0.165))
        summary = f"{'ours':<20}{ready:>9.2f}{server.cpu:>10.1f}{server.peak:>8.0f}"
    summaries = [summary]
    for name, project, command, saves in (("plain", plain, "", 2), ("Zensical, English", english, zensical, count)):
        if name == "plain" or command:
            with serving(project, is_ours=False, zensical=command) as (server, ready):
                for kind in [one for one in KINDS if one.name in PLAIN_KINDS]:
                    click.echo(_row(f"{name}: {kind.name}", time_saves(server, project, _for_plain(kind), saves)))
                summaries.append(f"{name:<20}{ready:>9.2f}{server.cpu:>10.1f}{server.peak:>8.0f}")
    click.echo("\n".join([f"\n{'':<20}{'ready s':>9}{'CPU s':>10}{'MB':>8}", *summaries]))


def measure_grown(projects: Mapping[int, Path], count: int) -> None:
    """Print what saves take in generated sites of several sizes."""
    click.echo(
        f"\nSaves by size of the site, one language, ms\n\n{'pages, edited':<32}{'median':>10}{'p95':>10}", nl=False
    )
    click.echo(f"{'target':>10}{'n':>5}")
    for size, project in projects.items():
        with serving(project, is_ours=True) as (server, _):
            server.rest()
            for kind in GROWN_KINDS:
                click.echo(_row(f"{size}, {kind.name}", time_saves(server, project, kind, count), kind.target))


def _for_plain(kind: Kind) -> Kind:
    """The same edit where the plain site has its files: all below docs."""
    file = kind.file if kind.file.startswith("docs/") else f"docs/{kind.file}"
    return Kind(kind.name, file, kind.address, kind.edit)
