"""How a page is cited, what machines learn of it, and the feed: read back by other people's parsers."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from bibtexparser.entrypoint import parse_string
from bibtexparser.model import Entry

from journey.papers.feed import ATOM, LIMIT, FeedEntry, render_feed
from journey.papers.metadata import highwire_tags, json_ld, script_of
from journey.papers.record import PageRecord, later, to_apa, to_bibtex, to_ris

PAGE = PageRecord(
    id="kenya",
    title="Kenya: 50% & more {of_it} #1",
    description="What Kenya teaches.",
    author="Learning Journey",
    site="Social protection governance",
    locale="en",
    url="https://site.test/research/kenya/",
    published="2026-03-01",
    modified="2026-11-05",
    is_paper=True,
    sdg=["1.3"],
    objectives=["Name one."],
)


def test_apa() -> None:
    assert to_apa(PAGE) == (
        "Learning Journey. (2026, November 5). Kenya: 50% & more {of_it} #1. "
        "Social protection governance. https://site.test/research/kenya/"
    )
    alone = replace(PAGE, site=PAGE.author, title="Who pays?", modified="", url="")
    assert to_apa(alone) == "Learning Journey. (n.d.). Who pays?."


@pytest.mark.parametrize("locale", ["en", "ur"])
def test_bibtex_is_read_back_by_a_parser(locale: str) -> None:
    (entry,) = parse_string(to_bibtex(replace(PAGE, locale=locale))).blocks
    assert isinstance(entry, Entry)
    assert (entry.entry_type, entry.key) == ("online", "kenya-2026" if locale == "en" else "kenya-2026-ur")
    fields = {field.key: field.value for field in entry.fields}
    assert fields["title"] == r"{Kenya: 50\% \& more \{of\_it\} \#1}"
    assert fields["author"] == "{Learning Journey}"
    assert (fields["date"], fields["year"], fields["url"]) == ("2026-11-05", "2026", PAGE.url)
    assert fields["langid"] == {"en": "british", "ur": "urdu"}[locale]


def test_ris_has_the_tags_in_the_order_that_readers_expect() -> None:
    lines = to_ris(PAGE).split("\n")
    assert lines[0] == "TY  - ELEC"
    assert lines[-1] == "ER  - "
    assert {"AU  - Learning Journey,", "PY  - 2026", "DA  - 2026/11/05/", f"UR  - {PAGE.url}", "LA  - en"} <= set(lines)
    assert not [line for line in to_ris(replace(PAGE, modified="")).split("\n") if line[:2] in ("PY", "DA")]


def test_the_later_day_counts() -> None:
    assert later("2026-01-02", "2025-12-31") == "2026-01-02"
    assert later(None, "2025-12-31") == "2025-12-31"
    assert later(None, None) == ""
    assert later("26.11.2026", "2025-12-31") == "2025-12-31"


def test_no_text_can_end_the_script_element() -> None:
    text = script_of(replace(PAGE, title="</script><b>", description="سماجی"))
    assert "<" not in text
    assert "سماجی" in text
    assert json.loads(text)["headline"] == "</script><b>"


def test_a_translation_names_its_source_and_a_source_its_translations() -> None:
    source = json_ld(replace(PAGE, translations=[("ur", "https://site.test/ur/research/kenya/")]))
    assert [(one["inLanguage"], one["url"]) for one in source["workTranslation"]] == [
        ("ur", "https://site.test/ur/research/kenya/")
    ]
    assert "translationOfWork" not in source
    assert json_ld(replace(PAGE, source_url=PAGE.url))["translationOfWork"] == {"@id": PAGE.url}


def test_a_page_without_dates_says_none() -> None:
    bare = replace(PAGE, published="", modified="", sdg=[], objectives=[])
    assert not {"datePublished", "dateModified", "teaches", "educationalAlignment"} & set(json_ld(bare))
    assert "citation_publication_date" not in dict(highwire_tags(bare))


def entry(number: int, day: str, title: str = "T & <t>") -> FeedEntry:
    return FeedEntry(title, f"https://site.test/{number:03}/", "S", day)


def feed(*entries: FeedEntry) -> bytes:
    return render_feed("https://site.test/feed.xml", "https://site.test/", "Site", "Us", "en", entries)


def test_a_feed_is_valid_atom_with_the_newest_first() -> None:
    data = feed(entry(1, "2026-01-01"), entry(3, "2026-02-02"), entry(2, "2026-02-02"), entry(4, ""))
    root = ET.fromstring(data)
    space = {"a": ATOM}
    assert [one.text for one in root.findall("a:entry/a:id", space)] == [
        "https://site.test/002/",
        "https://site.test/003/",
        "https://site.test/001/",
    ]
    assert root.findtext("a:updated", namespaces=space) == "2026-02-02T00:00:00Z"
    assert root.findtext("a:entry/a:title", namespaces=space) == "T & <t>"
    for parent in (root, *root.findall("a:entry", space)):  # what RFC 4287 demands, sections 4.1.1 and 4.1.2
        for tag in ("id", "title", "updated"):
            assert len(parent.findall(f"a:{tag}", space)) == 1
    assert root.find("a:author/a:name", space) is not None


def test_a_feed_does_not_grow_for_ever_and_is_not_made_for_nothing() -> None:
    many = [entry(n, f"20{n // 12:02}-{n % 12 + 1:02}-01") for n in range(LIMIT + 10)]
    root = ET.fromstring(feed(*many))
    assert len(root.findall(f"{{{ATOM}}}entry")) == LIMIT
    assert feed(*many) == feed(*reversed(many))
    assert feed(entry(1, "")) == b""
