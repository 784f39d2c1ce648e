"""TBX-Basic, the exchange format of translators' tools (ISO 30042:2019, dialect TBX-Basic, style DCA).

Source of names and values: the TBX-Basic data categories of https://www.tbxinfo.net/tbx-dialects/.
"""

from __future__ import annotations

import xml.etree.ElementTree as etree
from collections.abc import Iterable

from ...locales import SOURCE
from ..model import ConceptText, Glossary
from ..usage import plain

NAMESPACE = "urn:iso:std:iso:30042:ed-2"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def write_tbx(glossary: Glossary, locales: Iterable[str], title: str) -> bytes:
    """The glossary as a TBX file; terms with status, definitions where a language has its own."""
    root = etree.Element("tbx", {"type": "TBX-Basic", "style": "dca", _XML_LANG: SOURCE, "xmlns": NAMESPACE})
    header = etree.SubElement(root, "tbxHeader")
    description = etree.SubElement(header, "fileDesc")
    etree.SubElement(etree.SubElement(description, "titleStmt"), "title").text = title
    etree.SubElement(etree.SubElement(description, "sourceDesc"), "p").text = f"The glossary of {title}."
    body = etree.SubElement(etree.SubElement(root, "text"), "body")
    codes = list(locales)
    for concept in glossary.ids:
        entry = etree.SubElement(body, "conceptEntry", {"id": concept})
        for code in codes:
            if word := glossary.word(concept, code):
                _language(entry, word)
    etree.indent(root)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + etree.tostring(root, encoding="unicode").encode() + b"\n"


def _language(entry: etree.Element, word: ConceptText) -> None:
    section = etree.SubElement(entry, "langSec", {_XML_LANG: word.locale})
    if word.definition:
        group = etree.SubElement(section, "descripGrp")
        etree.SubElement(group, "descrip", {"type": "definition"}).text = plain(word.definition)
        if word.source:
            etree.SubElement(group, "admin", {"type": "source"}).text = plain(word.source)
    _term(section, word.term, "preferredTerm-admn-sts", "fullForm", word.is_doubtful)
    for form in word.abbreviations:
        _term(section, form.text, "admittedTerm-admn-sts", "abbreviation")
    for form in word.variants:
        _term(section, form.text, "admittedTerm-admn-sts", "variant")
    for form in word.avoid:
        _term(section, form.text, "deprecatedTerm-admn-sts", "fullForm")


def _term(section: etree.Element, text: str, status: str, kind: str, is_doubtful: bool = False) -> None:
    group = etree.SubElement(section, "termSec")
    etree.SubElement(group, "term").text = text
    etree.SubElement(group, "termNote", {"type": "termType"}).text = kind
    etree.SubElement(group, "termNote", {"type": "administrativeStatus"}).text = status
    if is_doubtful:
        etree.SubElement(group, "note").text = "To be confirmed by a native speaker."
