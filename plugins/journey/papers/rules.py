"""The checks on works and citations; `rules.yml` describes them for editors."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from ..diagnostics import Diagnostic
from ..locales import SOURCE
from ..rulebook import Rulebook
from .model import UNDATED, Library, Work, parse_language
from .parse import FILE

RULEBOOK: Rulebook[Library] = Rulebook(Path(__file__).with_name("rules.yml"))
rule = RULEBOOK.rule

_YEAR = re.compile(r"\d{4}([-–/]\d{2,4})?")
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")


def _works(library: Library) -> Iterator[Work]:
    return (work for one in library.bibliographies.values() for work in one.works.values())


def _of_parser(library: Library, rule_id: str) -> Iterator[Diagnostic]:
    return (found for one in library.bibliographies.values() for found in one.problems if found.rule == rule_id)


@rule("R001")
def check_readable(library: Library) -> Iterator[Diagnostic]:
    yield from _of_parser(library, "R001")


@rule("R002")
def check_keys(library: Library) -> Iterator[Diagnostic]:
    yield from _of_parser(library, "R002")


@rule("R003")
def check_known(library: Library) -> Iterator[Diagnostic]:
    for page in library.pages.values():
        found = library.works_for(page.path)
        broken = any(one.rule == "R001" for one in found.problems) if found else False
        for key, line in page.keys.items():
            if found is None:
                hint = f"Write the work into {page.path.with_name(FILE)}."
            elif key in found.works or broken:  # an entry that can not be read may be the one that is meant
                continue
            else:
                close = difflib.get_close_matches(key, found.works, n=3)
                hint = f"Did you mean {' or '.join(close)}?" if close else f"Write the work into {found.path}."
            yield Diagnostic(page.path, line, "R003", f"there is no work `{key}` to cite here", hint)


@rule("R004")
def check_form(library: Library) -> Iterator[Diagnostic]:
    for page in library.pages.values():
        found = library.works_for(page.path)
        works = found.works if found else {}
        for suspect in page.suspects:
            if suspect.certain or any(key in works for key in suspect.keys):
                said = f'"{suspect.text}" is no citation, and readers see it as it stands'
                yield Diagnostic(page.path, suspect.line, "R004", said, suspect.hint)


@rule("R005")
def check_headings(library: Library) -> Iterator[Diagnostic]:
    for page in library.pages.values():
        for cluster in page.clusters:
            if cluster.in_heading:
                hint = "Cite the work in the text below; headings also stand in lists, where a link can not go."
                yield Diagnostic(page.path, cluster.line, "R005", "a heading can not cite a work", hint)


@rule("R006")
def check_cited(library: Library) -> Iterator[Diagnostic]:
    cited = {(page.path.parent, key) for page in library.pages.values() for key in page.keys}
    for work in _works(library):
        if (work.path.parent, work.key) not in cited:
            hint = f"Cite it, [@{work.key}], or take it out."
            yield Diagnostic(work.path, work.line, "R006", f"no page of this folder cites `{work.key}`", hint)


@rule("R007")
def check_complete(library: Library) -> Iterator[Diagnostic]:
    whole = [one for one in library.bibliographies.values() if not any(p.rule == "R001" for p in one.problems)]
    for work in (work for one in whole for work in one.works.values()):
        missing = {
            "author": not (work.authors or work.editors or work.organisation),
            "year": not work.get("year", "date"),
            "title": not work.get("title"),
            "url": not work.address,
        }
        for name in (name for name, is_missing in missing.items() if is_missing):
            yield Diagnostic(work.path, work.line, "R007", f"`{work.key}` has no {_NAMES[name]}", _HINTS[name])


_NAMES = {
    "author": "author, editor or organisation",
    "year": "year",
    "title": "title",
    "url": "url or doi",
}
_HINTS = {
    "author": "Write author = {Khan, Ali and Chea, Sophal}, or a body in two pairs of braces: author = {{World Bank}}.",
    "year": f"Write year = {{2021}}. A work that says no year has year = {{{UNDATED}}}.",
    "title": "Write title = {The work's own title, in its own language}.",
    "url": "Write where readers find it: doi = {10.1000/182} or url = {https://…}.",
}


@rule("R008")
def check_values(library: Library) -> Iterator[Diagnostic]:
    for work in _works(library):
        for name, said, hint in _wrong_values(work):
            yield Diagnostic(work.path, work.line_of(name), "R008", f"`{name}` is {said}", hint)


def _wrong_values(work: Work) -> Iterator[tuple[str, str, str]]:
    year, date, day, url = work.get("year"), work.get("date"), work.get("urldate"), work.get("url")
    if year and year != UNDATED and not _YEAR.fullmatch(year):
        yield "year", f'"{year}", which is no year', _HINTS["year"]
    if date and not _DATE.fullmatch(date):
        yield "date", f'"{date}", which is no date', "Write date = {2021}, {2021-06} or {2021-06-30}."
    if day and not _DAY.fullmatch(day):
        yield "urldate", f'"{day}", which is no day', "Write the day on which you read it: urldate = {2026-11-25}."
    if url and (urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).netloc or " " in url):
        yield "url", f'"{url}", which is no address', "Write the whole address: url = {https://…}."
    for name in ("langid", "language"):
        if (written := work.get(name)) and not parse_language(written):
            hint = "Write the language's code, langid = {fr}, or its English name in small letters."
            yield name, f'"{written}", which is no language that we know', hint


@rule("R009")
def check_lists(library: Library) -> Iterator[Diagnostic]:
    for page in library.pages.values():
        for number, line in enumerate(page.lists):
            if number:
                said = "the list of references is asked for a second time"
                yield Diagnostic(page.path, line, "R009", said, f"It stands in line {page.lists[0]} already.")
            elif not page.clusters:
                hint = "Cite a work, [@key], or take the block out."
                yield Diagnostic(page.path, line, "R009", "this page cites nothing that could be listed", hint)


@rule("R010")
def check_translations(library: Library) -> Iterator[Diagnostic]:
    for page in library.pages.values():
        if page.locale == SOURCE:
            continue
        source = library.pages.get(page.source)
        in_source = source.keys if source else {}
        for key, line in page.keys.items():
            if key not in in_source:
                yield Diagnostic(
                    page.path,
                    line,
                    "R010",
                    f"`{key}` is cited here, but not in {page.source.name}",
                    "A translation carries words, the English page carries sources. Cite it there first.",
                )


@rule("R011")
def check_amounts(library: Library) -> Iterator[Diagnostic]:
    hints = {
        "source": "Cite a work, [@key, p. 3], add a note, [^1], or quote a fact: [3.6%](fact:id).",
        "year": "Say of which year the figure is, in the sentence, in its row or in the heading above.",
    }
    for path, figures in library.loose.items():
        for one in figures:
            yield Diagnostic(path, one.line, "R011", f'"{one.amount}" has no {one.lacks}', hints[one.lacks])
