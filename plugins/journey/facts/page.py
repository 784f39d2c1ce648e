"""What the page of all facts and the lens ask for, made when they ask: other pages do not pay for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

from .lens import Lens, compare_countries
from .model import FactBook
from .view import Place, list_facts


@dataclass(frozen=True)
class FactsView:
    """Templates see this as `facts`, in one language."""

    book: FactBook
    locale: str
    to_html: Callable[[str], str]
    """Renders a line of Markdown."""
    pages: Mapping[PurePosixPath, Any]
    """The pages that readers of the language get, by the path of their source."""
    place: PurePosixPath
    """The page of all facts."""

    @property
    def here(self) -> Any:
        """The page of all facts in the language, None if the site has none."""
        return self.pages.get(self.place)

    @cached_property
    def places(self) -> list[Place]:
        """All facts by country."""
        return list_facts(self.book, self.locale, self.to_html, self.pages)

    @cached_property
    def lens(self) -> Lens:
        """The facts that compare countries."""
        return compare_countries(self.book, self.locale)
