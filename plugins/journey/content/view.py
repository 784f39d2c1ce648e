"""What the templates of the site ask for, in one language: words, cards, the place of a page.

Templates see this as `journey`. It knows pages only by what it uses of them (`PageLike`), so that
it does not care which generator made them.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any, Protocol
from urllib.parse import quote

from ..layout import Layout
from ..locales import LOCALES, SOURCE, Locale
from ..wording import load_wording, say
from .catalogue import Catalogue, LearningModule, Unit
from .model import ContentPage, Project

QUIZ_SCRIPT_WORDS = (
    "check",
    "again",
    "said_right",
    "said_partly",
    "said_wrong",
    "said_empty",
    "said_no_more",
    "summary",
)


PROFILE_SCRIPT_WORDS = ("title", "ring", "none", "solved", "missed", "answered", "first")
TOOL_SCRIPT_WORDS = ("note", "print", "save", "saved", "clear", "cleared", "undo", "undone", "not_kept")


class FileLike(Protocol):
    """What we need of a generator's file: where it came from."""

    src_uri: str


class PageLike(Protocol):
    """What we need of a generator's page."""

    @property
    def title(self) -> Any: ...
    @property
    def url(self) -> str: ...
    @property
    def meta(self) -> Any: ...
    @property
    def file(self) -> Any: ...


@dataclass(frozen=True)
class Card:
    """A page as it is offered on another page, in the language that it can be read in."""

    page: PageLike
    locale: Locale
    minutes: int
    units: int = 0
    objectives: int = 0
    learnt: Sequence[tuple[str, Locale]] = ()
    """The objectives of a unit, each in the language that it can be read in."""


@dataclass(frozen=True)
class Place:
    """Where a unit stands: which number of how many, and how long it takes."""

    number: int
    count: int
    minutes: int


