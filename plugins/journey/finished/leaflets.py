"""Pages as one small file that people send each other by phone: text, drawings and answers, no script, no other file.

A page that can be sent says so with a mark at its end; the mark becomes a link that names the size. What is too large for
one file, since a letter of Khmer takes three bytes, becomes two, parted where a section begins.
"""

from __future__ import annotations

import base64
import mimetypes
import posixpath
import re
from collections.abc import Callable
from copy import deepcopy
from html import escape
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from lxml import html

from ..locales import LOCALES
from ..wording import say

MARK = "<!-- journey: one file -->"
LIMIT = 60_000
"""Bytes that a file should not exceed."""

_LEFT_OUT = (
    "//details[@class='toc-phone']",
    "//a[@class='headerlink']",
    "//a[contains(@class, 'footnote-backref')]",
    "//button",
    "//script",
    "//template",
    "//details[@class='cite']",
    "//p[@class='quiz-note']",
)
_KEPT = {
    "id",
    "href",
    "src",
    "alt",
    "lang",
    "dir",
    "class",
    "colspan",
    "rowspan",
    "scope",
    "aria-label",
    "role",
    "style",
}
_CLASSES = {
    "block",
    "key-messages",
    "case",
    "tool",
    "item",
    "why",
    "notice",
    "place",
    "footnote",
    "objectives",
    "admonition",
}
_STYLE = """\
:root{color-scheme:light dark}body{max-width:40rem;margin:1rem auto;padding:0 1rem;font:1rem/1.6 system-ui,sans-serif}
:lang(ur){font-family:"Noto Nastaliq Urdu","Jameel Noori Nastaleeq","Urdu Typesetting",system-ui;line-height:2.2}
:lang(km){font-family:"Noto Sans Khmer","Khmer OS",system-ui;line-height:1.85}
h1,h2,h3{line-height:1.35}:lang(ur):is(h1,h2,h3){line-height:2}table{border-collapse:collapse}
div:has(>table){overflow-x:auto}td,th{border:1px solid #888;padding:.3em .5em;text-align:start;vertical-align:top}
.block,.item,.objectives,.admonition{border:1px solid #888;border-inline-start-width:4px;padding:0 .8em;margin:1em 0}
svg,img{max-width:100%;height:auto}fieldset{border:0;padding:0;margin:0;min-width:0}body{overflow-wrap:anywhere}legend,summary{font-weight:600}
.notice,.place,header,footer{font-size:.9em}label{display:block}.footnote{font-size:.9em}"""


def write_leaflets(site: Path, site_url: str) -> list[tuple[str, int]]:
    """Write the files of all pages that have the mark and put the links in; the answer is each file and its bytes."""
    written = []
    for path in sorted(site.rglob("index.html")):
        text = path.read_text(encoding="utf-8")
        if MARK not in text:
            continue
        page = path.parent.relative_to(site).as_posix()
        pictures = _pictures(path.parent, site)
        contents, locale = make_leaflets(text, urljoin(site_url, f"{page}/"), pictures)
        links = []
        for number, content in enumerate(contents, start=1):
            name = leaflet_name(page, locale, number if len(contents) > 1 else 0)
            data = content.encode("utf-8")
            (path.parent / name).write_bytes(data)
            written.append((f"{page}/{name}", len(data)))
            words = escape(say(locale, "page.one_file", size=max(1, round(len(data) / 1000))))
            links.append(f'<p><a href="{name}" download>{words}{_of(number, len(contents))}</a></p>')
        path.write_text(text.replace(MARK, "\n".join(links)), encoding="utf-8", newline="\n")
    return written


def leaflet_name(page: str, locale: str, part: int = 0) -> str:
    """The name of the file; it says what it is wherever it is saved.

    >>> leaflet_name("ur/modules/coordination/01-one-desk", "ur")
    'coordination-01-one-desk.ur.html'
    >>> leaflet_name("km/modules/coordination/01-one-desk", "km", 2)
    'coordination-01-one-desk-2.km.html'
    """
    return f"{'-'.join(page.split('/')[-2:])}{f'-{part}' if part else ''}.{locale}.html"


def make_leaflets(text: str, address: str, picture: Callable[[str], str | None]) -> tuple[list[str], str]:
    """The file or the two files for the page `text` at `address`, and their language.

    `picture` turns an address into a `data:` address. A page without sections stays one file, whatever its size.
    """
    page = html.document_fromstring(text)
    article = page.xpath("//article")[0]
    locale = article.get("lang") or page.get("lang") or "en"
    for path in _LEFT_OUT:
        for element in article.xpath(f".{path}"):
            element.drop_tree()
    _answer_on_paper(article)
    for element in article.xpath(".//a[@class='term'] | .//a[starts-with(@href, 'data:')]"):
        element.drop_tag()
    for element in article.xpath(".//video | .//audio | .//iframe | .//object"):
        _link_in_place(element)
    linked = {href[1:] for href in article.xpath(".//a/@href") if href.startswith("#")}
    for element in article.iter():
        if not isinstance(element.tag, str) or any(one.tag == "svg" for one in (element, *element.iterancestors())):
            continue
        _trim(element, linked)
        for name in ("href", "src"):
            target = element.get(name)
            if target and not target.startswith(("#", "data:")):
                embedded = picture(target) if name == "src" else None
                element.set(name, embedded or urljoin(address, target))
    about = say(locale, "page.one_file_from", site=page.xpath("string(//*[@class='brand'])").strip())
    whole = _in_frame(article, address, locale, about)
    if len(whole.encode("utf-8")) <= LIMIT:
        return [whole], locale
    parts = _halves(article, address)
    return [_in_frame(one, address, locale, about) for one in parts] or [whole], locale


