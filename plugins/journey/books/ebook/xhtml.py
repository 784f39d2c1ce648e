"""HTML of the site as a tree that can become XHTML: read as browsers read it, every fault reported, nothing repaired in silence.

html5lib follows the parsing rules of the HTML standard and lists each breach of them (MIT; quiet since 2020, as is the part
of the standard that it implements; lxml's parser, which is at hand too, repairs without a word and knows no HTML 5).
In the tree, elements of HTML have plain names, those of SVG keep their namespace.
"""

from __future__ import annotations

import html
import re
import xml.etree.ElementTree as etree
from collections.abc import Iterator
from dataclasses import dataclass

import html5lib
from html5lib.constants import E as MESSAGES

HTML = "{http://www.w3.org/1999/xhtml}"
SVG = "{http://www.w3.org/2000/svg}"
XMLNS = "{http://www.w3.org/2000/xmlns/}"

VOID = frozenset({"area", "br", "col", "hr", "img", "input", "wbr"})
"""Elements that never have content; the others are always written with an end tag, for readers that take XHTML for HTML."""

_INLINE = (
    "a abbr b bdi bdo br cite code del dfn em i ins kbd mark q s samp small span strong sub sup time u var wbr img"
)
_BLOCK = (
    "div p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre hr table caption colgroup col thead tbody tfoot tr th td "
    "figure figcaption section aside"
)
ELEMENTS = frozenset((_INLINE + " " + _BLOCK).split())
"""What the site's Markdown can produce and an e-book can show. Forms and disclosures are laid open before."""

_SHAPES = "svg g rect circle ellipse line polyline polygon path defs marker text tspan title desc clipPath linearGradient stop"
SHAPES = frozenset(_SHAPES.split())

_EVERYWHERE = frozenset({"id", "class", "lang", "dir", "title", "role", "hidden", "epub:type", "xml:lang"})
_OWN: dict[str, frozenset[str]] = {
    "a": frozenset({"href", "rel", "hreflang"}),
    "img": frozenset({"src", "alt", "width", "height"}),
    "ol": frozenset({"start", "type", "reversed"}),
    "li": frozenset({"value"}),
    "th": frozenset({"scope", "colspan", "rowspan", "style", "headers"}),
    "td": frozenset({"colspan", "rowspan", "style", "headers"}),
    "col": frozenset({"span"}),
    "colgroup": frozenset({"span"}),
    "time": frozenset({"datetime"}),
    "blockquote": frozenset({"cite"}),
    "q": frozenset({"cite"}),
    "del": frozenset({"datetime", "cite"}),
    "ins": frozenset({"datetime", "cite"}),
}
_DROPPED = frozenset({"tabindex", "loading", "decoding", "target"})  # for a browser only
_ALIGN = re.compile(r"^text-align:\s*(left|right|center|start|end|justify);?$")
_WIDTH = re.compile(r"^max-width:\s*\d+px;?$")


@dataclass(frozen=True)
class Fault:
    """What an e-book can not hold. `near` are the first words of the place, to find its line in the Markdown by."""

    near: str
    what: str
    hint: str = ""


def parse_html(text: str) -> tuple[etree.Element, list[Fault]]:
    """A fragment of HTML below a `div`, and every place where it breaks the rules of HTML."""
    parser = html5lib.HTMLParser(
        tree=html5lib.getTreeBuilder("etree", implementation=etree), namespaceHTMLElements=True
    )
    fragment = parser.parseFragment(text)
    root = etree.Element("div")
    root.text = fragment.text
    root.extend(list(fragment))
    for parent, child in pairs(root):
        if not isinstance(child.tag, str):  # a comment
            take_out(parent, child)
        else:
            child.tag = child.tag.removeprefix(HTML)
    lines = text.split("\n")
    faults = []
    for (line, _), code, values in parser.errors:
        excerpt = re.sub(r"<[^>]*>|\s+", " ", html.unescape(lines[min(line, len(lines)) - 1])).strip()
        faults.append(Fault(excerpt[:60], f"this HTML is not valid: {MESSAGES.get(code, code) % values}"))
    return root, faults


def pairs(root: etree.Element) -> list[tuple[etree.Element, etree.Element]]:
    """Every element below `root` with its parent, in document order; the list stays while the tree changes."""
    found = []
    for child in root:
        found.append((root, child))
        found += pairs(child)
    return found


def elements(root: etree.Element, tag: str, *classes: str) -> Iterator[tuple[etree.Element, etree.Element]]:
    """Parent and element for every `tag` below `root` that has all the classes."""
    for parent, child in pairs(root):
        if child.tag == tag and set(classes) <= set((child.get("class") or "").split()):
            yield parent, child


