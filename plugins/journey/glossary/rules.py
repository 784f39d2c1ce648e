"""The checks on concepts and on the pages that use them; `rules.yml` describes them for editors."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..diagnostics import Diagnostic
from ..locales import LOCALES, SOURCE
from ..markup import LineFinder
from ..rulebook import Rulebook
from .fold import fold_form
from .match import Matcher
from .model import ConceptText, Glossary
from .usage import Usage, plain


@dataclass(frozen=True)
class Terms:
    """What the checks look at."""

    glossary: Glossary
    usage: Usage


RULEBOOK: Rulebook[Terms] = Rulebook(Path(__file__).with_name("rules.yml"))
rule = RULEBOOK.rule


def _sources(terms: Terms) -> list[ConceptText]:
    page = terms.glossary.pages.get(SOURCE)
    return list(page.concepts) if page else []


@rule("G001")
def check_structure(terms: Terms) -> Iterator[Diagnostic]:
    for page in terms.glossary.pages.values():
        yield from page.problems


@rule("G002")
def check_ids(terms: Terms) -> Iterator[Diagnostic]:
    ids = set(terms.glossary.ids)
    for page in terms.glossary.pages.values():
        seen: dict[str, int] = {}
        for concept in page.concepts:
            if concept.id in seen:
                what = f"the concept `{concept.id}` stands here a second time, first in line {seen[concept.id]}"
                yield Diagnostic(page.path, concept.line, "G002", what, "A concept has one entry in each language.")
            elif concept.id not in ids:
                close = difflib.get_close_matches(concept.id, ids, n=1)
                hint = f"Did you mean `{close[0]}`?" if close else "A concept is written in English first."
                yield Diagnostic(page.path, concept.line, "G002", f"there is no English concept `{concept.id}`", hint)
            seen.setdefault(concept.id, concept.line)


@rule("G003")
def check_forms(terms: Terms) -> Iterator[Diagnostic]:
    for page in terms.glossary.pages.values():
        seen: dict[str, ConceptText] = {}
        for concept in page.concepts:
            for form in concept.forms:
                first = seen.setdefault(fold_form(form.text), concept)
                if first.id != concept.id:
                    yield Diagnostic(
                        page.path,
                        form.line,
                        "G003",
                        f'"{form.text}" names `{first.id}` already (line {first.line})',
                        "A word can lead to one concept only. Keep it where most readers would look.",
                    )


@rule("G004")
def check_links(terms: Terms) -> Iterator[Diagnostic]:
    ids = terms.glossary.ids
    places = [(page.path, link) for page in terms.usage.pages for link in page.links]
    for glossary in terms.glossary.pages.values():
        places += [(glossary.path, one) for concept in glossary.concepts for one in concept.see]
    for path, link in places:
        if link.text not in ids:
            close = difflib.get_close_matches(link.text, ids, n=3)
            hint = f"Did you mean {' or '.join(close)}?" if close else "Define it in the glossary first."
            yield Diagnostic(path, link.line, "G004", f"there is no concept `{link.text}`", hint)


@rule("G005")
def check_definitions(terms: Terms) -> Iterator[Diagnostic]:
    for concept in _sources(terms):
        if not concept.definition:
            hint = "Write one or two plain sentences below its heading; they are what readers see first."
            yield Diagnostic(concept.path, concept.line, "G005", f"`{concept.id}` has no definition", hint)


@rule("G006")
def check_avoided(terms: Terms) -> Iterator[Diagnostic]:
    for page in terms.usage.pages:
        line_of = LineFinder(page.text)
        for match in terms.usage.matches[page.path]:
            if match.is_avoided:
                concept = terms.glossary.word(match.concept, page.locale)
                better = concept.term if concept else match.concept
                shown = page.text[match.start : match.end]
                yield Diagnostic(
                    page.path,
                    line_of(match.start),
                    "G006",
                    f'"{shown}" is a word that we avoid',
                    f'Write "{better}". In a quotation or a name, put the words between back-ticks or {{.no-term}} behind.',
                )


@rule("G007")
def check_used(terms: Terms) -> Iterator[Diagnostic]:
    used = set().union(*terms.usage.concepts.values()) if terms.usage.concepts else set()
    for concept in _sources(terms):
        if concept.id not in used:
            hint = "Keep it if a page to come needs it; otherwise it costs every translator work."
            yield Diagnostic(concept.path, concept.line, "G007", f"no page uses the concept `{concept.id}`", hint)


@rule("G008")
def check_translations_use(terms: Terms) -> Iterator[Diagnostic]:
    sources = {page.path: page for page in terms.usage.pages if page.locale == SOURCE}
    for page in terms.usage.pages:
        if page.locale == SOURCE or page.source not in sources or page.locale not in LOCALES:
            continue
        missing = terms.usage.concepts[page.source] - terms.usage.concepts[page.path]
        named = [word for concept in sorted(missing) if (word := terms.glossary.word(concept, page.locale))]
        if named:
            shown = "; ".join(f"{word.term} ({word.id})" for word in named)
            yield Diagnostic(
                page.path,
                1,
                "G008",
                f"{len(named)} concepts of the English page are named otherwise or not at all: {shown}",
                "Use the glossary's word, or list the form that the page uses under `also`.",
            )


@rule("G009")
def check_circles(terms: Terms) -> Iterator[Diagnostic]:
    for page in terms.glossary.pages.values():
        for concept in page.concepts:
            alone = Glossary({page.locale: type(page)(page.path, page.locale, 0, (concept,))}, {})
            if Matcher(alone, page.locale).find(plain(concept.definition).lower()):
                yield Diagnostic(
                    page.path,
                    concept.line,
                    "G009",
                    f'the definition of "{concept.term}" uses the term itself',
                    "Say it in other words; who does not know the word can not be helped by it.",
                )
