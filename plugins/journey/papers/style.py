"""How a work is named in the text and described in the list of references.

Author and year, close to APA 7, but with the names and titles of any script and the few words between them in the
language of the page. Own code, about a hundred lines: the CSL styles that formatters such as citeproc-py need are
CC BY-SA, and CSL knows no direction of text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from icu import Collator
from icu import Locale as IcuLocale

from ..locales import SOURCE
from ..wording import say
from .model import Bibliography, Citation, Name, People, Work

PARTS = frozenset({"article", "incollection", "inbook", "inproceedings", "conference", "inreference"})
"""Kinds of work that stand in something bigger, whose name is set off instead of their own."""

_LATIN = re.compile(r"^[\s.'’\u0041-\u024f\u1e00-\u1eff-]+$")
_HAN = re.compile(r"^[\u3400-\u9fff]+$")


@dataclass(frozen=True)
class Run:
    """A stretch of text of one kind: "" for words of the page's language, name, title, part, container, address.

    `locale` is the BCP 47 code of what is not in the page's language; `target` is the address of a link.
    """

    text: str
    kind: str = ""
    locale: str = ""
    target: str = ""


@dataclass(frozen=True)
class Reference:
    """One entry of a list of references, in the language of a page."""

    work: Work
    label: tuple[Run, ...]
    """What stands in the text: names and year."""
    entry: tuple[Run, ...]


class Style:
    """The works of one folder in the words of one language. Everything is formatted once."""

    def __init__(self, bibliography: Bibliography, locale: str) -> None:
        self.bibliography, self.locale = bibliography, locale

    @cached_property
    def references(self) -> dict[str, Reference]:
        """Every work by its key, in alphabetical order of the page's language."""
        made = [
            Reference(work, tuple(self._label(work)), tuple(self._entry(work)))
            for work in self.bibliography.works.values()
        ]
        order = Collator.createInstance(IcuLocale(self.locale)).getSortKey
        return {one.work.key: one for one in sorted(made, key=lambda one: (order(as_text(one.entry)), one.work.key))}

    def cite(self, citation: Citation) -> tuple[Run, ...]:
        """What stands in the text for one citation: ILO 2021, p. 12. An unknown key stands for itself."""
        reference = self.references.get(citation.key)
        label = reference.label if reference else (Run(f"{citation.key}?"),)
        return (*label, Run(self._say("papers.comma") + citation.locator)) if citation.locator else label

    @cached_property
    def letters(self) -> dict[str, str]:
        """The letter behind the year of works that would be named alike, in order of their titles; the same in all languages."""
        alike: dict[str, list[Work]] = {}
        for work in self.bibliography.works.values():
            alike.setdefault(f"{_source_label(work)} {work.year}", []).append(work)
        found = {}
        for works in alike.values():
            if len(works) > 1:
                for number, work in enumerate(sorted(works, key=lambda w: (w.get("title").casefold(), w.key))):
                    found[work.key] = _letter(number)
        return found

    def _say(self, key: str, **values: object) -> str:
        return say(self.locale, key, **values)

    def _label(self, work: Work) -> Iterator[Run]:
        people = work.authors or work.editors
        short = work.get("shortauthor") or ("" if people else work.organisation)
        if short:
            yield Run(short, "name", work.language)
        elif people:
            yield from self._short_names(people, work.language)
        else:
            yield Run(_short_title(work), "part", work.language)
        yield Run(f" {self._year(work)}")

    def _short_names(self, people: People, language: str) -> Iterator[Run]:
        first, *rest = people.names
        yield Run(first.family, "name", language)
        if people.more or len(rest) > 1:
            yield Run(" " + self._say("papers.others"))
        elif rest:
            yield Run(" " + self._say("papers.and") + " ")
            yield Run(rest[0].family, "name", language)

    def _year(self, work: Work) -> str:
        letter = self.letters.get(work.key, "")
        return work.year + letter if work.year else self._say("papers.no_date") + (letter and f"-{letter}")

    def _entry(self, work: Work) -> Iterator[Run]:
        who = list(self._who(work))
        title = Run(work.get("title") or work.key, "part" if work.kind in PARTS else "title", work.language)
        details = list(self._details(work))
        opening = [title, *([Run(" ("), *details, Run(")")] if details else [])]
        if who:
            yield from [*who, Run(f" ({self._year(work)}). "), *opening]
        else:
            yield from [*opening, Run(f" ({self._year(work)})")]
        yield Run(".")
        yield from self._container(work)
        yield from self._publisher(work, as_text(who))
        if note := work.get("note"):
            yield from (Run(" "), Run(note.rstrip("."), "note", SOURCE), Run("."))
        yield from self._address(work)

    def _who(self, work: Work) -> Iterator[Run]:
        if work.authors:
            yield from self._names(work.authors, work.language)
            if short := work.get("shortauthor"):
                yield from (Run(" ["), Run(short, "name", work.language), Run("]"))
        elif work.editors and work.kind not in PARTS:
            yield from self._names(work.editors, work.language)
            yield Run(f" ({self._editors(work)})")
        elif work.organisation:
            yield Run(work.organisation, "name", work.language)

    def _editors(self, work: Work) -> str:
        one = len(work.editors.names) == 1 and not work.editors.more
        return self._say("papers.editor") if one else self._say("papers.editors")

    def _names(self, people: People, language: str) -> Iterator[Run]:
        last = len(people.names) - 1
        for number, name in enumerate(people.names):
            if number:
                and_ = number == last and not people.more
                yield Run(" " + self._say("papers.and") + " " if and_ else self._say("papers.comma"))
            yield Run(_inverted(name), "name", language)
        if people.more:
            yield Run(" " + self._say("papers.others"))

    def _details(self, work: Work) -> Iterator[Run]:
        """Edition and number, as in (edition 2, Working Paper 117)."""
        number = " ".join(filter(None, [work.get("type", "series"), work.get("number")]))
        if edition := re.sub(r"(?<=\d)(st|nd|rd|th)?$", "", work.get("edition")):
            yield Run(self._say("papers.edition", number=edition))
        if number and work.kind not in PARTS:
            if edition:
                yield Run(self._say("papers.comma"))
            yield Run(number, "note", work.language)

    def _container(self, work: Work) -> Iterator[Run]:
        name, comma = work.get("journal", "journaltitle", "booktitle"), self._say("papers.comma")
        if not name:
            return
        if work.get("journal", "journaltitle"):
            yield Run(" ")
            yield Run(name, "container", work.language)
            number = work.get("volume") + (f"({work.get('number')})" if work.get("number") else "")
            yield Run(f"{comma}{number}" if number else "")
            yield Run(f"{comma}{_dashed(work.get('pages'))}" if work.get("pages") else "")
        else:
            yield Run(" " + self._say("papers.in") + " ")
            if work.editors:
                yield from self._names(work.editors, work.language)
                yield Run(f" ({self._editors(work)}){comma}")
            yield Run(name, "container", work.language)
            pages = work.get("pages")
            yield Run(" (" + self._say("papers.pages", pages=_dashed(pages)) + ")" if pages else "")
        yield Run(".")

    def _publisher(self, work: Work, who: str) -> Iterator[Run]:
        publisher = work.get("publisher", "institution", "organization", "school", "howpublished")
        if publisher and publisher not in who:
            yield from (Run(" "), Run(publisher, "name", work.language), Run("."))

    def _address(self, work: Work) -> Iterator[Run]:
        if not work.address:
            return
        yield from (Run(" "), Run(work.address, "address", target=work.address))
        if (date := work.get("urldate")) and not work.get("doi"):
            yield Run(" (" + self._say("papers.accessed", date=date) + ")")


