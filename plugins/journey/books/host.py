"""Sets up the press from the site's settings: its Markdown, its items, its drawings; what trainers get; the templates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from mkdocs.config.defaults import MkDocsConfig

from ..charts.parse import read_charts
from ..charts.render import render_print as render_chart
from ..checks import outlines_of
from ..content.parse import read_project
from ..figures.parse import read_figures
from ..figures.render import PRINT_STYLE, render_print
from ..glossary.parse import read_glossary
from ..glossary.usage import plain, terms_used
from ..host import layout_of
from ..layout import Layout
from ..locales import LOCALES, SOURCE
from ..papers.markdown import unlinked_citations
from ..papers.parse import read_library
from ..papers.style import Style
from ..quizzes.bank import read_bank, release_of
from ..quizzes.exports.files import Export, iter_folders, iter_gift, iter_moodle_xml, iter_setup_sheets
from ..quizzes.markdown import ExportHtml
from ..quizzes.model import Assessment, AssessmentKind, Item
from ..wording import say
from .compose import Chapter, Term
from .ebooks import EbookMaker
from .markdown import BookMarkdown
from .model import BookShelf
from .papers import Test, make_papers
from .parse import read_books
from .press import Around, Press, TermsUsed
from .publish import Render


class SiteRenderer(BookMarkdown):
    """The site's Markdown and drawings for books."""

    def __init__(self, config: MkDocsConfig) -> None:
        layout = layout_of(config)
        self._figures = read_figures(layout)
        self.bank = read_bank(layout)
        options = {name: dict(own) for name, own in config.mdx_configs.items()}
        drawings = {"book": self._figures, "layout": layout}
        self._library = read_library(layout)
        self._charts_book = read_charts(layout)
        self._styles: dict[tuple[PurePosixPath, str], Style] = {}
        super().__init__(
            list(config.markdown_extensions),
            options,
            self.bank,
            drawings,
            {"book": self._charts_book, "layout": layout},
            self._style,
        )

    def _style(self, folder: PurePosixPath, locale: str) -> Style | None:
        works = self._library.bibliographies.get(folder)
        return self._styles.setdefault((folder, locale), Style(works, locale)) if works else None

    def drawing(self, path: PurePosixPath, locale: str) -> bytes | None:
        """A drawing with its words in a language, or None if the file is none of the project's drawings."""
        figure = self._figures.figures.get(path)
        return render_print(figure, locale, self._figures.words_of(figure, locale)) if figure else None

    def chart(self, chart_id: str, locale: str) -> bytes | None:
        """The drawing of a chart in a language, or None if there is no such chart."""
        chart = self._charts_book.find_chart(chart_id)
        return render_chart(chart, locale) if chart else None


def pack_files(config: MkDocsConfig, press: Press) -> Iterator[tuple[PurePosixPath, bytes]]:
    """What trainers get beside their books, by path below the pack: papers of tests, question banks, set-up sheets.

    Raises SettingError or WalkError for a test that can not be printed.
    """
    layout = press.layout
    assert isinstance(press.renderer, SiteRenderer)
    bank, project, library = press.renderer.bank, read_project(layout), read_library(layout)
    for folder in iter_folders(bank):
        if any(part.startswith("_") for part in folder.parts):
            continue
        translated = {locale for (item, locale) in bank.words if bank.sources[item].path.parent == folder}
        for locale in (code for code in layout.locales if code == SOURCE or code in translated):
            page = project.in_locale(folder / "index.md", locale)
            title = str(page.front_matter.values.get("title", folder.name)) if page else folder.name
            job = Export(bank, folder, locale, title, release_of(bank))
            site = config.site_url or ""
            cited = unlinked_citations(library.bibliographies.get(folder), locale)
            options = {**config.mdx_configs, "journey.papers.markdown": cited}
            html = ExportHtml(config.markdown_extensions, options, layout, bank, locale, site)
            for file in [*iter_setup_sheets(job), *iter_moodle_xml(job, html.piece), *iter_gift(job, html.piece)]:
                yield PurePosixPath(locale, "moodle", file.name), file.content
            for assessment in job.assessments():
                if assessment.kind is not AssessmentKind.SELF_CHECK:
                    for paper in make_papers(_test(press, assessment, job.items_of(assessment), locale)):
                        yield PurePosixPath(locale, "tests", paper.name), paper.pdf


def _test(press: Press, assessment: Assessment, items: Sequence[Item], locale: str) -> Test:
    assert isinstance(press.renderer, SiteRenderer)
    return Test(
        assessment.id,
        locale,
        say(locale, f"quiz.{assessment.kind.value}"),
        sum(item.points for item in items),
        press.renderer.questions([item.id for item in items], assessment.path.parent, locale),
        hints=assessment.kind is AssessmentKind.SELF_CHECK,
        around=Around(press, assessment.path, assessment.path, locale),
    )


def make_renderer(config: MkDocsConfig) -> Render:
    """Renders templates of the site outside MkDocs, with the interface's words."""
    folders = [str(folder) for folder in config.theme.dirs]
    env = Environment(loader=FileSystemLoader(folders), autoescape=True, undefined=StrictUndefined)
    env.globals.update(
        say=say,
        css=[str(path) for path in config.extra_css],
        direction=lambda code: LOCALES[code].direction,
        name=lambda code: LOCALES[code].name,
    )
    return lambda template, values: env.get_template(template).render(values)


def ebook_maker(config: MkDocsConfig, press: Press) -> EbookMaker:
    """Makes e-books with the site's Markdown, its fonts and the looks of its drawings."""
    renderer, layout = press.renderer, press.layout
    assert isinstance(renderer, SiteRenderer)

    def to_html(chapter: Chapter) -> str:
        text = press.text_for(chapter.path, chapter.audience)
        return renderer.site_page(text, chapter.path, str(layout.site_uri(chapter.path)), chapter.locale)

    fonts = Path(config.theme.custom_dir or ".") / "assets" / "fonts"
    return EbookMaker(to_html, fonts, (PRINT_STYLE.read_text(encoding="utf-8"),))


def open_press(config: MkDocsConfig) -> tuple[Press, BookShelf]:
    """The press and all books of a project."""
    layout = layout_of(config)
    shelf = read_books(layout, outlines_of(read_project(layout)))
    return Press(layout, SiteRenderer(config), config.site_url or "", _terms_of(layout)), shelf


def _terms_of(layout: Layout) -> TermsUsed:
    glossary = read_glossary(layout)
    english = {plain(concept.definition) for concept in glossary.pages[SOURCE].concepts} if glossary.pages else set()

    def find(texts: Sequence[str], locale: str, linked: frozenset[str]) -> list[Term]:
        return [
            Term(term, meaning, beside, locale == SOURCE or meaning not in english)
            for _, term, meaning, beside in terms_used(glossary, texts, locale, linked & set(glossary.ids))
        ]

    return find
