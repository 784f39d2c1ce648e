"""An assessment as a SCORM 1.2 package: our own form as the one page, which reports to the learning platform.

Format: ADL SCORM 1.2 Content Aggregation Model, section 2.3; its schemas check the manifest in the tests.
"""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as etree
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ...locales import LOCALES
from ...wording import load_wording
from ..model import Assessment, AssessmentKind, Item

ATTENDANCE = 60
"""Points of a hundred that an assessment asks for where its author set no threshold."""
MOST_ITEMS = 150
"""With more, the scores alone might not fit into the 4,096 characters that a platform keeps for us."""

PAGE = "index.html"
FONTS = {"ur": "nastaliq", "km": "khmer"}
_NEVER = (1980, 1, 1, 0, 0, 0)  # the earliest time a zip can say
_CP = "http://www.imsproject.org/xsd/imscp_rootv1p1p2"
_ADL = "http://www.adlnet.org/xsd/adlcp_rootv1p2"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_ADDRESS = re.compile(r"""<\w+\b[^<>]*?\s(?:src|href|poster)=(?:"([^"]*)"|'([^']*)')""")
_ELSEWHERE = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|//|#)", re.I)

ToForm = Callable[[Item, int], str]


def attendance_of(assessment: Assessment) -> int:
    """The points of a hundred that attendance asks for."""
    value = assessment.header.get("attendance")
    return value if isinstance(value, int) else ATTENDANCE


def achievement_of(assessment: Assessment) -> int:
    """The points of a hundred that achievement asks for: ten above attendance, unless the author says otherwise."""
    value = assessment.header.get("achievement")
    return value if isinstance(value, int) else attendance_of(assessment) + 10


def build_scorm(
    assessment: Assessment,
    items: Sequence[Item],
    locale: str,
    title: str,
    to_form: ToForm,
    release: str,
    assets: Mapping[str, bytes],
    intro: str = "",
) -> bytes:
    """The package as the bytes of a zip; the same input gives the same bytes.

    `intro` is the HTML of the words before the items. `to_form` gives an item's form as on the page, as HTML, from the item and its number from 1. `assets`
    are files of `overrides/assets`, and pictures that items show, by path (`js/quiz.js`); of them the package
    takes what it needs. Raises ValueError for a final, whose key would run in the browser, for no items or
    more than MOST_ITEMS, and for an address in a form that leads to no file of the package; KeyError for a
    missing asset.
    """
    if assessment.kind is AssessmentKind.FINAL:
        raise ValueError(f"{assessment.id}: a final is never a SCORM package, its key would be in the browser")
    if not 0 < len(items) <= MOST_ITEMS:
        raise ValueError(f"{assessment.id}: {len(items)} items; a SCORM package holds 1 to {MOST_ITEMS}")
    forms = [to_form(item, number) for number, item in enumerate(items, start=1)]
    names = {"css/journey.css", "js/quiz.js"}
    for item, form in zip(items, forms, strict=True):
        names |= _shown_files(item, form, assets)
    for code, start in FONTS.items():
        if code == locale or any(f'lang="{code}"' in form for form in forms):
            # With their licences: OFL-NotoNastaliqUrdu.txt stands beside nastaliq-urdu-400.woff2.
            names |= {
                n
                for n in assets
                if n.startswith(f"fonts/{start}") or (n.startswith("fonts/OFL") and start in n.lower())
            }
    files = {name: assets[name] for name in names}
    files["js/scorm.js"] = Path(__file__).with_name("scorm.js").read_bytes()
    files[PAGE] = _render_page(assessment, locale, title, intro, forms, release).encode()
    is_scored = any(item.kind.is_scored for item in items)
    mastery = attendance_of(assessment) if is_scored else None
    files["imsmanifest.xml"] = build_manifest(f"{assessment.id}.{locale}", title, release, mastery, sorted(files))
    return _zip(files)


def build_manifest(name: str, title: str, release: str, mastery: int | None, files: Sequence[str]) -> bytes:
    """imsmanifest.xml of a package with one page. `mastery` is of a hundred; None where nothing is scored."""
    root = etree.Element("manifest", {"xmlns": _CP, "xmlns:adlcp": _ADL, "xmlns:xsi": _XSI})
    root.set("identifier", f"journey-{name}")
    root.set("version", release[:20])  # the longest that the schema allows, as the 200 of a title
    root.set("xsi:schemaLocation", f"{_CP} imscp_rootv1p1p2.xsd {_ADL} adlcp_rootv1p2.xsd")
    metadata = etree.SubElement(root, "metadata")
    etree.SubElement(metadata, "schema").text = "ADL SCORM"
    etree.SubElement(metadata, "schemaversion").text = "1.2"
    organizations = etree.SubElement(root, "organizations", {"default": "organization"})
    organization = etree.SubElement(organizations, "organization", {"identifier": "organization"})
    etree.SubElement(organization, "title").text = title[:200]
    item = etree.SubElement(organization, "item", {"identifier": "item", "identifierref": "page"})
    etree.SubElement(item, "title").text = title[:200]
    if mastery is not None:
        etree.SubElement(item, "adlcp:masteryscore").text = str(mastery)
    resources = etree.SubElement(root, "resources")
    page = {"identifier": "page", "type": "webcontent", "adlcp:scormtype": "sco", "href": PAGE}
    resource = etree.SubElement(resources, "resource", page)
    for file in files:
        etree.SubElement(resource, "file", {"href": file})
    etree.indent(root)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + etree.tostring(root, encoding="unicode").encode() + b"\n"


def load_template(name: str) -> Callable[..., str]:
    """One of the templates beside this file, as a function of what it shows."""
    loader = FileSystemLoader(Path(__file__).parent)
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
    return environment.get_template(name).render


def _render_page(
    assessment: Assessment, locale: str, title: str, intro: str, forms: Sequence[str], release: str
) -> str:
    words = {key[5:]: text for key, text in load_wording(locale).items() if key.startswith("quiz.")}
    facts = {"quiz": assessment.kind.value, "attendance": attendance_of(assessment)}
    facts |= {name: assessment.header[name] for name in ("achievement", "attempts") if name in assessment.header}
    return load_template("scorm.html")(
        assessment=assessment,
        locale=LOCALES[locale],
        title=title,
        label=words[assessment.kind.value],
        words=words,
        facts=list(facts.items()),
        intro=intro,
        forms=forms,
        release=release,
    )


def _shown_files(item: Item, form: str, assets: Mapping[str, bytes]) -> set[str]:
    """The files that a form shows; an address that would lead nowhere inside the package is an error."""
    found = set()
    for match in _ADDRESS.finditer(form):
        address = match[1] if match[1] is not None else match[2]
        if _ELSEWHERE.match(address):
            continue
        path = re.split(r"[?#]", address, maxsplit=1)[0]
        if path not in assets:
            raise ValueError(
                f"{item.source.path}:{item.source.line}: `{item.id}` leads to {address}, which is not in the package. "
                "Links need full addresses there, pictures a file of the same path."
            )
        found.add(path)
    return found


def _zip(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _NEVER)
            entry.create_system = 3  # the same on Windows
            entry.external_attr = 0o644 << 16
            # Fonts are compressed already; the level is fixed, as the default may change.
            entry.compress_type = zipfile.ZIP_STORED if name.endswith(".woff2") else zipfile.ZIP_DEFLATED
            package.writestr(entry, files[name], compresslevel=9)
    return out.getvalue()
