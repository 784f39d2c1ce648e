"""Sources on a built site: lists, languages, metadata and feeds as readers and machines find them."""

from __future__ import annotations

import json
import re
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import lxml.html
import pytest

from journey.papers.feed import ATOM
from support import journey, mkdocs

TinySite = Callable[[str], Path]
LAKE = "research/lake/index.html"


def _open(path: Path) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("page", "heading", "texts"),
    [
        (LAKE, "References", ["Lake Office 2021, p. 12", "Khan and Chea 2019", "Lake Office 2021"]),
        (f"ur/{LAKE}", "حوالہ جات", ["Lake Office 2021، ص 12", "Khan اور Chea 2019"]),
        (f"km/{LAKE}", "References", ["Lake Office 2021, p. 12", "Khan and Chea 2019", "Lake Office 2021"]),
    ],
)
def test_every_citation_leads_to_its_work(mounted_site: Path, page: str, heading: str, texts: list[str]) -> None:
    html = _open(mounted_site / page)
    links = html.xpath('//a[@class="citation"]')
    assert [link.text_content() for link in links] == texts
    listed = html.xpath('//ul[@class="references-list"]/li/@id')
    assert listed == ["ref-khan-2019", "ref-lake-office-2021"]
    assert {link.get("href").removeprefix("#") for link in links} == set(listed)
    (title,) = html.xpath('//h2[@id="references"]')
    assert title.text == heading
    assert 'href="#references"' in (mounted_site / page).read_text(encoding="utf-8")  # in the contents, too


def test_titles_are_in_their_own_language_and_direction(mounted_site: Path) -> None:
    def languages(page: str) -> list[tuple[str, str | None, str | None]]:
        found = _open(mounted_site / page).xpath('//ul[@class="references-list"]//*[self::cite or self::span]')
        return [(one.text, one.get("lang"), one.get("dir")) for one in found]

    assert languages(LAKE)[0] == ("پانی اور زمین", "ur", "rtl")
    assert languages(LAKE)[2] == ("How we pay", None, None)
    assert languages(f"ur/{LAKE}")[1] == ("How we pay", "en", "ltr")


def test_machines_read_the_same_as_people(mounted_site: Path) -> None:
    html = _open(mounted_site / LAKE)
    tags = {one.get("name"): one.get("content") for one in html.xpath('//meta[starts-with(@name, "citation_")]')}
    (data,) = (json.loads(one.text) for one in html.xpath('//script[@type="application/ld+json"]'))
    assert data["@type"] == ["ScholarlyArticle", "LearningResource"]
    assert tags["citation_title"] == data["headline"] == 'Lake & "river"'
    assert tags["citation_author"] == data["author"]["name"] == "Mounted"
    assert tags["citation_publication_date"] == "2026/05/04"
    assert (data["datePublished"], data["dateModified"]) == ("2026-03-01", "2026-05-04")
    assert tags["citation_language"] == data["inLanguage"] == "en"
    assert tags["citation_fulltext_html_url"] == data["@id"] == html.xpath('//link[@rel="canonical"]/@href')[0]
    assert data["educationalAlignment"][0]["targetName"] == "1.3"
    assert data["teaches"] == ["Name what the lake teaches."]
    assert [one["inLanguage"] for one in data["workTranslation"]] == ["ur"]
    assert [one["url"] for one in data["citation"]] == [
        "https://example.org/how-we-pay",
        "https://doi.org/10.1000/182",
    ]


def test_a_translation_is_a_work_of_its_own_and_a_fallback_is_none(mounted_site: Path) -> None:
    html = _open(mounted_site / f"ur/{LAKE}")
    (data,) = (json.loads(one.text) for one in html.xpath('//script[@type="application/ld+json"]'))
    assert (data["headline"], data["inLanguage"], data["dateModified"]) == ("جھیل", "ur", "2026-06-07")
    assert data["translationOfWork"] == {"@id": "https://site.test/learn/research/lake/"}
    fallback = _open(mounted_site / f"km/{LAKE}")
    assert not fallback.xpath('//meta[starts-with(@name, "citation_")] | //script[@type="application/ld+json"]')
    said = fallback.xpath('//pre[@id="cite-text-1"]')[0]  # a reader who cites it cites the English page
    assert said.text_content().endswith("https://site.test/learn/research/lake/")
    assert said.get("lang") == "en"


