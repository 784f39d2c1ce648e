"""The sites that are measured: ours, and the same content without any of our plugins."""

from __future__ import annotations

import re
import shutil
from pathlib import Path, PurePosixPath

import yaml

from journey.content.links import to_site
from journey.layout import Layout

ROOT = Path(__file__).parent.parent
_BLOCK = re.compile(r"^/// ([\w-]+)(?: \|[^\n]*)?\n(.*?)^///$", re.M | re.S)
_LOCALISED = re.compile(r"\.\w\w\.\w+$")
_LINK = re.compile(r"(\]\()([^)\s]+)(\))")


def copy_ours(target: Path) -> Path:
    """Our site as it is."""
    for name in ("docs", "modules", "research", "overrides"):
        shutil.copytree(ROOT / name, target / name)
    shutil.copy(ROOT / "mkdocs.yml", target)
    return target


def make_plain(ours: Path, target: Path, search: bool) -> Path:
    """The content of one of our sites for plain MkDocs, Material and static-i18n."""
    layout = Layout(ours)
    for path in layout.iter_files():
        if not layout.is_published(path):
            continue
        uri = layout.site_uri(path)
        file = target / "docs" / uri
        file.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".md":
            file.write_text(_plain_markdown(layout, uri, (ours / path).read_text(encoding="utf-8")), encoding="utf-8")
        else:
            shutil.copy(ours / path, file)
    khmer = target / "overrides/partials/languages/km.html"
    khmer.parent.mkdir(parents=True)
    shutil.copy(ROOT / "overrides/partials/languages/km.html", khmer)  # Material has none and would not build
    (target / "mkdocs.yml").write_text(_plain_settings(ours, search), encoding="utf-8")
    return target


def make_english(plain: Path, target: Path) -> Path:
    """A plain site in English only, without static-i18n and without a folder of the theme's own: Zensical has neither."""
    shutil.copytree(plain / "docs", target / "docs")
    for path in (target / "docs").rglob("*"):
        if _LOCALISED.search(path.name):
            path.unlink()
    settings = yaml.safe_load((plain / "mkdocs.yml").read_text(encoding="utf-8"))
    settings["plugins"] = ["search"]
    settings["theme"].pop("custom_dir", None)
    (target / "mkdocs.yml").write_text(yaml.safe_dump(settings, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return target


def _plain_markdown(layout: Layout, uri: PurePosixPath, text: str) -> str:
    text = re.sub(r"^(template|objectives|sdg|  [\w-]+-o\d+):.*\n", "", text, flags=re.M)
    text = re.sub(r"\[([^\]]*)\]\((?:fact|term):[^)]*\)", r"\1", text)
    text = _BLOCK.sub(lambda m: f"!!! note\n{re.sub(r'^(?=.)', '    ', m[2], flags=re.M)}", text)
    return _LINK.sub(lambda m: m[1] + to_site(layout, str(uri), m[2]) + m[3], text)


def _plain_settings(ours: Path, search: bool) -> str:
    settings = yaml.safe_load((ours / "mkdocs.yml").read_text(encoding="utf-8"))
    i18n = next(p for p in settings["plugins"] if isinstance(p, dict) and "i18n" in p)
    for key in ("extra_css", "extra_javascript", "edit_uri", "repo_url"):
        settings.pop(key, None)
    settings["plugins"] = [*(["search"] if search else []), i18n]
    extensions = settings["markdown_extensions"]
    settings["markdown_extensions"] = [one for one in extensions if not str(one).startswith("journey.")]
    settings["theme"]["features"] = ["navigation.tabs", "navigation.sections", "navigation.footer", "toc.follow"]
    return yaml.safe_dump(settings, allow_unicode=True, sort_keys=False)


KEPT = frozenset({"about.md", "progress.md", "saved.md"})
"""Pages below docs that a grown site has; no other links from there."""


def grow(target: Path, pages: int) -> Path:
    """Our site in one language: `pages` units in modules of ten, with the text of our first unit and what belongs to it."""
    copy_ours(target)
    docs, first = target / "docs", ROOT / "modules/coordination"
    facts = [(ROOT / path).read_text(encoding="utf-8") for path in sorted(ROOT.glob("modules/*/facts.yml"))]
    shutil.rmtree(target / "modules")
    shutil.rmtree(target / "research")
    shutil.rmtree(docs / "courses")
    for path in docs.rglob("*"):
        if (path.suffix == ".md" and path.relative_to(docs).as_posix() not in KEPT) or _LOCALISED.search(path.name):
            path.unlink()
    (docs / "about.md").rename(docs / "index.md")
    unit = (first / "01-one-person-five-doors.md").read_text(encoding="utf-8")
    overview = (first / "index.md").read_text(encoding="utf-8")
    nav: list[object] = ["index.md", *sorted(KEPT - {"about.md"})]
    for number in range(-(-pages // 10)):
        folder = target / f"modules/module-{number}"
        shutil.copytree(first / "assets", folder / "assets", ignore=shutil.ignore_patterns("*.??.*"))
        names = [f"{one:02}-unit.md" for one in range(1, min(10, pages - number * 10) + 1)]
        (folder / "index.md").write_text(_own(overview, "m1", f"g{number}"), encoding="utf-8")
        for name in names:
            text = _own(_own(unit, "m1-u1", f"g{number}-u{name[:2]}"), "m1", f"g{number}-u{name[:2]}")
            (folder / name).write_text(text, encoding="utf-8")
        nav.append({f"Module {number}": [f"modules/module-{number}/{name}" for name in ["index.md", *names]]})
    cited = re.sub(
        r"(modules|research)/[\w/-]+\.md(#[\w-]+)?", "modules/module-0/01-unit.md#five-doors", "\n".join(facts)
    )
    (target / "modules/module-0/facts.yml").write_text(cited, encoding="utf-8")
    settings = yaml.safe_load((target / "mkdocs.yml").read_text(encoding="utf-8"))
    settings["nav"] = nav
    i18n = next(p for p in settings["plugins"] if isinstance(p, dict) and "i18n" in p)
    i18n["i18n"]["languages"] = i18n["i18n"]["languages"][:1]
    (target / "mkdocs.yml").write_text(yaml.safe_dump(settings, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return target


def _own(text: str, id: str, other: str) -> str:
    """A text with another id, and all ids that begin with it."""
    return re.sub(rf"\b{id}(?=\b|-)", other, text)
