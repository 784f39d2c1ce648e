"""Judges our search, and MiniSearch and Pagefind if they are there, on the texts of a finished site; see README.md."""

from __future__ import annotations

import gzip
import json
import mimetypes
import re
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from typing import Any

import click
import yaml
from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).parent
ENGINES = (HERE / "search" / "engines.js").read_text(encoding="utf-8")
QUERIES: dict[str, list[list[str]]] = yaml.safe_load((HERE / "search" / "queries.yml").read_text(encoding="utf-8"))
START = "modules/coordination/01-one-person-five-doors/"
SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
"""A line of 400 kbit/s, 400 ms away."""


@dataclass(frozen=True)
class Texts:
    """What our index of a language holds, which all engines are given."""

    pages: list[list[str]]
    sections: list[tuple[int, str, str, str]]
    terms: list[tuple[str, str, list[str], str]]
    glossary: str

    @classmethod
    def read(cls, folder: Path) -> Texts:
        """Read the scripts of an index."""
        head: dict[str, Any] = {}
        sections = []
        for file in sorted(folder.glob("*.js")):
            match = re.fullmatch(r"journeySearch\.(index|part)\((.*)\)\n", file.read_text(encoding="utf-8"), re.S)
            assert match
            found = json.loads(f"[{match[2]}]")
            if match[1] == "index":
                head = found[1]
            else:
                sections += [tuple(row) for row in found[2]]
        return cls(head["pages"], sections, [tuple(one) for one in head["terms"]], head["terms"][0][0].split("#")[0])

    def documents(self) -> list[dict[str, object]]:
        """Sections and terms as MiniSearch takes them."""
        rows = [
            {"url": self.pages[page][0] + f"#{anchor}" * bool(anchor), "page": self.pages[page][1], "heading": heading}
            | {"text": text}
            for page, anchor, heading, text in self.sections
        ]
        rows += [
            {"url": url, "page": "", "heading": ", ".join((term, *forms)), "text": definition}
            for url, term, forms, definition in self.terms
        ]
        return [{"id": number, **row} for number, row in enumerate(rows)]

    def write_pages(self, folder: Path, locale: str) -> None:
        """Pages, and a page for each term, as Pagefind reads them."""
        bodies = {url: f"<h1>{escape(title)}</h1>" for url, title, *_ in self.pages}
        for page, anchor, heading, text in self.sections:
            title = f'<h2 id="{escape(anchor)}">{escape(heading)}</h2>' if heading else ""
            bodies[self.pages[page][0]] += f"{title}<p>{escape(text)}</p>\n"
        for url, term, forms, definition in self.terms:
            words = f"<h1>{escape(term)}</h1><p>{escape(', '.join(forms))}</p><p>{escape(definition)}</p>"
            bodies[f"{url.replace('#', '')}/"] = words
        for url, body in bodies.items():
            place = folder / url / "index.html"
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(f'<!doctype html><html lang="{locale}"><body>{body}</body></html>', encoding="utf-8")


@contextmanager
def serve(places: dict[str, Path]) -> Iterator[str]:
    """Serve folders, compressed where that makes them smaller; `/bare` is an empty page."""

    @cache
    def packed(path: Path) -> tuple[bytes, bool]:
        data = path.read_bytes()
        small = gzip.compress(data, 9, mtime=0)
        return (small, True) if len(small) < len(data) else (data, False)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            pass

        def do_GET(self) -> None:  # the name that http.server calls
            address = self.path.split("?")[0]
            prefix = max((one for one in places if address.startswith(one)), key=len)
            path = places[prefix] / address.removeprefix(prefix)
            path = path / "index.html" if path.is_dir() else path
            data, small = (b"<!doctype html><title>Bare</title><body>", False)
            if address != "/bare" and path.is_file():
                data, small = packed(path)
            kind = "text/html" if address == "/bare" else mimetypes.guess_type(path.name)[0]
            self.send_response(200 if address == "/bare" or path.is_file() else 404)
            self.send_header("Content-Type", f"{kind or 'application/octet-stream'}; charset=utf-8")
            self.send_header("Content-Length", str(len(data)))
            self.send_header("Cache-Control", "no-store")
            if small:
                self.send_header("Content-Encoding", "gzip")
            self.end_headers()
            self.wfile.write(data)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@contextmanager
