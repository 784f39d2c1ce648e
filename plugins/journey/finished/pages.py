"""The finished site as a browser meets it: what each page asks for, where its links lead, which places it offers."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from lxml import etree, html

from ..locales import FONTS
from ..memory import remembered_in_short

_CSS_URL = re.compile(r"""url\(\s*["']?([^)"'#?]+)""")
_OWN_SCRIPTS = "assets/js/"
_ACTING = etree.XPath("//@*[starts-with(name(), 'on')] | //@href[starts-with(., 'javascript:')]")
_FETCHED = {"stylesheet", "icon", "preload", "modulepreload"}


@dataclass(frozen=True)
class Link:
    """An address as written, and the file of the site and the place in it that it leads to."""

    written: str
    file: str
    fragment: str


@dataclass(frozen=True)
class BuiltPage:
    """One page. Files are paths below the site, such as `assets/js/quiz.js`.

    `asks` are the files that are fetched when the page is opened, without pictures that wait to be scrolled to;
    `outside` are addresses of other hosts that would be fetched; `acting` is what would run in the page's body and is
    none of the theme's own scripts.
    """

    file: str
    language: str
    ids: frozenset[str]
    links: tuple[Link, ...]
    asks: tuple[str, ...]
    outside: tuple[str, ...]
    has_quiz: bool
    acting: tuple[str, ...] = ()


def read_pages(site: Path, root: str = "/") -> Iterator[BuiltPage]:
    """All pages of the finished site, in the order of their paths; `root` is the site's path on its host."""
    for path in sorted(site.rglob("*.html")):
        yield _read(PurePosixPath(path.relative_to(site)), path.read_bytes(), root)


@remembered_in_short
def _read(path: PurePosixPath, content: bytes, root: str) -> BuiltPage:
    return read_page(str(path), content, root)


def read_page(file: str, content: bytes, root: str = "/") -> BuiltPage:
    """Read one page of the finished site."""
    page = html.document_fromstring(content.decode("utf-8"))
    links: list[Link] = []
    asks: dict[str, None] = {}
    outside: list[str] = []
    for element in page.iter("a", "area", "link", "script", "img", "source", "iframe", "object", "form"):
        address = next((element.get(name) for name in ("href", "src", "data", "action") if element.get(name)), None)
        if address is None:
            continue
        fetched = _is_fetched(element)
        parts = urlsplit(address)
        if parts.scheme or parts.netloc:
            if fetched and parts.scheme != "data":
                outside.append(address)
            continue
        target = _file_of(unquote(parts.path), file, root)
        links.append(Link(address, target, unquote(parts.fragment)))
        if fetched and element.get("loading") != "lazy":
            asks[target] = None
    ids = {str(one) for one in page.xpath("//@id")} | {str(one) for one in page.xpath("//a/@name")}
    language = page.get("lang", "")
    has_quiz = bool(page.xpath("//form[@data-kind] | //*[@data-quiz] | //script[contains(@src, 'quiz.js')]"))
    return BuiltPage(file, language, frozenset(ids), tuple(links), tuple(asks), tuple(outside), has_quiz, _acting(page))


def _acting(page: html.HtmlElement) -> tuple[str, ...]:
    body = page.find("body")
    if body is None:
        return ()
    scripts = [one for one in body.iter("script") if not one.get("type", "").endswith("json")]
    sources = [one.get("src", "") for one in scripts]  # those of other hosts are `outside`
    foreign = [one or "<script>" for one in sources if _OWN_SCRIPTS not in one and not urlsplit(one).netloc]
    frames = [f"<{one.tag}>" for one in body.iter("iframe", "object", "embed")]
    return (*foreign, *frames, *_ACTING(body))


def fonts_of(site: Path, page: BuiltPage) -> tuple[str, ...]:
    """The files of the fonts that the style sheets of `page` offer for its language."""
    found: dict[str, None] = {}
    for sheet in page.asks:
        path = site / sheet
        if sheet.endswith(".css") and path.is_file():
            for address in _CSS_URL.findall(path.read_text(encoding="utf-8")):
                file = posixpath.normpath(posixpath.join(posixpath.dirname(sheet), address))
                if any(word in file and page.language == language for word, language in FONTS.items()):
                    found[file] = None
    return tuple(found)


def _is_fetched(element: html.HtmlElement) -> bool:
    if element.tag == "link":
        return bool(_FETCHED & set(element.get("rel", "").lower().split()))
    return element.tag in ("script", "img", "source", "iframe", "object")


def _file_of(path: str, page: str, root: str) -> str:
    if not path:
        return page
    if path.startswith("/"):
        if not path.startswith(root):
            return path  # outside the site, so there is no such file
        path, folder = path.removeprefix(root), ""
    else:
        folder = posixpath.dirname(page)
    joined = posixpath.normpath(posixpath.join(folder, path))
    is_folder = not path or path.endswith("/") or posixpath.basename(path) in (".", "..")
    return posixpath.normpath(posixpath.join(joined, "index.html")) if is_folder else joined
