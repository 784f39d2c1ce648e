"""The checks on pages: one function a rule, each described for editors in `rules.yml`."""

from __future__ import annotations

import difflib
import posixpath
import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from ..diagnostics import Diagnostic
from ..layout import Kind
from ..locales import LOCALES, SOURCE, split_locale
from ..markup import BLOCKS, BLOCKS_WITH_ID
from .links import is_local, resolve, split_target
from .model import ContentPage, Link, Project, ids_of
from .registry import belongs_to_source, closest, readable, rule, schema_problems

_FILE_NAME = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")


@rule("C001")
def check_encoding(project: Project) -> Iterator[Diagnostic]:
    yield from (p for page in project.pages.values() for p in page.problems if p.rule == "C001")


@rule("C002")
def check_yaml(project: Project) -> Iterator[Diagnostic]:
    yield from (p for page in project.pages.values() for p in page.problems if p.rule == "C002")


@rule("C003")
def check_unknown_keys(project: Project) -> Iterator[Diagnostic]:
    for page, problem in schema_problems(project, "unknown"):
        if not (page.is_translation and belongs_to_source(project, page, problem)):
            yield Diagnostic(page.path, problem.line, "C003", problem.message, problem.hint)


@rule("C004")
def check_missing_keys(project: Project) -> Iterator[Diagnostic]:
    for page, problem in schema_problems(project, "missing"):
        yield Diagnostic(page.path, problem.line, "C004", problem.message, problem.hint)


@rule("C005")
def check_values(project: Project) -> Iterator[Diagnostic]:
    for page, problem in schema_problems(project, "value"):
        yield Diagnostic(page.path, problem.line, "C005", problem.message, problem.hint)


@rule("C006")
def check_duplicate_ids(project: Project) -> Iterator[Diagnostic]:
    seen: dict[str, tuple[PurePosixPath, int]] = {}
    for page in project.iter_sources():
        for identifier, line in ids_of(page):
            if identifier in seen:
                other, other_line = seen[identifier]
                yield Diagnostic(
                    page.path,
                    line,
                    "C006",
                    f"the id `{identifier}` is already taken by {other}:{other_line}",
                    "Give the newer of the two an id of its own; the older one keeps it, because books and links hang on it.",
                )
            else:
                seen[identifier] = (page.path, line)


@rule("C007")
def check_level_one(project: Project) -> Iterator[Diagnostic]:
    for page in readable(project):
        for heading in page.headings:
            if heading.level == 1 and page.kind is not Kind.PRIVATE:
                yield Diagnostic(
                    page.path,
                    heading.line,
                    "C007",
                    f'"# {heading.text}" is a second page heading',
                    "The page's heading is `title` in the front matter. Start the text with ## headings.",
                )


@rule("C008")
def check_heading_ids(project: Project) -> Iterator[Diagnostic]:
    for page in readable(project):
        if page.path.parts[0] not in project.layout.mounts or page.kind is Kind.PRIVATE:
            continue
        for heading in page.headings:
            if heading.level > 1 and heading.anchor is None:
                yield Diagnostic(
                    page.path,
                    heading.line,
                    "C008",
                    f'the heading "{heading.text}" has no id',
                    "Write one behind it, the same in all languages: ## Heading {#short-english-words}",
                )


@rule("C009")
def check_repeated_anchors(project: Project) -> Iterator[Diagnostic]:
    for page in readable(project):
        for anchor, line in page.repeated_anchors:
            yield Diagnostic(
                page.path,
                line,
                "C009",
                f"the id `{anchor}` stands on this page already, in line {page.anchors[anchor]}",
                "A link could lead to only one of the two. Change one of them.",
            )


@rule("C010")
def check_link_targets(project: Project) -> Iterator[Diagnostic]:
    for page in readable(project):
        for link in page.links:
            if link.target.startswith("/") and not link.target.startswith("//"):
                there = PurePosixPath(split_target(link.target)[0].lstrip("/"))
                if there in project.files:
                    near = posixpath.relpath(there, page.path.parent)
                    hint = f"Write the way from the folder of this page: {near}"
                else:
                    hint = "Write the way from the folder of this page to the file, such as ../coordination/index.md."
                what = f"the link {link.target} begins with a slash and would leave the site"
                yield Diagnostic(page.path, link.line, "C010", what, hint)
    for page, link, target in _local_links(project):
        if target in project.files or (target in project.folders and link.target.endswith("/")):
            continue
        what = "picture" if link.is_image else "link"
        yield Diagnostic(
            page.path,
            link.line,
            "C010",
            f"the {what} leads to {target}, which does not exist",
            _suggest(project, page, target, link),
        )


