"""What the page of the glossary asks for, made when it asks: other pages do not pay for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

from .model import Glossary
from .usage import Usage
from .view import Letter, list_concepts


@dataclass(frozen=True)
class GlossaryView:
    """Templates see this as `glossary`, in one language."""

    glossary: Glossary
    usage: Callable[[], Usage]
    locale: str
    to_html: Callable[[str], str]
    """Renders Markdown."""
    pages: Mapping[PurePosixPath, Any]
    """The pages that readers of the language get, by the path of their source."""

    @property
    def count(self) -> int:
        """How many concepts there are."""
        return len(self.glossary.ids)

    @cached_property
    def letters(self) -> list[Letter]:
        """The concepts by letter, each with the pages that use it."""
        if not self.glossary.pages:
            return []
        found = self.usage().pages_of(self.locale)
        used = {concept: [path for path in paths if path in self.pages] for concept, paths in found.items()}
        return list_concepts(self.glossary, self.locale, self.to_html, used)