def take_out(parent: etree.Element, child: etree.Element) -> None:
    """Remove an element; the text behind it stays."""
    place = list(parent).index(child)
    _append_text(parent, place, child.tail)
    child.tail = None
    parent.remove(child)


def unwrap(parent: etree.Element, child: etree.Element) -> None:
    """Put an element's content in its place."""
    place = list(parent).index(child)
    content, tail = list(child), child.tail
    _append_text(parent, place, child.text)
    parent.remove(child)
    for offset, one in enumerate(content):
        parent.insert(place + offset, one)
    _append_text(parent, place + len(content), tail)


def _append_text(parent: etree.Element, place: int, text: str | None) -> None:
    """Add text in front of the child at `place`, or at the end."""
    if not text:
        return
    if place:
        parent[place - 1].tail = (parent[place - 1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def text_of(element: etree.Element) -> str:
    """All text of an element, white space folded."""
    return re.sub(r"\s+", " ", "".join(element.itertext())).strip()


def check_elements(root: etree.Element) -> list[Fault]:
    """Drop what only a browser needs, and tell what an e-book can not show."""
    faults = []
    for parent, child in pairs(root):
        near = (text_of(child) or text_of(parent))[:60]
        if child.tag.startswith(SVG):
            faults += [Fault(near, what, hint) for what, hint in _check_svg(child)]
        elif child.tag in ELEMENTS:
            faults += [Fault(near, what, hint) for what, hint in _check_html(child)]
        else:
            name = child.tag.rpartition("}")[2]
            faults.append(
                Fault(near, f"<{name}> can not stand in a book", "Write it in Markdown, or leave it to the web.")
            )
    return faults


def _check_html(element: etree.Element) -> Iterator[tuple[str, str]]:
    own = _OWN.get(element.tag, frozenset())
    for name, value in list(element.attrib.items()):
        if name.startswith("data-") or name in _DROPPED:
            del element.attrib[name]
        elif name == "style" and name in own and not _ALIGN.match(value):
            yield f'style="{value}" can not stand in a book', "Only the alignment of table cells is kept."
        elif name not in own and name not in _EVERYWHERE and not name.startswith("aria-"):
            yield f'the attribute {name}="{value}" can not stand in a book', "Take it away, or write Markdown."
    if element.tag == "img" and "alt" not in element.attrib:
        yield f"the picture {element.get('src', '')} has no description", "Write what it shows: ![Three offices](…)."


def _check_svg(element: etree.Element) -> Iterator[tuple[str, str]]:
    name = element.tag.removeprefix(SVG)
    if name not in SHAPES:
        yield f"<{name}> can not stand in a drawing of a book", "Take simple shapes and texts."
    for key, value in list(element.attrib.items()):
        if key.startswith((XMLNS, "data-")) or key == "xmlns":
            del element.attrib[key]
        elif key.startswith(("on", "{")) or key == "href" or ("url(" in value and not value.startswith("url(#")):
            yield f'{key}="{value}" can not stand in a drawing of a book', "A drawing holds all that it shows."
        elif key == "style" and not _WIDTH.match(value):
            yield f'style="{value}" can not stand in a drawing of a book', "Take classes instead."
    if lang := element.attrib.pop("lang", None):
        element.set("xml:lang", lang)
    if name == "svg" and element.get("aria-hidden") != "true" and not element.get("aria-label"):
        yield "a drawing has no description", "Write what it shows: ![Three offices](…)."


def to_xhtml(element: etree.Element) -> str:
    """An element as XHTML, the same text for the same tree; without what stands behind it."""
    is_svg = element.tag.startswith(SVG)
    name = element.tag.removeprefix(SVG)
    attributes = "".join(f' {key}="{_attribute(value)}"' for key, value in element.attrib.items())
    if name == "svg" and is_svg:
        attributes = f' xmlns="{SVG[1:-1]}"' + attributes
    if name in VOID and not is_svg:
        return f"<{name}{attributes}/>"
    inside = _text(element.text) + "".join(to_xhtml(child) + _text(child.tail) for child in element)
    if is_svg and not inside:
        return f"<{name}{attributes}/>"
    return f"<{name}{attributes}>{inside}</{name}>"


_FORBIDDEN = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, production 2


def without_controls(text: str) -> str:
    """Text without the characters that XML can not hold."""
    return _FORBIDDEN.sub("", text)


def _text(text: str | None) -> str:
    return html.escape(without_controls(text or ""), quote=False)


def _attribute(text: str) -> str:
    return html.escape(without_controls(text), quote=True).replace("\n", "&#10;")