def _in_frame(article: html.HtmlElement, address: str, locale: str, about: str) -> str:
    title = article.xpath("string(.//h1)").strip()
    body = re.sub(r"\n{2,}", "\n", html.tostring(article, encoding="unicode", method="html"))
    direction = LOCALES[locale].direction
    return (
        f'<!doctype html>\n<html lang="{locale}" dir="{direction}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="robots" content="noindex">\n'
        f'<title>{escape(title)}</title>\n<link rel="canonical" href="{escape(address)}">\n'
        f"<style>\n{_STYLE}\n</style>\n</head>\n<body>\n<main>\n{body.strip()}\n</main>\n<footer>\n<hr>\n<p>{escape(about)}<br>"
        f'<a dir="ltr" href="{escape(address)}">{escape(address)}</a></p>\n'
        f'<p><a rel="license" href="https://creativecommons.org/licenses/by/4.0/">{escape(say(locale, "footer.licence"))}</a>'
        f"</p>\n</footer>\n</body>\n</html>\n"
    )


def _halves(article: html.HtmlElement, address: str) -> list[html.HtmlElement]:
    """The article in two parts, each with the heading, its own half of the sections and the notes that it names."""
    sizes = [len(html.tostring(one, encoding="utf-8")) for one in article]
    notes = next((place for place, one in enumerate(article) if one.get("class") == "footnote"), len(sizes))
    middle = sum(sizes[:notes]) / 2
    starts = [place for place, one in enumerate(article) if one.tag == "h2" and 0 < place < notes]
    if not starts:
        return []
    cut = min(starts, key=lambda place: abs(sum(sizes[:place]) - middle))
    halves = [deepcopy(article), deepcopy(article)]
    for number, half in enumerate(halves, start=1):
        children = list(half)
        for element in children[cut:notes] if number == 1 else children[:cut]:
            if not element.xpath("self::h1 | .//h1"):
                half.remove(element)
        heading = half.xpath(".//h1")[0]
        words = heading.text_content().strip()
        for inner in list(heading):
            heading.remove(inner)
        heading.text = f"{words}{_of(number, 2)}"
        _keep_own_notes(half)
        own = set(half.xpath(".//@id"))
        for link in half.xpath(".//a[starts-with(@href, '#')]"):
            if link.get("href")[1:] not in own:
                link.set("href", urljoin(address, link.get("href")))
    return halves


def _keep_own_notes(half: html.HtmlElement) -> None:
    """Only the notes that the half names, under their numbers on the page."""
    named = {href[1:] for href in half.xpath(".//a[not(ancestor::*[@class='footnote'])]/@href") if href.startswith("#")}
    for number, note in enumerate(half.xpath(".//*[@class='footnote']/ol/li"), start=1):
        if note.get("id") in named:
            note.set("value", str(number))
        else:
            note.drop_tree()


def _of(part: int, parts: int) -> str:
    return f" ({part}/{parts})" if parts > 1 else ""


def _answer_on_paper(article: html.HtmlElement) -> None:
    """Without script nothing can be sent: boxes and lines stand for what would be pressed and written."""
    for element in article.xpath(".//input | .//select | .//textarea"):
        box = element.tag == "input" and element.get("type") in ("radio", "checkbox")
        element.tail = f"{'☐ ' if box else ' ______ '}{element.tail or ''}"
        element.drop_tree()
    for form in article.xpath(".//form"):
        form.drop_tag()


def _link_in_place(element: html.HtmlElement) -> None:
    """Films and sounds are too heavy to carry; a link leads to them."""
    address = next(iter(element.xpath("(./@src | .//source/@src | ./@data)[1]")), "")
    link = html.Element("a", href=str(address))
    link.text, link.tail = element.get("title") or str(address).rsplit("/", 1)[-1], element.tail
    element.getparent().replace(element, link)


def _trim(element: html.HtmlElement, linked: set[str]) -> None:
    for name in list(element.attrib):
        if name not in _KEPT or (name == "id" and element.get("id") not in linked):
            del element.attrib[name]
    kept = " ".join(one for one in element.get("class", "").split() if one in _CLASSES)
    if "class" in element.attrib:
        element.set("class", kept) if kept else element.attrib.pop("class")


def _pictures(folder: Path, site: Path) -> Callable[[str], str | None]:
    def embed(address: str) -> str | None:
        if urlsplit(address).scheme:
            return None
        path = (folder / posixpath.normpath(address.split("#")[0].split("?")[0])).resolve()
        if not path.is_file() or site.resolve() not in path.parents:
            return None
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"

    return embed
