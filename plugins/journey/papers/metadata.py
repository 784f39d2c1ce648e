"""What machines learn of a paper: Highwire Press tags for indexes of literature, schema.org for everybody else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from .record import PageRecord

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
SDG_TARGET = "http://metadata.un.org/sdg/"
"""The United Nations' own addresses of goals and targets (linked data, http by design)."""


def highwire_tags(record: PageRecord) -> Iterator[tuple[str, str]]:
    """`<meta name content>` pairs as Google Scholar asks for (Inclusion Guidelines, "Indexing"); dates with slashes."""
    yield "citation_title", record.title
    yield "citation_author", record.author
    if record.modified:
        yield "citation_publication_date", record.modified.replace("-", "/")
    yield "citation_language", record.locale
    yield "citation_publisher", record.site
    yield "citation_fulltext_html_url", record.url
    if record.is_paper:
        yield "citation_technical_report_institution", record.author


def json_ld(record: PageRecord) -> dict[str, Any]:
    """schema.org: every page is a LearningResource, a paper also a ScholarlyArticle; keys without value are left out."""
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": ["ScholarlyArticle", "LearningResource"] if record.is_paper else "LearningResource",
        "@id": record.url,
        "url": record.url,
        "headline" if record.is_paper else "name": record.title,
        "abstract" if record.is_paper else "description": record.description,
        "inLanguage": record.locale,
        "author": {"@type": "Organization", "name": record.author},
        "publisher": {"@type": "Organization", "name": record.site},
        "datePublished": record.published or record.modified,
        "dateModified": record.modified,
        "isAccessibleForFree": True,
        "license": LICENCE,
        "teaches": list(record.objectives),
        "educationalAlignment": [
            {
                "@type": "AlignmentObject",
                "alignmentType": "educationalSubject",
                "educationalFramework": "Sustainable Development Goals",
                "targetName": target,
                "targetUrl": SDG_TARGET + target,
            }
            for target in record.sdg
        ],
        "translationOfWork": {"@id": record.source_url} if record.source_url else None,
        "workTranslation": [
            {"@type": "CreativeWork", "@id": url, "url": url, "inLanguage": locale}
            for locale, url in record.translations
        ],
        "citation": [
            {
                "@type": "CreativeWork",
                "name": one.work.get("title") or one.work.key,
                "inLanguage": one.work.language,
                **({"datePublished": one.work.year[:4]} if one.work.year else {}),
                **({"url": one.work.address} if one.work.address else {}),
            }
            for one in record.cited
        ],
    }
    return {key: value for key, value in found.items() if value not in ("", None, [])}


def script_of(record: PageRecord) -> str:
    """The same as text for a script element: letters of every script as they are, since escapes would weigh twice as
    much, and `<` escaped, so that no text can end the element.
    """
    return json.dumps(json_ld(record), ensure_ascii=False).replace("<", "\\u003c")
