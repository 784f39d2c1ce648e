"""Chapters for the tests of e-books: every element that Markdown can produce, every kind of question, six languages."""

from __future__ import annotations

import base64
import re
from datetime import date
from functools import cache
from pathlib import Path, PurePosixPath

import markdown
import yaml

from journey.books.ebook.model import Chapter, EBook
from journey.books.epub import site_fonts
from journey.figures.model import FigureBook
from journey.figures.parse import parse_figure
from journey.figures.render import PRINT_STYLE
from journey.layout import Layout
from journey.locales import LOCALES
from journey.quizzes.bank import Bank, build_bank, read_bank
from journey.quizzes.parse import parse_quizzes
from support import ROOT

CASES = Path(__file__).parent / "cases" / "epub"
DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
PAGE = "modules/water/index.md"
DRAWING = PurePosixPath("modules/water/assets/levels.svg")


def site_extensions() -> tuple[list[str], dict[str, dict[str, object]]]:
    """Names and settings of the site's own Markdown extensions."""
    settings = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    names, options = [], {}
    for one in settings["markdown_extensions"]:
        names.append(one if isinstance(one, str) else next(iter(one)))
        if isinstance(one, dict):
            options.update(one)
    return names, options


def render(text: str, locale: str, bank: Bank, page: str = PAGE, layout: Layout | None = None) -> str:
    """Markdown as the site renders it, in a language; the drawing `assets/levels.svg` lies beside `PAGE`."""
    names, options = site_extensions()
    figure, _ = parse_figure(DRAWING, (ROOT / "tests" / "cases" / "figures" / "levels.svg").read_bytes())
    assert figure
    options["journey.content.markdown"] = {"locale": locale}
    options["journey.quizzes.markdown"] = {"locale": locale, "bank": bank}
    options["journey.figures.markdown"] = {
        "locale": locale,
        "book": FigureBook({DRAWING: figure}, {}),
        "layout": layout or Layout(Path("project")),
        "src_uri": page,
    }
    return markdown.markdown(text, extensions=names, extension_configs=options)


@cache
def sample_bank() -> Bank:
    """The questions of the samples, with their words in other languages."""
    pages = [parse_quizzes(PurePosixPath("questions.md"), "en", read("questions.md"))]
    pages += [
        parse_quizzes(PurePosixPath(f"questions.{code}.md"), code, read(f"sample.{code}.md"))
        for code in LOCALES
        if code != "en"
    ]
    assert not [problem for page in pages for problem in page.problems]
    return build_bank(pages)


def read(name: str) -> str:
    return (CASES / name).read_text(encoding="utf-8")


def sample_book(locale: str, with_answers: bool = True) -> EBook:
    """A book in a language, its own chapter first; others are in their languages, as pages are that lack a translation."""
    bank = sample_bank()
    samples = [
        Chapter(f"sample-{code}", LOCALES[code].name, render(read(f"sample.{code}.md"), code, bank), code, part="1 & 2")
        for code in sorted(LOCALES, key=lambda code: code != locale)
    ]
    chapters = [
        Chapter("imprint", "Imprint", "<p>Text under CC BY 4.0.</p>", "en", "imprint"),
        *samples,
        Chapter("everything", "Everything <at> once", render(read("everything.md"), "en", bank), "en", "introduction"),
        Chapter("questions", "Questions", render(read("questions.md"), "en", bank), "en", source=PurePosixPath("q.md")),
        Chapter("words", "Glossary", "<dl><dt>Register</dt><dd>A list.</dd></dl>", "en", "glossary"),
    ]
    fonts, licences = site_fonts(locale, ROOT / "overrides" / "assets" / "fonts")
    return EBook(
        title=LOCALES[locale].name + " & <more>",
        locale=locale,
        identifier=f"urn:uuid:0b0e0f00-0000-5000-8000-00000000{ord(locale[0]):02x}{ord(locale[1]):02x}",
        modified=date(2026, 2, 1),
        chapters=chapters,
        description="A book of samples.",
        creators=["Learning Journey"],
        publisher="Learning Journey",
        rights="CC BY 4.0",
        source="https://learning-journey.example.org/",
        lines=["1.0"],
        cover="cover.png",
        pictures={"assets/dot.png": DOT, "cover.png": DOT},
        styles=[PRINT_STYLE.read_text(encoding="utf-8")],
        fonts=fonts,
        licences=licences,
        with_answers=with_answers,
    )


def site_book(locale: str) -> EBook | None:
    """All pages of this repository's modules, papers and docs in a language; links between them lead to the web."""
    layout = Layout(ROOT)
    bank = read_bank(layout)
    chapters = []
    suffix = "" if locale == "en" else f".{locale}"
    pages = [p for p in layout.iter_files() if p.suffix == ".md" and p.parts[0] in ("docs", "modules", "research")]
    for path in sorted(pages):
        code = Path(path.stem).suffix.removeprefix(".")
        if (code if code in LOCALES else "") != suffix[1:] or any(part.startswith("_") for part in path.parts):
            continue
        text = re.sub(r"\A---\n.*?\n---\n", "", (ROOT / path).read_text(encoding="utf-8"), flags=re.S)
        html = render(text, locale, bank, str(path), layout)
        html = re.sub(r'(<a\b[^>]*\shref=")(?!#|https?:|mailto:)[^"]*(")', r"\1https://example.org/\2", html)
        name = "p-" + re.sub(r"[^a-z0-9]+", "-", str(path.with_suffix("")).lower())
        chapters.append(Chapter(name, path.stem, html, locale, source=PurePosixPath(path)))
    if not chapters:
        return None
    fonts, licences = site_fonts(locale, ROOT / "overrides" / "assets" / "fonts")
    return EBook(
        "The whole site", locale, f"urn:example:{locale}", date(2026, 2, 1), chapters, fonts=fonts, licences=licences
    )
