"""Tiny sites, built as an editor builds them."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

from journey.finished.gate import inspect
from support import SITES, journey, mkdocs

TinySite = Callable[[str], Path]


class _Page(HTMLParser):
    """Ids, links and language of a built page."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.tags: dict[str, dict[str, str | None]] = {}
        self.metas: list[dict[str, str | None]] = []
        self.text = path.read_text(encoding="utf-8")
        self.feed(self.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags.setdefault(tag, values)
        if tag in ("link", "meta"):
            self.metas.append({"tag": tag, **values})
        if values.get("id"):
            self.ids.add(str(values["id"]))
        for name in ("href", "src"):
            if tag in ("a", "img", "script", "link") and values.get(name):
                self.links.append(str(values[name]))

    def link(self, **wanted: str) -> list[str | None]:
        return [m.get("href") for m in self.metas if m["tag"] == "link" and wanted.items() <= m.items()]


def test_the_smallest_site_builds(tiny_site: TinySite) -> None:
    project = tiny_site("minimal")
    run = mkdocs("build", "--strict", cwd=project)
    assert run.code == 0, run.err
    page = _Page(project / "site" / "index.html")
    assert page.tags["html"] == {"lang": "en", "dir": "ltr"}
    assert "Hello." in page.text


def test_only_what_belongs_on_the_site_is_published(mounted_site: Path) -> None:
    published = {str(p.relative_to(mounted_site)) for p in mounted_site.rglob("*") if p.is_file()}
    assert "modules/water/data/rivers.csv" in published
    assert "research/lake/references.bib" in published
    assert "modules/water/assets/drop.svg" in published
    assert "ur/modules/water/assets/drop.ur.svg" in published or "ur/modules/water/assets/drop.svg" in published
    private = ("bank", "final", "trainer", "provenance", "README", "_template")
    assert not [name for name in published for word in private if word in name]
    assert not [p for p in mounted_site.rglob("*.html") if "Secret" in p.read_text(encoding="utf-8")]


def test_no_file_of_the_installed_theme_is_shipped(mounted_site: Path) -> None:
    assert {p.name for p in mounted_site.rglob("*.css")} == {"journey.css"}
    assert {p.name for p in mounted_site.rglob("*.js")} <= {
        "journey.js",
        "quiz.js",
        "progress.js",
        "profile.js",
        "course.js",
        "rubric.js",
        "tool.js",
        "terms.js",
        "glossary-page.js",
        "fold.js",
        "search.js",
        "offline.js",
        "sw.js",
        "cite.js",
        "lens.js",
    }


def test_every_link_and_anchor_leads_somewhere(mounted_site: Path) -> None:
    """The real site is looked at in the same way before it is published."""
    assert inspect(mounted_site, "/learn/").errors == ()


def test_a_page_knows_where_it_can_be_corrected(mounted_site: Path) -> None:
    def edit_links(page: str) -> list[str]:
        return [link for link in _Page(mounted_site / page).links if link.startswith("https://code.test/")]

    assert edit_links("about/index.html") == ["https://code.test/team/project/edit/main/docs/about.md"]
    assert edit_links("modules/water/01-first/index.html") == [
        "https://code.test/team/project/edit/main/modules/water/01-first.md"
    ]
    assert edit_links("ur/modules/water/01-first/index.html") == [
        "https://code.test/team/project/edit/main/modules/water/01-first.ur.md"
    ]


def test_a_fallback_page_is_labelled_as_what_it_is(mounted_site: Path) -> None:
    page = _Page(mounted_site / "ur/about/index.html")
    assert page.tags["html"] == {"lang": "ur", "dir": "rtl"}
    assert page.tags["article"] == {"class": "text", "lang": "en", "dir": "ltr"}
    assert '<p class="notice" lang="ur" dir="rtl">یہ صفحہ ابھی اردو میں دستیاب نہیں' in page.text
    assert page.link(rel="canonical") == ["https://site.test/learn/about/"]
    assert not [link for link in page.metas if link.get("hreflang")]


def test_a_translation_is_announced_and_a_fallback_is_not(mounted_site: Path) -> None:
    page = _Page(mounted_site / "modules/water/01-first/index.html")
    alternates = {m["hreflang"]: m["href"] for m in page.metas if m.get("hreflang")}
    assert alternates == {
        "en": "https://site.test/learn/modules/water/01-first/",
        "x-default": "https://site.test/learn/modules/water/01-first/",
        "ur": "https://site.test/learn/ur/modules/water/01-first/",
    }
    assert page.link(rel="canonical") == ["https://site.test/learn/modules/water/01-first/"]


def test_the_sitemap_lists_what_exists_in_a_language(mounted_site: Path) -> None:
    root = ET.parse(mounted_site / "sitemap.xml").getroot()
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    addresses = {str(e.text).removeprefix("https://site.test/learn/") for e in root.findall("s:url/s:loc", space)}
    assert addresses == {
        "", "about/", "facts/", "modules/water/", "modules/water/01-first/", "modules/water/02-second/", "research/lake/",
        "ur/", "ur/modules/water/01-first/", "ur/research/lake/", "km/modules/water/",
    }  # fmt: skip
    about = next(u for u in root.findall("s:url", space) if str(u.findtext("s:loc", "", space)).endswith("/about/"))
    assert about.findtext("s:lastmod", None, space) == "2026-03-09"
    assert [e.get("hreflang") for e in about.findall("x:link", space)] == ["en"]


def test_navigation_and_site_name_speak_the_language(mounted_site: Path) -> None:
    page = (mounted_site / "ur/modules/water/01-first/index.html").read_text(encoding="utf-8")
    assert "<title>پہلا: پانی – نصب</title>" in page
    assert ">ماڈیول</a>" in page
    assert '<p class="admonition-title">نوٹ</p>' in page
    fallback = (mounted_site / "ur/modules/water/02-second/index.html").read_text(encoding="utf-8")
    assert 'lang="en" dir="ltr">Second</a>' in fallback


def test_titles_of_notes_follow_the_language_of_the_text(mounted_site: Path) -> None:
    """An English page shown to a Khmer reader says Note, not កំណត់សម្គាល់."""
    page = (mounted_site / "km/modules/water/01-first/index.html").read_text(encoding="utf-8")
    assert '<p class="admonition-title">Note</p>' in page


def test_a_translation_takes_facts_from_its_source(mounted_site: Path) -> None:
    """Template, level and the like stand in the English page only."""
    assert '<body class="page home">' in (mounted_site / "index.html").read_text(encoding="utf-8")
    assert '<body class="page home">' in (mounted_site / "ur/index.html").read_text(encoding="utf-8")


def test_the_language_list_keeps_the_reader_on_the_page(mounted_site: Path) -> None:
    page = (mounted_site / "ur/modules/water/01-first/index.html").read_text(encoding="utf-8")
    assert 'href="../../../../modules/water/01-first/" lang="en"' in page
    assert 'href="../../../../km/modules/water/01-first/" lang="km" dir="ltr" hreflang="en"' in page


def test_the_page_for_wrong_addresses_speaks_every_language(real_site: Path) -> None:
    page = (real_site / "404.html").read_text(encoding="utf-8")
    for locale, words in (("ur", "یہ صفحہ موجود نہیں"), ("km", "មិនមានទំព័រនេះទេ"), ("zh", "页面不存在")):
        assert f'<section lang="{locale}"' in page
        assert words in page


def test_the_same_input_gives_the_same_bytes(tiny_site: TinySite, mounted_site: Path) -> None:
    project = tiny_site("mounted")
    assert mkdocs("build", "--strict", cwd=project).code == 0
    first = {p.relative_to(mounted_site): p.read_bytes() for p in mounted_site.rglob("*") if p.is_file()}
    second_root = project / "site"
    second = {p.relative_to(second_root): p.read_bytes() for p in second_root.rglob("*") if p.is_file()}
    assert first == second


def test_all_that_is_broken_is_said_at_once(golden: Callable[[Path, str], None]) -> None:
    run = journey("-f", str(SITES / "broken" / "mkdocs.yml"), "check")
    assert run.code == 1
    golden(SITES / "broken" / "messages.txt", run.out)


def test_a_broken_site_is_not_built_and_nothing_is_lost(tiny_site: TinySite) -> None:
    project = tiny_site("broken")
    (project / "site").mkdir()
    (project / "site" / "index.html").write_text("the last good page")
    for command in (lambda: mkdocs("build", cwd=project), lambda: journey("site", cwd=project)):
        run = command()
        assert run.code == 1
        assert "docs/index.md:2: C003" in run.out + run.err
        assert "docs/latin.md:6: C001" in run.out + run.err
        assert "Traceback" not in run.err
        assert (project / "site" / "index.html").read_text() == "the last good page"


def test_a_good_site_replaces_the_last_one(tiny_site: TinySite) -> None:
    project = tiny_site("mounted")
    (project / "site").mkdir()
    (project / "site" / "gone.html").write_text("from an earlier build")
    run = journey("site", cwd=project)
    assert run.code == 0, run.err
    assert not (project / "site" / "gone.html").exists()
    assert (project / "site" / "index.html").is_file()
    assert {p.name for p in project.iterdir()} == {
        ".cache",
        "docs",
        "modules",
        "research",
        "mkdocs.yml",
        "site",
        "trainer-pack",
    }


def test_a_link_that_only_mkdocs_understands_fails_the_strict_build(tiny_site: TinySite) -> None:
    project = tiny_site("mounted")
    page = project / "docs" / "about.md"
    page.write_text(page.read_text() + "\n[gone](../modules/water/01-first.md#nosuch)\n")
    run = journey("site", cwd=project)
    assert run.code == 1
    assert "docs/about.md:10: C011" in run.out + run.err


@pytest.mark.parametrize("setting", ["severity: { C099: error }", "severity: { C010: fatal }"])
def test_a_severity_that_makes_no_sense_is_refused(tiny_site: TinySite, setting: str) -> None:
    project = tiny_site("minimal")
    config = project / "mkdocs.yml"
    config.write_text(config.read_text().replace("own_theme_files_only: true", setting))
    run = journey("check", cwd=project)
    assert run.code == 2
    assert "severity" in run.err


def test_severity_is_policy(tiny_site: TinySite) -> None:
    project = tiny_site("minimal")
    page = project / "docs" / "index.md"
    page.write_text(page.read_text() + "\n[gone](gone.md)\n")
    assert journey("check", cwd=project).code == 1
    config = project / "mkdocs.yml"
    config.write_text(config.read_text().replace("own_theme_files_only: true", "severity: { C010: warning }"))
    assert journey("check", cwd=project).code == 0
    assert journey("check", "--strict", cwd=project).code == 1


def test_a_final_appears_nowhere_and_the_page_says_where_it_is_taken(mounted_site: Path) -> None:
    page = (mounted_site / "modules/water/02-second/index.html").read_text(encoding="utf-8")
    assert "The final test is not on this site." in page
    assert "What crosses a river?" in page
    assert "Name a river." in page  # drawn from the bank
    for file in mounted_site.rglob("*"):
        if file.is_file():
            assert b"Secret" not in file.read_bytes(), file


def test_a_chart_speaks_the_readers_language_and_shows_its_data(mounted_site: Path) -> None:
    english = (mounted_site / "modules/water/01-first/index.html").read_text(encoding="utf-8")
    urdu = (mounted_site / "ur/modules/water/01-first/index.html").read_text(encoding="utf-8")
    for page, words in (
        (english, ["The long river is long", "Length (miles)", "Source:", ">The long one</th>", "<title id=", "lang=", 'href="../data/rivers.csv"']),
        (urdu, ["لمبا دریا لمبا ہے", "لمبائی (میل)", "ماخذ:", ">لمبا دریا</th>", "کیا ناپا گیا: لمبائی (میل)۔"]),
    ):  # fmt: skip
        figure = page[
            page.index('<figure class="chart" id="w-chart-rivers">') : page.index(
                "</figure>", page.index('<figure class="chart"')
            )
        ]
        for one in words:
            assert one in figure or one in page, one
        assert "@@" not in page and "kind: bar" not in page
    figure = urdu[urdu.index('<figure class="chart"') :]
    figure = figure[: figure.index("</figure>")]
    assert 'direction="rtl"' in figure
    assert '<span dir="ltr" lang="en"><a href="https://rivers.test/book">' in figure
    assert "style=" not in figure and "onclick" not in figure
    link = re.search(r'href="([^"]*rivers.csv)"', figure)
    assert link and (mounted_site / "ur/modules/water/01-first" / link[1]).resolve().is_file()
    assert not list(mounted_site.rglob("rivers.yml"))


def test_a_quoted_figure_leads_to_its_source_in_the_readers_language(mounted_site: Path) -> None:
    page = (mounted_site / "ur/modules/water/01-first/index.html").read_text(encoding="utf-8")
    assert '<a class="fact" href="../../../facts/#world-water-2020" title="People with a tap, 2020. ' in page
    facts = (mounted_site / "ur/facts/index.html").read_text(encoding="utf-8")
    assert 'id="world-water-2020"' in facts
    assert "دنیا" in facts, "the place has its name in Urdu"
    assert '<dd lang="en" dir="ltr">Rivers, <em>A Book</em> (2021) <a href="https://rivers.test/book">' in facts
    assert 'href="../modules/water/01-first/"' in facts, "the pages that quote it"


def test_what_is_new_comes_from_front_matter_newest_first(real_site: Path) -> None:
    for page in ("new/index.html", "km/new/index.html"):
        text = (real_site / page).read_text(encoding="utf-8")
        days = re.findall(r'<time datetime="([\d-]+)">', text)
        assert days and days == sorted(days, reverse=True)
        assert "modules/coordination/01-one-person-five-doors/" in text
        assert "contribute/" not in text[text.index('class="news"') : text.index("</article>")]


@pytest.mark.parametrize("locale", ["", "ur/", "km/"])
def test_every_unit_is_three_taps_from_the_home_page(real_site: Path, locale: str) -> None:
    def targets(page: Path) -> set[Path]:
        links = [link.partition("#")[0] for link in _Page(page).links if not re.match(r"[a-z]+:", link)]
        found = {(page.parent / link).resolve() for link in links}
        return {one / "index.html" if one.is_dir() else one for one in found}

    home = (real_site / locale / "index.html").resolve()
    first = targets(home)
    second = set[Path]().union(*(targets(one) for one in first if one.suffix == ".html" and one.is_file()))
    units = set((real_site / locale / "modules").resolve().glob("*/0*/index.html"))
    assert len(units) > 30 and units <= first | second


@pytest.mark.parametrize("locale", ["", "ur/"])
def test_a_unit_tells_machines_what_it_is(real_site: Path, locale: str) -> None:
    address = f"{locale}modules/coordination/01-one-person-five-doors/"
    text = (real_site / address / "index.html").read_text(encoding="utf-8")
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.S)
    assert found is not None
    data = json.loads(found[1])
    assert data["@type"] == "LearningResource" and len(data["teaches"]) == 3
    assert data["inLanguage"] == (locale.strip("/") or "en") and data["url"].endswith(f"/{address}")
    assert {one["targetName"] for one in data["educationalAlignment"]} >= {"1.3"}
    metas = {
        str(one.get("property")): str(one.get("content")) for one in _Page(real_site / address / "index.html").metas
    }
    picture = metas["og:image"].split("/", 3)[3]
    assert (real_site / picture).read_bytes().startswith(b"\x89PNG") and metas["og:image:alt"]
    assert metas["og:url"] == data["url"]
    fallback = (real_site / "ur/modules/coordination/02-directions-and-levels/index.html").read_text(encoding="utf-8")
    assert "ld+json" not in fallback and 'content="noindex, follow"' in fallback
