"""Names and links inside an e-book, where chapters are files of their own and answers move to another one."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from .xhtml import SVG, Fault, text_of

SCHEME = "chapter:"
_OUTSIDE = frozenset({"http", "https", "mailto", "tel"})
_REFERENCES = ("aria-labelledby", "aria-describedby", "aria-details", "headers")
_TARGET = re.compile(r"url\(#([^)]*)\)")


@dataclass(frozen=True)
class Region:
    """A part of a file that comes from one chapter. Ids in it belong to that chapter, wherever the part stands."""

    chapter: str
    file: str
    root: etree.Element
    prefix: str = ""
    """In front of its ids, where parts of several chapters share a file."""


def connect(regions: Sequence[Region]) -> list[tuple[str, Fault]]:
    """Make ids valid in XML (the name of a note is `fn:1` on the site) and point every link to its file.

    Changes the trees in place; gives chapter and fault for ids that are there twice and links that lead nowhere.
    """
    faults: list[tuple[str, Fault]] = []
    places: dict[tuple[str, str], tuple[str, str]] = {}
    taken: set[tuple[str, str]] = set()
    for region in regions:
        for element in _own_elements(region.root):
            name = element.get("id")
            if name is None:
                continue
            if (region.chapter, name) in places:
                faults.append((region.chapter, Fault(text_of(element)[:60], f"the id {name} is there twice")))
                continue
            new = region.prefix + _xml_name(name)
            while (region.file, new) in taken:
                new += "-2"
            taken.add((region.file, new))
            places[region.chapter, name] = (region.file, new)
            element.set("id", new)
    chapters = {region.chapter: region.file for region in regions if not region.prefix}
    for region in regions:
        for number, drawing in enumerate(region.root.iter(f"{SVG}svg"), start=1):
            _scope(drawing, f"{region.prefix}drawing-{number}-")
        for element in _own_elements(region.root):
            for attribute in _REFERENCES:
                if value := element.get(attribute):
                    new_names = [places.get((region.chapter, one), ("", one))[1] for one in value.split()]
                    element.set(attribute, " ".join(new_names))
            if element.tag == "a" and (target := element.get("href")) is not None:
                address = _resolve(target, region, places, chapters)
                if address is None:
                    what = f"the link to {target} leads nowhere in the book"
                    hint = "Link to a page or section that is in the book, or to the web with https://."
                    faults.append((region.chapter, Fault(text_of(element)[:60], what, hint)))
                else:
                    element.set("href", address)
    return faults


def _own_elements(root: etree.Element) -> list[etree.Element]:
    """All elements but those of drawings, whose ids are their own."""
    return [element for element in root.iter() if not element.tag.startswith(SVG)]


def _resolve(
    target: str, region: Region, places: dict[tuple[str, str], tuple[str, str]], chapters: dict[str, str]
) -> str | None:
    if urlsplit(target).scheme in _OUTSIDE:
        return target
    chapter, path = region.chapter, target
    if target.startswith(SCHEME):
        chapter, _, fragment = target.removeprefix(SCHEME).partition("#")
        if not fragment:
            return chapters.get(chapter)
        path = f"#{fragment}"
    if not path.startswith("#"):
        return None
    file, name = places.get((chapter, path[1:])) or places.get((chapter, unquote(path[1:]))) or ("", "")
    if not name:
        return None
    return f"#{name}" if file == region.file else f"{file}#{name}"


def _xml_name(name: str) -> str:
    """An id as XML wants it (NCName): no colon, no blank, no digit in front."""
    clean = re.sub(r"[^\w.-]", "-", name)
    return clean if re.match(r"[^\W\d]", clean) else f"x{clean}"


def _scope(drawing: etree.Element, prefix: str) -> None:
    """Give a drawing ids that no other in the file has; the same drawing may stand in a chapter twice."""
    names = {
        element.get("id"): prefix + _xml_name(element.get("id", "")) for element in drawing.iter() if element.get("id")
    }
    for element in drawing.iter():
        for key, value in list(element.attrib.items()):
            if key == "id":
                element.set(key, names[value])
            elif key in _REFERENCES:
                element.set(key, " ".join(names.get(one, one) for one in value.split()))
            elif "url(#" in value:
                element.set(key, _TARGET.sub(lambda match: f"url(#{names.get(match[1], match[1])})", value))