def as_text(runs: tuple[Run, ...] | list[Run]) -> str:
    """The words alone."""
    return "".join(run.text for run in runs)


def _inverted(name: Name) -> str:
    """Family name first; given names in Latin letters as initials, those of other scripts whole."""
    if name.is_organisation:
        return name.family
    if not _LATIN.match(name.given):
        return f"{name.family}{'' if _HAN.match(name.family + name.given) else ' '}{name.given}"
    initials = " ".join("-".join(f"{part[0]}." for part in word.split("-") if part) for word in name.given.split())
    return f"{name.family}, {initials}"


def _source_label(work: Work) -> str:
    people = work.authors or work.editors
    names = [name.family for name in people.names[:2]] + (["…"] if people.more or len(people.names) > 2 else [])
    return work.get("shortauthor") or (" ".join(names[:1] + names[-1:]) if people else work.organisation) or work.key


def _short_title(work: Work) -> str:
    title = work.get("shorttitle") or re.split(r"\s*[:.]\s", work.get("title"))[0] or work.key
    words = title.split()
    return title if len(words) <= 6 else " ".join(words[:6]) + "…"


def _dashed(pages: str) -> str:
    return re.sub(r"(?<=\w)\s*-+\s*(?=\w)", "–", pages)


def _letter(number: int) -> str:
    """a to z, then aa, ab …"""
    return (_letter(number // 26 - 1) if number >= 26 else "") + chr(ord("a") + number % 26)
