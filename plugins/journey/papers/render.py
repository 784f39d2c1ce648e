"""Citations and references as HTML elements, each piece in its language and direction."""

from __future__ import annotations

import xml.etree.ElementTree as etree
from collections.abc import Iterable

from icu import Locale as IcuLocale
from icu import Script

from ..locales import LOCALES
from ..wording import say
from .model import Citation
from .style import Run, Style

_TAGS = {"title": "cite", "container": "cite"}


def direction_of(locale: str) -> str:
    """`ltr` or `rtl` for any BCP 47 code, by the script that Unicode's data (CLDR) expects."""
    likely = IcuLocale(locale)
    likely.addLikelySubtags()
    script = likely.getScript()
    return "rtl" if script and Script(Script.getCode(script)[0]).isRightToLeft() else "ltr"


def render_cluster(style: Style, citations: Iterable[Citation], linked: bool = True) -> etree.Element:
    """A bracket of citations, (ILO 2021, p. 12; World Bank 2018). Each leads to its entry if `linked`."""
    group = etree.Element("span", {"class": "citations"})
    group.text = "("
    last: etree.Element | None = None
    for citation in citations:
        if last is not None:
            last.tail = say(style.locale, "papers.semicolon")
        last = etree.SubElement(group, "span")
        if linked and citation.key in style.references:
            last.tag = "a"
            last.attrib = {"class": "citation", "href": f"#ref-{citation.key}"}
        _append(last, style.cite(citation), style.locale)
    if last is not None:
        last.tail = ")"
    return group


def render_list(style: Style, keys: Iterable[str]) -> etree.Element:
    """The list of references for these keys, in the order of the alphabet."""
    wanted = set(keys)
    out = etree.Element("ul", {"class": "references-list", "role": "list"})
    for key, reference in style.references.items():
        if key in wanted:
            _append(etree.SubElement(out, "li", {"id": f"ref-{key}"}), reference.entry, style.locale)
    return out


def _append(parent: etree.Element, runs: Iterable[Run], locale: str) -> None:
    """Put runs into an element; neighbouring words become one text, the rest elements of their own."""
    last: etree.Element | None = None
    for run in runs:
        element = _element(run, locale)
        if element is not None:
            parent.append(element)
            last = element
        elif last is None:
            parent.text = (parent.text or "") + run.text
        else:
            last.tail = (last.tail or "") + run.text


def _element(run: Run, locale: str) -> etree.Element | None:
    """None for text that needs no element: words of the page, and names that run the page's way."""
    here = LOCALES[locale].direction
    if run.kind == "address":
        element = etree.Element("a", {"href": run.target})
        if here == "rtl":
            element.set("dir", "ltr")
    elif run.kind in ("name", "note") and "rtl" in (here, direction_of(run.locale)):
        # The name of a work in Urdu may be written in Latin letters: the browser looks at the letters themselves.
        element = etree.Element("bdi", {"lang": run.locale} if run.locale != locale else {})
    elif run.kind in ("title", "container", "part", "note") and (run.kind in _TAGS or run.locale != locale):
        element = etree.Element(_TAGS.get(run.kind, "span"))
        if run.locale != locale:
            element.set("lang", run.locale)
            element.set("dir", direction_of(run.locale))
    else:
        return None
    element.text = run.text
    return element