class SiteView:
    """The site in one language, for its templates."""

    def __init__(
        self,
        layout: Layout,
        project: Project,
        catalogue: Catalogue,
        locale: str,
        pages: Mapping[PurePosixPath, PageLike],
    ) -> None:
        """`pages` maps the path of each source file to the page that readers of `locale` get for it."""
        self.locale = LOCALES[locale]
        self._layout = layout
        self._project = project
        self._catalogue = catalogue
        self._pages = pages
        self._by_template = {page.meta["template"]: page for page in pages.values() if page.meta.get("template")}

    def t(self, key: str, **values: object) -> str:
        """An interface string in the language of the site."""
        return say(self.locale.code, key, **values)

    def quiz_words(self, locale: str) -> dict[str, str]:
        """What the script of quizzes says in the language that a page is written in, with its blanks."""
        words = load_wording(locale)
        return {key: words[f"quiz.{key}"] for key in QUIZ_SCRIPT_WORDS}

    def tool_words(self, locale: str) -> dict[str, str]:
        """What the script of tools says in the language that a page is written in, with its blanks."""
        words = load_wording(locale)
        return {key: words[f"tool.{key}"] for key in TOOL_SCRIPT_WORDS}

    def profile_words(self, locale: str) -> dict[str, str]:
        """What the script of profiles says in the language that a page is written in, with its blanks."""
        words = load_wording(locale)
        return {key: words[f"profile.{key}"] for key in PROFILE_SCRIPT_WORDS}

    first_script = (
        'try{var t=localStorage.getItem("journey-theme");t&&(document.documentElement.dataset.theme=t)}catch(e){}'
    )
    """The only script that stands in the page: the reader's choice of colours, before anything is painted."""

    @property
    def content_policy(self) -> str:
        """What a page may load and run: our own files, and `first_script` by its hash (W3C, Content Security Policy 3).

        So nothing that a text brings with it can run. Drawings set their width in a style attribute.
        """
        digest = base64.b64encode(hashlib.sha256(self.first_script.encode()).digest()).decode()
        return (
            f"default-src 'self'; script-src 'self' 'sha256-{digest}'; style-src 'self'; style-src-attr 'unsafe-inline'; "
            "img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'none'"
        )

    def report_address(self, pattern: str, title: str, address: str) -> str:
        """Where a mistake on a page is reported: `{title}` and `{address}` of the setting `mistakes`, filled in."""
        return pattern.replace("{title}", quote(title, safe="")).replace("{address}", quote(address, safe=""))

    def page_with(self, template: str) -> PageLike | None:
        """The page of a kind that a site has once, such as `offline.html`; None if it has none."""
        return self._by_template.get(template)

    @property
    def offline_words(self) -> dict[str, str]:
        """What the script of saved pages says, with its blanks."""
        prefix = "offline."
        words = load_wording(self.locale.code)
        return {key.removeprefix(prefix): text for key, text in words.items() if key.startswith(prefix)}

    @property
    def languages(self) -> dict[str, dict[str, str]]:
        """Name and direction of each language of the site, by its code."""
        return {code: {"name": LOCALES[code].name, "dir": LOCALES[code].direction} for code in self._layout.locales}

    def defined_terms(self, address: str, name: str, letters: Iterable[Any]) -> dict[str, Any]:
        """The glossary as a schema.org DefinedTermSet (https://schema.org/DefinedTermSet)."""
        entries = [entry for letter in letters for entry in letter.entries]
        return {
            "@context": "https://schema.org",
            "@type": "DefinedTermSet",
            "@id": address,
            "name": str(name),
            "inLanguage": self.locale.code,
            "hasDefinedTerm": [
                {
                    "@type": "DefinedTerm",
                    "@id": f"{address}#{entry.id}",
                    "termCode": entry.id,
                    "name": entry.term,
                    "description": re.sub(r"<[^<>]+>", "", entry.definition).strip(),
                    "inLanguage": entry.definition_locale.code,
                }
                for entry in entries
            ],
        }

    def say(self, locale: str, key: str, **values: object) -> str:
        """An interface string in another language."""
        return say(locale, key, **values)

    @property
    def locales(self) -> Sequence[Locale]:
        """The languages of the site, in their fixed order."""
        return [LOCALES[code] for code in self._layout.locales]

    def locale_of(self, file: FileLike) -> Locale:
        """The language that a file is written in, whatever language it is shown in."""
        return LOCALES[self._layout.source_of(PurePosixPath(file.src_uri))[1]]

    def is_fallback(self, file: FileLike) -> bool:
        """Whether a page shows the source text because it has no translation into this language."""
        return self.locale_of(file) != self.locale

    def translations(self, file: FileLike) -> list[Locale]:
        """The languages that a page really exists in, the source first."""
        source, _ = self._layout.source_of(self._layout.disk_path(PurePosixPath(file.src_uri)))
        return [
            locale
            for locale in self.locales
            if locale.code == SOURCE or source.with_name(f"{source.stem}.{locale.code}.md") in self._project.pages
        ]

    @property
    def modules(self) -> list[Card]:
        """A card for every module."""
        return [
            card
            for module in self._catalogue.modules
            for card in self._cards([module.page.path], module.minutes, len(module.units), module.objectives)
        ]

    @property
    def papers(self) -> list[Card]:
        """A card for every paper."""
        return [card for paper in self._catalogue.papers for card in self._cards([paper.page.path], paper.minutes)]

    @property
    def courses(self) -> list[Card]:
        """A card for every course."""
        return list(self._cards([page.path for page in self._catalogue.courses], minutes=0))

    @property
    def doors(self) -> list[tuple[str, PageLike]]:
        """Where those begin who learn, who train and who edit; only the pages that the site has."""
        begin = {"learn": "modules/index.md", "train": "docs/downloads.md", "edit": "docs/contribute/index.md"}
        found = ((name, self._pages.get(PurePosixPath(path))) for name, path in begin.items())
        return [(name, page) for name, page in found if page is not None]

    @property
    def news(self) -> list[tuple[str, list[tuple[PageLike | None, list[Card]]]]]:
        """What was published or reviewed on which day, newest first: the overview of each folder and its other pages.

        Days come from front matter; pages for editors are left out.
        """
        days: dict[str, dict[PurePosixPath, list[PurePosixPath]]] = {}
        for source in sorted(self._pages):
            values = self._project.pages[source].front_matter.values
            day = max(str(values.get(key) or "") for key in ("published", "reviewed_on"))
            if day and "editor" not in (values.get("audience") or []):
                days.setdefault(day, {}).setdefault(source.parent, []).append(source)
        return [
            (
                day,
                [
                    (
                        None if folder == PurePosixPath(self._layout.docs) else self._pages.get(folder / "index.md"),
                        list(self._cards([one for one in sources if one.name != "index.md"], minutes=0)),
                    )
                    for folder, sources in folders.items()
                ],
            )
            for day, folders in sorted(days.items(), reverse=True)
        ]

    def units(self, file: FileLike) -> list[Card]:
        """The units of the module that a page is the overview of; none for any other page."""
        module = self._module(file)
        units: Iterable[Unit] = module.units if module else ()
        return [
            replace(card, learnt=self._objectives(module, unit.page))
            for unit in units
            for card in self._cards([unit.page.path], unit.minutes)
            if module
        ]

    def tests(self, file: FileLike, name: str) -> list[Card]:
        """The test of a module, `pre-test` or `post-test`, if its folder has one; none for any other page."""
        module = self._module(file)
        return list(self._cards([module.page.path.with_name(f"{name}.md")], minutes=0)) if module else []

    def module_minutes(self, file: FileLike) -> int:
        """Minutes for the module that a page is the overview of; 0 for any other page."""
        module = self._module(file)
        return module.minutes if module else 0

    def place(self, file: FileLike) -> Place | None:
        """The place of a unit in its module, or None if the page is no unit."""
        found = self._catalogue.units.get(self._source(file))
        return Place(found[1].number, len(found[0].units), found[1].minutes) if found else None

    def kind(self, file: FileLike) -> str:
        """What a page is: page, module, unit or paper."""
        return self._layout.kind(self._source(file)).value

    def _objectives(self, module: LearningModule, unit: ContentPage) -> list[tuple[str, Locale]]:
        """A unit's objectives in the words of the module's overview, or of the unit, or of their sources."""
        found = []
        for objective in unit.front_matter.values.get("objectives") or {}:
            for page in (self._project.in_locale(module.page.path, self.locale.code), module.page, unit):
                words = page.front_matter.values.get("objectives") if page else None
                if page and isinstance(words, dict) and objective in words:
                    found.append((str(words[objective]), LOCALES[page.locale]))
                    break
        return found

    def _source(self, file: FileLike) -> PurePosixPath:
        return self._layout.source_of(self._layout.disk_path(PurePosixPath(file.src_uri)))[0]

    def _module(self, file: FileLike) -> LearningModule | None:
        source = self._source(file)
        return next((m for m in self._catalogue.modules if m.page.path == source), None)

    def _cards(
        self, sources: Iterable[PurePosixPath], minutes: int, units: int = 0, objectives: int = 0
    ) -> Iterable[Card]:
        for source in sources:
            page = self._pages.get(source)
            if page is not None:
                yield Card(page, self.locale_of(page.file), minutes, units, objectives)