@rule("C011")
def check_link_anchors(project: Project) -> Iterator[Diagnostic]:
    for page in readable(project):
        for link in page.links:
            path, anchor = split_target(link.target)
            if not anchor or not is_local(link.target) or anchor.startswith(("fn:", "fnref:")):
                continue
            source = resolve(page.path, path) if path else page.source
            target = project.in_locale(source, page.locale) if path else page
            if target is None or not target.is_readable or anchor in target.anchors:
                continue
            close = difflib.get_close_matches(anchor, target.anchors, n=3)
            ids = ", ".join(f"#{name}" for name in close or list(target.anchors)[:8])
            hint = f"Ids there: {ids}." if ids else "Write an id behind the heading there: ## Heading {#" + anchor + "}"
            yield Diagnostic(page.path, link.line, "C011", f"{target.path} has no id `{anchor}` written out", hint)


@rule("C012")
def check_link_published(project: Project) -> Iterator[Diagnostic]:
    for page, link, target in _local_links(project):
        if not project.layout.is_published(page.path):
            continue
        if target in project.files and not project.layout.is_published(target):
            yield Diagnostic(
                page.path,
                link.line,
                "C012",
                f"{target} is not part of the site",
                "Banks, finals, trainers' pages and templates are never published. Link to a page that readers can open.",
            )
        elif split_locale(target.name)[1] in LOCALES:
            yield Diagnostic(
                page.path,
                link.line,
                "C012",
                f"{target} is a translation",
                f"Link to the English file, {project.layout.source_of(target)[0].name}: readers stay in their own language.",
            )


@rule("C013")
def check_raw_links(project: Project) -> Iterator[Diagnostic]:
    for page in readable(project):
        for link in page.links:
            path = split_target(link.target)[0]
            if link.raw_html and path and is_local(link.target):
                yield Diagnostic(
                    page.path,
                    link.line,
                    "C013",
                    f'"{link.target}" is linked with an HTML tag, which nobody checks or rewrites',
                    "Write it in Markdown: [text](file.md) or ![description](picture.svg).",
                )


@rule("C014")
def check_known_blocks(project: Project) -> Iterator[Diagnostic]:
    for page in readable(project):
        for block in page.blocks:
            if block.name not in BLOCKS:
                close = difflib.get_close_matches(block.name, BLOCKS, n=1)
                hint = f"Did you mean `/// {close[0]}`?" if close else f"Blocks: {', '.join(sorted(BLOCKS))}."
                yield Diagnostic(page.path, block.line, "C014", f"there is no block `{block.name}`", hint)
            elif block.name in BLOCKS_WITH_ID and not block.argument:
                yield Diagnostic(
                    page.path,
                    block.line,
                    "C014",
                    f"the block `{block.name}` has no id",
                    f"Give it one that stays: /// {block.name} | m1-{block.name}-short-name",
                )


@rule("C015")
def check_closed_blocks(project: Project) -> Iterator[Diagnostic]:
    for page in readable(project):
        for block in page.blocks:
            if not block.closed:
                yield Diagnostic(
                    page.path,
                    block.line,
                    "C015",
                    f"the block `{block.name}` that opens here is never closed",
                    "Put a line with /// behind its last line.",
                )
        for line in page.stray_fences:
            yield Diagnostic(
                page.path,
                line,
                "C015",
                "this /// closes no block",
                "Take it away, or write the opening line of its block: /// key-messages",
            )


@rule("C016")
def check_heading_order(project: Project) -> Iterator[Diagnostic]:
    for page in readable(project):
        previous = 1
        for heading in page.headings:
            if heading.level > previous + 1:
                yield Diagnostic(
                    page.path,
                    heading.line,
                    "C016",
                    f'"{heading.text}" has level {heading.level}, but the heading above it has level {previous}',
                    f"Write {'#' * (previous + 1)} in front of it; people who listen to the page find their way by these levels.",
                )
            previous = heading.level


@rule("C017")
def check_unit_numbers(project: Project) -> Iterator[Diagnostic]:
    seen: dict[tuple[PurePosixPath, str], PurePosixPath] = {}
    for page in project.iter_sources():
        if page.kind is Kind.UNIT:
            key = (page.path.parent, page.path.name[:2])
            if key in seen:
                yield Diagnostic(
                    page.path,
                    1,
                    "C017",
                    f"unit number {key[1]} is already taken by {seen[key].name}",
                    "Give the newer unit the next free number. Numbers are never given away twice.",
                )
            else:
                seen[key] = page.path


