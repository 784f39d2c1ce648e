"""Sets up the press from the site's settings: its Markdown, its items, its drawings."""

from __future__ import annotations

from pathlib import PurePosixPath

from mkdocs.config.defaults import MkDocsConfig

from ..checks import outlines_of
from ..content.parse import read_project
from ..figures.parse import read_figures
from ..figures.render import render_print
from ..host import layout_of
from ..quizzes.bank import read_bank
from .markdown import BookMarkdown
from .model import BookShelf
from .parse import read_books
from .press import Press


class SiteRenderer(BookMarkdown):
    """The site's Markdown and drawings for books."""

    def __init__(self, config: MkDocsConfig) -> None:
        layout = layout_of(config)
        self._figures = read_figures(layout)
        self.bank = read_bank(layout)
        options = {name: dict(own) for name, own in config.mdx_configs.items()}
        super().__init__(list(config.markdown_extensions), options, self.bank)

    def drawing(self, path: PurePosixPath, locale: str) -> bytes | None:
        """A drawing with its words in a language, or None if the file is none of the project's drawings."""
        figure = self._figures.figures.get(path)
        return render_print(figure, locale, self._figures.words_of(figure, locale)) if figure else None


def open_press(config: MkDocsConfig) -> tuple[Press, BookShelf]:
    """The press and all books of a project."""
    layout = layout_of(config)
    shelf = read_books(layout, outlines_of(read_project(layout)))
    return Press(layout, SiteRenderer(config), config.site_url or ""), shelf
