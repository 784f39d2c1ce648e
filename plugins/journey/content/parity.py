"""The checks that hold a translated page against its source."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from ..diagnostics import Diagnostic
from ..locales import LOCALES, split_locale
from .model import Project
from .registry import belongs_to_source, closest, rule, schema_problems


@rule("T001")
def check_orphans(project: Project) -> Iterator[Diagnostic]:
    for page in project.pages.values():
        if page.is_translation and page.locale in project.layout.locales and page.source not in project.pages:
            yield Diagnostic(
                page.path,
                1,
                "T001",
                f"the page that this translates, {page.source.name}, does not exist",
                closest(page.source, project.iter_sources())
                or "Rename the translation as its source was renamed, or remove it.",
            )


@rule("T002")
def check_language_suffixes(project: Project) -> Iterator[Diagnostic]:
    for path in sorted(project.files):
        suffix = split_locale(path.name)[1]
        if suffix is None or suffix in project.layout.locales:
            continue
        languages = ", ".join(
            f"{code} ({LOCALES[code].english_name})" for code in project.layout.locales if code in LOCALES
        )
        yield Diagnostic(
            path,
            1,
            "T002",
            f'".{suffix}" reads as a language that this site does not have, so the file would vanish from it',
            f"Languages here: {languages}. If it is no language, write {path.name.replace('.' + suffix + '.', '-' + suffix + '.')}.",
        )


@rule("T003")
def check_facts_stay_in_source(project: Project) -> Iterator[Diagnostic]:
    for page, problem in schema_problems(project, "unknown"):
        if page.is_translation and belongs_to_source(project, page, problem):
            yield Diagnostic(
                page.path,
                problem.line,
                "T003",
                f"the key `{problem.key[-1]}` is set in {page.source.name} already",
                "Take the line away: a translation carries words, the English page carries facts.",
            )


@rule("T004")
def check_translated_ids(project: Project) -> Iterator[Diagnostic]:
    for page, source in project.iter_translations():
        if not page.is_readable or not source.is_readable or page.path.parts[0] not in project.layout.mounts:
            continue
        for anchor, line in page.anchors.items():
            if anchor not in source.anchors:
                close = difflib.get_close_matches(anchor, source.anchors, n=1)
                hint = f"Did you mean `{close[0]}`?" if close else "Use the id that the English page has there."
                yield Diagnostic(
                    page.path, line, "T004", f"the id `{anchor}` does not exist in {source.path.name}", hint
                )
        for anchor, line in source.anchors.items():
            if anchor not in page.anchors:
                yield Diagnostic(
                    page.path,
                    1,
                    "T004",
                    f"the id `{anchor}` is missing ({source.path.name}:{line})",
                    "A translation has every heading, case and tool of its source, with the same ids.",
                )


@rule("T005")
def check_translated_objectives(project: Project) -> Iterator[Diagnostic]:
    for page, source in project.iter_translations():
        ours, theirs = (p.front_matter.values.get("objectives") for p in (page, source))
        if not isinstance(theirs, dict) or not page.is_readable:
            continue
        ours = ours if isinstance(ours, dict) else {}
        line = page.front_matter.line_of(("objectives",))
        for name in [n for n in theirs if n not in ours]:
            yield Diagnostic(
                page.path,
                line,
                "T005",
                f'objective {name} is not translated: "{theirs[name]}"',
                f"Add it under `objectives:` as {name}: …",
            )
        for name in [n for n in ours if n not in theirs]:
            yield Diagnostic(
                page.path,
                page.front_matter.line_of(("objectives", name)),
                "T005",
                f"objective {name} does not exist in {source.path.name}",
                f"Objectives there: {', '.join(theirs)}.",
            )