def test_only_pages_that_cite_or_ask_carry_the_script(mounted_site: Path) -> None:
    with_script = {
        path.parent.relative_to(mounted_site).as_posix()
        for path in mounted_site.rglob("*.html")
        if "assets/js/cite.js" in path.read_text(encoding="utf-8")
    }
    assert with_script == {"research/lake", "ur/research/lake", "km/research/lake"}


def test_a_page_can_ask_to_be_cited(tiny_site: TinySite) -> None:
    project = tiny_site("mounted")
    page = project / "docs/about.md"
    page.write_text(page.read_text(encoding="utf-8").replace("---\n", "---\ncite: true\n", 1), encoding="utf-8")
    run = mkdocs("build", "--strict", cwd=project)
    assert run.code == 0, run.err
    html = _open(project / "site/about/index.html")
    assert len(html.xpath('//details[@id="cite"]//pre')) == 3
    assert not html.xpath('//*[@id="references"]')
    (data,) = (json.loads(one.text) for one in html.xpath('//script[@type="application/ld+json"]'))
    assert data["@type"] == "LearningResource"


def test_every_language_has_a_feed_of_what_is_dated(mounted_site: Path) -> None:
    space = {"a": ATOM}
    for below, titles in (("", ['Lake & "river"', "About", "Water"]), ("ur/", ["جھیل"])):
        root = ET.parse(mounted_site / below / "feed.xml").getroot()
        assert [one.text for one in root.findall("a:entry/a:title", space)] == titles
        assert root.findtext("a:id", namespaces=space) == f"https://site.test/learn/{below}feed.xml"
        link = _open(mounted_site / below / "index.html").xpath('//link[@type="application/atom+xml"]/@href')
        assert link == ["feed.xml"]
        for url in root.findall("a:entry/a:id", space):
            assert (mounted_site / str(url.text).removeprefix("https://site.test/learn/") / "index.html").is_file()
    assert not (mounted_site / "km/feed.xml").exists()
    assert "atom+xml" not in (mounted_site / "km/index.html").read_text(encoding="utf-8")


def test_without_an_address_there_is_neither_feed_nor_metadata(tiny_site: TinySite) -> None:
    project = tiny_site("mounted")
    settings = project / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(re.sub(r"site_url: .*\n", "", text), encoding="utf-8")
    run = mkdocs("build", "--strict", cwd=project)
    assert run.code == 0, run.err
    assert not list((project / "site").rglob("feed.xml"))
    text = (project / "site" / LAKE).read_text(encoding="utf-8")
    assert "citation_title" not in text and "ld+json" not in text and "atom+xml" not in text
    assert "@online{lake-2026" in text and "url = " not in text


def test_the_same_bytes_every_time(tiny_site: TinySite, mounted_site: Path) -> None:
    project = tiny_site("mounted")
    assert mkdocs("build", "--strict", cwd=project).code == 0
    for name in (LAKE, f"ur/{LAKE}", "feed.xml", "ur/feed.xml"):
        assert (project / "site" / name).read_bytes() == (mounted_site / name).read_bytes()


def test_questions_cite_works_and_exports_name_them(tiny_site: TinySite) -> None:
    project = tiny_site("mounted")
    shutil.copy(project / "research/lake/references.bib", project / "modules/water/references.bib")
    bank = project / "modules/water/bank.md"
    text = bank.read_text(encoding="utf-8")
    cited = text.replace("Name a river.", "Name a river [@khan-2019, p. 3; @lake-office-2021].", 1)
    assert cited != text
    bank.write_text(cited, encoding="utf-8")
    run = journey("export", "moodle-xml", "--output", "out", "--locale", "en", cwd=project)
    assert run.code == 0, run.out + run.err
    made = (project / "out/water.en.xml").read_text(encoding="utf-8")
    assert "</bdi> 2019, p. 3</span>; <span>Lake Office 2021</span>)" in made
    assert "@khan-2019" not in made and "#ref-" not in made
