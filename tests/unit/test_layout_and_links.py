"""Where files lie, what is published, and how a link on disk becomes a link on the site."""

from __future__ import annotations

import posixpath
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.content.links import to_site
from journey.layout import Kind, Layout
from journey.locales import split_locale

LAYOUT = Layout(Path("project"))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("registration.md", ("registration.md", None)),
        ("registration.ur.md", ("registration.md", "ur")),
        ("guide.ok.md", ("guide.md", "ok")),
        ("map.zh-Hant.svg", ("map.svg", "zh-Hant")),
        ("v1.2-notes.md", ("v1.2-notes.md", None)),
        (".ur.md", (".ur.md", None)),
        ("ur.md", ("ur.md", None)),
    ],
)
def test_locale_suffixes(name: str, expected: tuple[str, str | None]) -> None:
    assert split_locale(name) == expected


@pytest.mark.parametrize(
    ("path", "kind", "published"),
    [
        ("docs/index.md", Kind.PAGE, True),
        ("docs/assets/a.svg", Kind.ASSET, True),
        ("modules/index.md", Kind.PAGE, True),
        ("modules/coordination/index.ur.md", Kind.MODULE, True),
        ("modules/coordination/01-doors.md", Kind.UNIT, True),
        ("modules/coordination/bank.md", Kind.PRIVATE, False),
        ("modules/coordination/final.ur.md", Kind.PRIVATE, False),
        ("modules/coordination/trainer.md", Kind.PRIVATE, False),
        ("modules/coordination/assets/a.svg", Kind.ASSET, True),
        ("modules/coordination/a.docx", Kind.STRAY, False),
        ("modules/coordination/README.md", Kind.PAGE, False),
        ("modules/_template/01-template.md", Kind.UNIT, False),
        ("modules/simplify/pocket.yml", Kind.PRIVATE, False),
        ("research/kenya/brief.md", Kind.PAPER, True),
        ("research/kenya/data/a.csv", Kind.ASSET, True),
        ("research/kenya/data/a.md", Kind.PRIVATE, False),
        ("research/kenya/data/a.xlsx", Kind.PRIVATE, False),
        ("research/kenya/references.bib", Kind.ASSET, True),
    ],
)
def test_kinds_and_what_is_published(path: str, kind: Kind, published: bool) -> None:
    assert LAYOUT.kind(PurePosixPath(path)) is kind
    assert LAYOUT.is_published(PurePosixPath(path)) is published


@pytest.mark.parametrize(
    ("page", "target", "expected"),
    [
        ("index.md", "../modules/water/index.md", "modules/water/index.md"),
        ("contribute/write.md", "../../modules/water/index.md#why", "../modules/water/index.md#why"),
        ("modules/water/01-first.md", "../../docs/about.md", "../../about.md"),
        ("modules/water/01-first.md", "index.md", "index.md"),
        ("modules/water/01-first.ur.md", "assets/a%20b.svg", "assets/a%20b.svg"),
        ("modules/water/index.md", "../../research/lake/index.md", "../../research/lake/index.md"),
        ("modules/water/index.md", "../../README.md", "../../README.md"),
        ("index.md", "https://example.org/a.md", "https://example.org/a.md"),
        ("index.md", "mailto:a@example.org", "mailto:a@example.org"),
        ("index.md", "#here", "#here"),
        ("index.md", "/about/", "/about/"),
    ],
)
def test_links_on_disk_become_links_on_the_site(page: str, target: str, expected: str) -> None:
    assert to_site(LAYOUT, page, target) == expected


NAMES = st.text(alphabet="abc-1", min_size=1, max_size=4)
FILES = st.tuples(st.sampled_from(["docs", "modules", "research"]), st.lists(NAMES, min_size=1, max_size=3)).map(
    lambda parts: PurePosixPath(parts[0], *parts[1][:-1], parts[1][-1] + ".md")
)


@given(FILES, FILES)
def test_a_rewritten_link_means_the_same_file(page: PurePosixPath, target: PurePosixPath) -> None:
    uri = LAYOUT.site_uri(page)
    if uri.parts[0] in LAYOUT.mounts and page.parts[0] == "docs":
        return  # docs/modules/ would hide behind the mount; MkDocs has the same limit
    if target.parts[0] == "docs" and LAYOUT.site_uri(target).parts[0] in LAYOUT.mounts:
        return
    written = posixpath.relpath(target, page.parent)
    reached = posixpath.normpath(posixpath.join(uri.parent, to_site(LAYOUT, str(uri), written)))
    assert LAYOUT.disk_path(PurePosixPath(reached)) == target


@pytest.mark.parametrize(
    ("source", "locale", "url"),
    [
        ("docs/index.md", "en", ""),
        ("docs/index.md", "ur", "ur/"),
        ("docs/about.md", "ur", "ur/about/"),
        ("modules/coordination/index.md", "en", "modules/coordination/"),
        ("modules/coordination/01-doors.md", "km", "km/modules/coordination/01-doors/"),
    ],
)
def test_the_address_of_a_page(source: str, locale: str, url: str) -> None:
    assert LAYOUT.page_url(PurePosixPath(source), locale) == url
