"""The looks of drawings as attributes of their shapes: many reading programs draw SVG but apply no style sheet to it.

Seen: without this, boxes of our drawings were black in MuPDF. Where a style sheet does apply, it says the same.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Mapping, Sequence

from .xhtml import SVG

_RULE = re.compile(r"(?:^|[}\s])(\.?[a-zA-Z][\w-]*)\s*\{([^}]*)\}")
_DECLARATION = re.compile(r"([a-z-]+)\s*:\s*([^;]+)")
_PROPERTIES = frozenset(
    {"fill", "stroke", "stroke-width", "stroke-dasharray", "font-family", "font-weight", "font-size", "opacity"}
)


def read_looks(styles: Sequence[str]) -> dict[str, dict[str, str]]:
    """Simple rules of style sheets: `.class` or `element` to properties that SVG knows as attributes, too."""
    looks: dict[str, dict[str, str]] = {}
    for style in styles:
        for selector, block in _RULE.findall(re.sub(r"/\*.*?\*/", "", style, flags=re.S)):
            found = {name: value.strip() for name, value in _DECLARATION.findall(block) if name in _PROPERTIES}
            looks.setdefault(selector, {}).update(found)
    return looks


def apply_looks(root: etree.Element, looks: Mapping[str, Mapping[str, str]]) -> None:
    """Set on every shape below `root` what its class, or else its kind, asks for and it does not say itself."""
    for element in root.iter():
        if not element.tag.startswith(SVG):
            continue
        names = [f".{name}" for name in reversed((element.get("class") or "").split())]
        for name in [*names, element.tag.removeprefix(SVG)]:
            for key, value in looks.get(name, {}).items():
                if key not in element.attrib:
                    element.set(key, value.removesuffix("px"))
