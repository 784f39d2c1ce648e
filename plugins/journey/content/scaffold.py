"""New modules, units, papers and translations, copied from the templates beside the content.

The templates are ordinary pages that pass every check. All ids in them begin with the id of their
`index.md`, and that is what changes in the copy.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import yaml

from ..frontmatter import allowed_keys, parse_front_matter
from ..layout import Kind, Layout
from ..locales import LOCALES, SOURCE
from .model import Project, ids_of

_SLUG = re.compile(r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")


class ScaffoldError(Exception):
    """What was asked for can not be made; the text says why and what to do."""


@dataclass(frozen=True)
class NewFile:
    """A file to be written: its path below the project's root and its text."""

    path: PurePosixPath
    text: str


def new_module(project: Project, slug: str, title: str, module_id: str) -> list[NewFile]:
    """The files of a new module in `modules/<slug>/`, with its first unit."""
    return _from_template(project, "modules", slug, title, module_id)


def new_paper(project: Project, slug: str, title: str, paper_id: str) -> list[NewFile]:
    """The files of a new paper in `research/<slug>/`."""
    return _from_template(project, "research", slug, title, paper_id)


def new_unit(project: Project, module: str, slug: str, title: str) -> list[NewFile]:
    """The next unit of a module; its number is one above the highest ever used there."""
    folder = PurePosixPath("modules", module.removeprefix("modules/").rstrip("/"))
    overview = project.pages.get(folder / "index.md")
    if overview is None:
        published = (p.path for p in project.iter_sources() if p.kind is Kind.MODULE)
        known = sorted(path.parent.name for path in published if project.layout.is_published(path))
        raise ScaffoldError(f"There is no module {module}. Modules: {', '.join(known)}.")
    _check_slug(slug)
    units = [p for p in project.iter_sources() if p.kind is Kind.UNIT and p.path.parent == folder]
    number = max((int(unit.path.name[:2]) for unit in units), default=0) + 1
    module_id = str(overview.front_matter.values["id"])
    objectives = [
        int(name.rpartition("-o")[2])
        for unit in [overview, *units]
        for name in unit.front_matter.values.get("objectives", {})
    ]
    text = _read(project.layout, PurePosixPath("modules/_template/01-template.md"))
    text = text.replace("template-u1", f"{module_id}-u{number}")
    text = text.replace("template-o1", f"{module_id}-o{max(objectives, default=0) + 1}")
    text = _set_title(text.replace("template-", f"{module_id}-u{number}-"), title)
    return _ensure_free(project, [NewFile(folder / f"{number:02}-{slug}.md", text)])


def new_translation(project: Project, page: PurePosixPath, locale: str) -> list[NewFile]:
    """A translation to fill in: the English text, with the keys that a translation carries, as a draft."""
    source = project.pages.get(page)
    if source is None or source.is_translation:
        sources = map(str, (p.path for p in project.iter_sources()))
        meant = source.source if source else next((p for p in sources if p.endswith(f"/{page}")), None)
        hint = f" Do you mean {meant}?" if meant else " Name it as it lies on disk: docs/about.md."
        raise ScaffoldError(f"{page} is no English page of this project.{hint}")
    if locale == SOURCE or locale not in project.layout.locales:
        others = ", ".join(
            f"{code} ({LOCALES[code].english_name})" for code in project.layout.locales if code != SOURCE
        )
        raise ScaffoldError(f"{locale} is not a language to translate into. Languages: {others}.")
    text = _read(project.layout, page)
    words = set(allowed_keys("translation")) - {"reviewed_on", "reviewed_by_role"}
    values = {key: value for key, value in parse_front_matter(text).values.items() if key in words}
    if "objectives" in values:
        known = _translated_objectives(project, page.parent, locale)
        values["objectives"] = {name: known.get(name, words) for name, words in values["objectives"].items()}
    values["status"] = "draft"
    body = "\n".join(text.split("\n")[source.front_matter.end_line :])
    block = yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=10_000)
    target = page.with_name(f"{page.stem}.{locale}{page.suffix}")
    return _ensure_free(project, [NewFile(target, f"---\n{block}---\n{body}")])


def _translated_objectives(project: Project, folder: PurePosixPath, locale: str) -> dict[str, str]:
    """Objectives that a page of the folder has in this language already; overview and unit use the same words."""
    return {
        name: words
        for page, _ in project.iter_translations()
        if page.path.parent == folder and page.locale == locale
        for name, words in (page.front_matter.values.get("objectives") or {}).items()
    }


def write(root: Path, files: list[NewFile]) -> None:
    """Write new files; nothing that exists is ever overwritten."""
    for file in files:
        target = root / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(file.text)


def _from_template(project: Project, top: str, slug: str, title: str, new_id: str) -> list[NewFile]:
    _check_slug(slug)
    _check_slug(new_id)
    taken: Mapping[str, PurePosixPath] = {name: p.path for p in project.iter_sources() for name, _ in ids_of(p)}
    if new_id in taken:
        raise ScaffoldError(f"The id {new_id} is taken by {taken[new_id]}. Choose another with --id.")
    template = PurePosixPath(top, "_template")
    if template / "index.md" not in project.pages:
        raise ScaffoldError(f"{template}/index.md is missing; it holds what new pages are copied from.")
    old_id = project.pages[template / "index.md"].front_matter.values["id"]
    files = []
    for path in sorted(project.files):
        if path.is_relative_to(template):
            text = _read(project.layout, path).replace(f"{old_id}-", f"{new_id}-")
            text = re.sub(rf"^id: {old_id}$", f"id: {new_id}", text, flags=re.M)
            text = _set_title(text, title) if path.name == "index.md" else text
            name = path.relative_to(template)
            files.append(NewFile(PurePosixPath(top, slug) / str(name).replace("01-template", "01-first-unit"), text))
    return _ensure_free(project, files)


def _ensure_free(project: Project, files: list[NewFile]) -> list[NewFile]:
    for file in files:
        if (project.layout.root / file.path).exists():
            raise ScaffoldError(f"{file.path} exists already. Open it and go on there, or choose another name.")
    return files


def _check_slug(slug: str) -> None:
    if not _SLUG.match(slug):
        raise ScaffoldError(f'"{slug}" will not do as a name in addresses: small letters, digits and dashes only.')


def _read(layout: Layout, path: PurePosixPath) -> str:
    return (layout.root / path).read_text(encoding="utf-8")


def _set_title(text: str, title: str) -> str:
    quoted = yaml.safe_dump(title, allow_unicode=True, width=10_000, default_style='"').strip()
    return re.sub(r"^title: .*$", lambda _: f"title: {quoted}", text, count=1, flags=re.M)