def opened(browser: Browser, address: str, brake: int = 1, slow: bool = False) -> Iterator[tuple[Page, dict[str, int]]]:
    """A page with the engines in it; from then on the processor is so many times slower; and what it fetches."""
    context = browser.new_context(bypass_csp=True, service_workers="block")
    page = context.new_page()
    page.goto(address)
    page.evaluate(ENGINES)
    control = context.new_cdp_session(page)
    control.send("Network.enable")
    wire = {"requests": 0, "bytes": 0}

    def count(event: dict[str, Any]) -> None:
        wire["requests"] += 1
        wire["bytes"] += event["encodedDataLength"]

    control.on("Network.loadingFinished", count)
    control.send("Emulation.setCPUThrottlingRate", {"rate": brake})
    if slow:
        control.send("Network.emulateNetworkConditions", SLOW)
    yield page, wire
    context.close()


def judge(page: Page, texts: Texts, locale: str, answers: list[dict[str, Any]]) -> tuple[float, float, str]:
    """Recall and precision of pages, glossary left out; how often the first result has the words in its name, if any has."""
    alike = "texts => texts.map(one => journeyFold(one.replaceAll('آ', 'ɐ')))"  # a letter, though its mark is dropped
    pages = [(number, one) for number, one in enumerate(texts.pages) if one[0] != texts.glossary]
    bodies: list[str] = []
    names: list[str] = []
    for number, one in pages:
        rows = [(heading, text) for page_number, _, heading, text in texts.sections if page_number == number]
        bodies.append(" | ".join((one[1], *(f"{heading} | {text}" for heading, text in rows))))
        names.append("\n".join((one[1], *(heading for heading, _ in rows))))
    bodies, names = page.evaluate(alike, bodies), page.evaluate(alike, names)
    recalls, precisions, firsts = [], [], []
    for (typed, *words), answer in zip(QUERIES[locale], answers, strict=True):
        folded: list[str] = page.evaluate(alike, words or typed.replace('"', "").split())
        edge = "" if locale in ("km", "zh") else r"\b"
        patterns = [re.compile(f"{edge}(?:{word}){edge}") for word in folded]
        true = {
            f"/{one[0]}"
            for (_, one), body in zip(pages, bodies, strict=True)
            if all(pattern.search(body) for pattern in patterns)
        }
        hits = [address for address, _ in answer["hits"] if not address.startswith(f"/{texts.glossary}")]
        right = len(true & {*hits})
        recalls += [right / len(true)] if true else []
        precisions += [right / len({*hits})] if hits else []
        if any(all(pattern.search(name) for pattern in patterns) for one in names for name in one.split("\n")):
            first = page.evaluate(alike, [name for _, name in answer["hits"][:1]])
            firsts.append(bool(first) and all(pattern.search(first[0]) for pattern in patterns))
        click.echo(f"    {typed}: {len(true)} true, {len({*hits})} found, {right} right", err=True)
    return sum(recalls) / len(recalls), sum(precisions) / len(precisions), f"{sum(firsts)}/{len(firsts)}"