@rule("C018")
def check_stray_files(project: Project) -> Iterator[Diagnostic]:
    for path in sorted(project.files):
        if project.layout.kind(path) is Kind.STRAY:
            yield Diagnostic(
                path,
                1,
                "C018",
                "this file lies where nothing is published from, so readers never see it",
                "Move pictures and documents into a folder `assets/`, tables into `data/` as .csv.",
            )


@rule("C019")
def check_alternative_text(project: Project) -> Iterator[Diagnostic]:
    for page in readable(project):
        for link in page.links:
            if link.is_image and not link.raw_html and not link.text.strip():
                yield Diagnostic(
                    page.path,
                    link.line,
                    "C019",
                    f"the picture {link.target} has no description",
                    "Say between the square brackets what it shows: ![Three offices linked by arrows](picture.svg)",
                )


@rule("C020")
def check_objectives_of_modules(project: Project) -> Iterator[Diagnostic]:
    overviews = {(p.path.parent, p.locale): p for p in readable(project) if p.kind is Kind.MODULE}
    for page in readable(project):
        overview = overviews.get((page.path.parent, page.locale)) if page.kind is Kind.UNIT else None
        if overview is None:
            continue
        ours, theirs, source = (_objectives(p) for p in (page, overview, overviews.get((page.path.parent, SOURCE))))
        for name in ours.keys() & theirs.keys():
            is_translated = overview.locale == SOURCE or theirs[name] != source.get(name)
            if ours[name] != theirs[name] and is_translated:
                yield Diagnostic(
                    page.path,
                    page.front_matter.line_of(("objectives", name)),
                    "C020",
                    f'objective {name} reads "{theirs[name]}" in {overview.path.name}',
                    "A reader meets an objective in both places: use the same words.",
                )


@rule("C021")
def check_notes(project: Project) -> Iterator[Diagnostic]:
    for page in readable(project):
        for name, line in page.notes_without_text:
            what = f"the note [^{name}] has no text on this page, so readers see its name in brackets"
            hint = (
                f"Write the text in a line of its own, at the end of the page: [^{name}]: Author, *Title* (year), page."
            )
            yield Diagnostic(page.path, line, "C021", what, hint)


@rule("C022")
def check_reviews(project: Project) -> Iterator[Diagnostic]:
    for page in readable(project):
        values = page.front_matter.values
        if values.get("status") == "reviewed" and "reviewed_on" not in values:
            what = "the page is reviewed, but does not say when"
            hint = (
                "Add the day, and the role of who read it: reviewed_on: 2026-11-25, reviewed_by_role: native speaker."
            )
            yield Diagnostic(page.path, page.front_matter.line_of(("status",)), "C022", what, hint)


@rule("C023")
def check_file_names(project: Project) -> Iterator[Diagnostic]:
    for page in project.pages.values():
        stem = page.source.stem
        if not _FILE_NAME.match(stem) and not stem.startswith(("_", "README")):
            words = re.sub(r"[^a-z0-9]+", "-", page.path.stem.lower()).strip("-")
            words = re.sub(rf"-({'|'.join(LOCALES)})$", r".\1", words)  # the dot before a language stays
            what = f'"{page.path.name}" will not do as a file name: small letters, digits and dashes only'
            hint = f"It becomes an address. Rename the file to {words}.md. A unit begins with two digits, 03-name.md."
            yield Diagnostic(page.path, 1, "C023", what, hint)


@rule("C024")
def check_acting_html(project: Project) -> Iterator[Diagnostic]:
    for page in readable(project):
        for what, line in page.acting:
            yield Diagnostic(
                page.path,
                line,
                "C024",
                f"{what} is HTML that may not stand here",
                "Texts hold words, pictures and links; front matter holds no HTML at all. For a film or a form write a link to it.",
            )


def _objectives(page: ContentPage | None) -> Mapping[str, str]:
    value = page.front_matter.values.get("objectives") if page else None
    return value if isinstance(value, dict) else {}


def _local_links(project: Project) -> Iterator[tuple[ContentPage, Link, PurePosixPath]]:
    """Links in Markdown that lead to a file of the project, each with that file."""
    for page in readable(project):
        for link in page.links:
            path = split_target(link.target)[0]
            if path and is_local(link.target) and not link.raw_html:
                yield page, link, resolve(page.path, path)


def _suggest(project: Project, page: ContentPage, target: PurePosixPath, link: Link) -> str:
    layout = project.layout
    if page.path.parts[0] in layout.mounts:
        written_for_site = PurePosixPath(layout.docs) / PurePosixPath(*target.parts)
        if written_for_site in project.files:
            up = "../" * (len(page.path.parts) - 1)
            return f"On disk the file lies in {layout.docs}/: write {up}{written_for_site}"
    return (
        closest(target, sorted(project.files)) or "Look for a typing mistake; paths start from the folder of this page."
    )
