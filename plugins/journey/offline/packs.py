"""Sets of files that a reader saves: a language, a module, a book.

They are read from the finished site, because only it knows what pages ask for. `offline/packs.json` has every file once,
with a hash of its content, and for each set the numbers of its files. The script that saves checks each file against
its hash, so a set is of one version or is not saved at all.
"""

from __future__ import annotations

import hashlib
import html
import json
import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ..locales import FONTS, SOURCE
from ..wire import size_on_wire

FOLDER = "offline"
HASH_LENGTH = 16
KILL_SWITCH = """/* Saving is switched off on this site: what was saved is deleted, and this worker goes. */
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil((async () => {
  await caches.delete(`journey ${new URL(self.registration.scope).pathname}`);
  await self.registration.unregister();
  for (const client of await self.clients.matchAll({ type: "window" })) client.navigate(client.url);
})()));
"""

_REFERENCE = re.compile(r"""<(?:link|script|img|source)\b[^>]*?\s(?:href|src)=["']?([^"'\s>]+)""")
_NO_FILE = re.compile(r"""<link\b[^>]*\brel=["']?(?:canonical|alternate|license)\b[^>]*>""")
_CSS_URL = re.compile(r"""url\(["']?([^)"'#?]+)""")
_TITLE = re.compile(r"<h1[^>]*>(.*?)</h1>", re.S)
_COMMON = ("", "saved", "progress", "glossary", "facts", "downloads")
"""Pages that a module is saved with."""


@dataclass(frozen=True)
class Pack:
    """One set. `title` is empty for a whole language, whose name the page knows."""

    id: str
    locale: str
    title: str
    files: tuple[str, ...]


@dataclass(frozen=True)
class Book:
    """A printed edition or e-book: its file below `downloads/` and what to call it."""

    file: str
    locale: str
    title: str


def find_packs(site: Path, locales: Sequence[str], modules: Iterable[str], books: Iterable[Book] = ()) -> list[Pack]:
    """The sets of a finished site, languages first. `modules` are folders such as `modules/coordination`."""
    pages: dict[str, dict[str, str]] = {locale: {} for locale in locales}
    others = set(locales) - {SOURCE}
    for path in sorted(site.rglob("index.html")):
        folder = path.parent.relative_to(site).as_posix()
        first, _, rest = folder.partition("/")
        locale, place = (first, rest) if first in others else (SOURCE, "" if folder == "." else folder)
        if locale in pages and not place.startswith(("go/", FOLDER)):
            pages[locale][place] = path.read_text(encoding="utf-8")
    css_cache: dict[str, list[str]] = {}

    def files_of(locale: str, places: Iterable[str]) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for place in places:
            url = _url(locale, place)
            found[url] = None
            for reference in _references(url, pages[locale][place]):
                if not (site / reference).is_file():
                    continue
                found[reference] = None
                if reference.endswith(".css"):
                    fonts = css_cache.setdefault(reference, _fonts(site, reference))
                    found.update(dict.fromkeys(font for font in fonts if _speaks(font, locale)))
        index = sorted(path.relative_to(site).as_posix() for path in (site / "search" / locale).glob("*.js"))
        scripts = [f"assets/js/{name}.js" for name in ("fold", "search", "offline")]
        found.update(dict.fromkeys([*index, *(script for script in scripts if (site / script).is_file())]))
        return tuple(found)

    packs = [Pack(locale, locale, "", files_of(locale, pages[locale])) for locale in locales if pages[locale]]
    for locale in locales:
        common = [place for place in _COMMON if place in pages[locale]]
        for module in modules:
            places = [place for place in pages[locale] if place == module or place.startswith(f"{module}/")]
            if places:
                title = _title(pages[locale].get(module, ""))
                packs.append(Pack(f"{locale}/{module}", locale, title, files_of(locale, [*common, *places])))
    packs += [Pack(f"downloads/{one.file}", one.locale, one.title, (f"downloads/{one.file}",)) for one in books]
    return packs


def write_packs(site: Path, packs: Sequence[Pack]) -> Mapping[str, int]:
    """Write `offline/packs.json` and `offline/versions.json`; returns the bytes on the wire, compressed, by set."""
    files: dict[str, tuple[int, str, int, int]] = {}
    for url in dict.fromkeys(url for pack in packs for url in pack.files):
        path = PurePosixPath(url, "index.html") if url in ("", ".") or url.endswith("/") else PurePosixPath(url)
        data = (site / path).read_bytes()
        size = size_on_wire(path, data)
        files[url] = (len(files), hashlib.sha256(data).hexdigest()[:HASH_LENGTH], size, len(data))
    wire = {pack.id: sum(files[url][2] for url in pack.files) for pack in packs}
    versions = {pack.id: _version(pack, files) for pack in packs}
    listed = {
        "files": [[url, code] for url, (_, code, _, _) in files.items()],
        "packs": [
            {
                "id": pack.id,
                "locale": pack.locale,
                "title": pack.title,
                "version": versions[pack.id],
                "wire": wire[pack.id],
                "bytes": sum(files[url][3] for url in pack.files),
                "files": [files[url][0] for url in pack.files],
            }
            for pack in packs
        ],
    }
    folder = site / FOLDER
    folder.mkdir(exist_ok=True)
    for name, value in (("packs.json", listed), ("versions.json", versions)):
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        (folder / name).write_text(text + "\n", encoding="utf-8", newline="\n")
    return wire


def _version(pack: Pack, files: Mapping[str, tuple[int, str, int, int]]) -> str:
    return hashlib.sha256("".join(f"{url} {files[url][1]}\n" for url in pack.files).encode()).hexdigest()[:HASH_LENGTH]


def _url(locale: str, place: str) -> str:
    return "".join(f"{part}/" for part in ([] if locale == SOURCE else [locale]) + [p for p in place.split("/") if p])


def _references(url: str, page: str) -> Iterable[str]:
    for address in _REFERENCE.findall(_NO_FILE.sub("", page)):
        if "://" not in address and not address.startswith(("data:", "#", "//")):
            yield posixpath.normpath(posixpath.join(url, html.unescape(address).partition("#")[0].partition("?")[0]))


def _fonts(site: Path, css: str) -> list[str]:
    text = (site / css).read_text(encoding="utf-8")
    addresses = [one for one in _CSS_URL.findall(text) if not one.startswith("data:")]
    found = [posixpath.normpath(posixpath.join(posixpath.dirname(css), one)) for one in addresses]
    return [one for one in dict.fromkeys(found) if (site / one).is_file()]


def _speaks(file: str, locale: str) -> bool:
    return all(locale == language for word, language in FONTS.items() if word in posixpath.basename(file))


def _title(page: str) -> str:
    match = _TITLE.search(page)
    return html.unescape(re.sub(r"<[^>]+>", "", match[1])).strip() if match else ""