def prepare(browser: Browser, url: str, texts: Texts, locale: str, made: Path, packages: Path) -> dict[str, int]:
    """Make the indexes of the others; the answer is their bytes, compressed."""
    (made / f"{locale}.json").write_text(json.dumps(texts.documents()), encoding="utf-8")
    sizes = {}
    for kind in ("words", "grams"):
        with opened(browser, f"{url}/bare") as (page, _):
            index = page.evaluate(f"engines.{kind}.build('{locale}')").encode()
        (made / f"{locale}.{kind}.json").write_bytes(index)
        sizes[kind] = len(gzip.compress(index, 9))
    texts.write_pages(made / locale, locale)
    out = made / f"pagefind-{locale}"
    command: list[str | Path] = [packages / ".bin" / "pagefind", "--site", made / locale, "--output-path", out]
    subprocess.run([*command, "--force-language", locale], check=True, capture_output=True)
    data = [path for path in out.rglob("*") if path.suffix.startswith(".pf_") or path.name == "pagefind-entry.json"]
    return {**sizes, "pagefind": sum(path.stat().st_size for path in data)}


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--site", default=HERE.parent / "site", type=click.Path(path_type=Path), help="A finished site.")
@click.option("--packages", type=click.Path(path_type=Path), help="node_modules with minisearch and pagefind.")
@click.option("--locales", default="en,ur,km,zh,fr,es", show_default=True)
@click.option("--brake", default=6, show_default=True, help="So many times slower than this machine.")
@click.option("--runs", default=3, show_default=True, help="The quickest of so many counts.")
@click.option("--chromium", default="/usr/bin/chromium", show_default=True)
def main(site: Path, packages: Path | None, locales: str, brake: int, runs: int, chromium: str) -> None:
    """Print a table in Markdown: what is fetched, how long it takes, what is found."""
    click.echo("| | index | fetched | first, all | slow line | each | recall | precision | order |")
    click.echo("| --- " * 9 + "|")
    with (
        tempfile.TemporaryDirectory(prefix="journey-search-") as folder,
        serve({"/": site, "/made/": Path(folder), "/packages/": packages or HERE}) as url,
        sync_playwright() as driver,
    ):
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for locale in locales.split(","):
            index = site / "search" / locale
            texts = Texts.read(index)
            sizes = {"ours": sum(len(gzip.compress(path.read_bytes(), 9)) for path in index.glob("*.js"))}
            if packages:
                sizes |= prepare(browser, url, texts, locale, Path(folder), packages)
            typed = [query[0] for query in QUERIES[locale]]
            for engine, size in sizes.items():
                start = f"{url}/{'' if locale == 'en' else f'{locale}/'}{START}" if engine == "ours" else f"{url}/bare"
                quick, slow, each = [], [], []
                for _ in range(runs):
                    with opened(browser, start, brake) as (page, wire):
                        quick.append(page.evaluate(f"all => engines.{engine}.first(...all)", [locale, typed[0]]))
                        answers = page.evaluate(f"all => engines.{engine}.each(all)", typed)
                        each.append([one["ms"] for one in answers])
                for _ in range(max(1, runs - 1)):
                    with opened(browser, start, brake, slow=True) as (page, wire):
                        slow.append(page.evaluate(f"all => engines.{engine}.first(...all)", [locale, typed[0]]))
                        fetched = dict(wire)
                times = [min(column) for column in zip(*each, strict=True)]
                with opened(browser, start) as (page, _):
                    if engine == "pagefind":
                        page.add_script_tag(url=f"{url}/assets/js/fold.js")
                    page.evaluate(f"all => engines.{engine}.first(...all)", [locale, typed[0]])
                    answers = page.evaluate(f"all => engines.{engine}.each(all)", typed)
                    click.echo(f"  {locale} {engine}", err=True)
                    recall, precision, first = judge(page, texts, locale, answers)
                seconds = [
                    f"{min(one['first'] for one in runs_) / 1000:.1f}, {min(one['all'] for one in runs_) / 1000:.1f}"
                    for runs_ in (quick, slow)
                ]
                click.echo(
                    f"| {locale} {engine} | {size / 1000:.0f} | {fetched['bytes'] / 1000:.0f}, {fetched['requests']} | "
                    f"{' | '.join(seconds)} | {median(times):.0f}, {max(times):.0f} | "
                    f"{recall:.2f} | {precision:.2f} | {first} |"
                )
        browser.close()


if __name__ == "__main__":
    main()
