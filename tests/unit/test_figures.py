"""A drawing speaks the page's language, is mirrored with it, and loses nothing."""

from __future__ import annotations

import xml.etree.ElementTree as etree
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath

import markdown
import pytest

from journey.figures.model import Figure, FigureBook, FigureWords
from journey.figures.parse import parse_figure
from journey.figures.render import render_figure, render_print
from journey.layout import Layout

CASES = Path(__file__).parents[1] / "cases" / "figures"
PATH = PurePosixPath("modules/water/assets/levels.svg")
URDU = {
    "Policy|says who pays": "پالیسی|طے کرتی ہے کہ کون ادا کرے گا",
    "Delivery": "خدمت",
    "Two levels of three": "تین میں سے دو سطحیں",
}


@pytest.fixture
def figure() -> Figure:
    found, problems = parse_figure(PATH, (CASES / "levels.svg").read_bytes())
    assert found and not problems
    return found


@pytest.mark.parametrize(("locale", "words"), [("en", {}), ("ur", URDU), ("km", {})])
def test_drawing(figure: Figure, locale: str, words: Mapping[str, str], golden: Callable[[Path, str], None]) -> None:
    drawing = render_figure(figure, locale, words, "Two boxes")
    etree.indent(drawing)
    golden(CASES / f"levels.{locale}.html", etree.tostring(drawing, encoding="unicode") + "\n")


def test_drawing_in_print(figure: Figure, golden: Callable[[Path, str], None]) -> None:
    golden(CASES / "levels.ur.print.svg", render_print(figure, "ur", URDU).decode() + "\n")


def test_a_picture_alone_becomes_a_figure_and_one_in_text_stays_there(figure: Figure) -> None:
    book = FigureBook(
        {PATH: figure}, {(PurePosixPath("modules/water"), "ur"): FigureWords(PATH, "ur", {"levels.svg": URDU}, {})}
    )
    options = {"book": book, "layout": Layout(Path("project")), "src_uri": "modules/water/index.md", "locale": "ur"}
    text = '![دو خانے](assets/levels.svg "نیچے کا عنوان")\n\nدیکھیں ![خانے](assets/levels.svg) یہاں۔\n\n![foto](assets/photo.png)'
    out = markdown.markdown(
        text, extensions=["journey.figures.markdown"], extension_configs={"journey.figures.markdown": options}
    )
    assert out.startswith('<figure class="drawing"><svg')
    assert 'aria-label="دو خانے"' in out
    assert "<figcaption>نیچے کا عنوان</figcaption></figure>" in out
    assert out.count("<svg") == 2
    assert "<p>دیکھیں <svg" in out
    assert '<img alt="foto" src="assets/photo.png" />' in out


def test_a_mirrored_text_stands_where_its_mirror_image_was() -> None:
    """Text at x in a drawing of width w is centred at w - x, and reads forwards."""
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 100"><text x="100" y="50">A</text></svg>'
    figure, _ = parse_figure(PATH, svg)
    assert figure
    drawing = render_figure(figure, "ur", {"A": "الف"}, "")
    group = drawing[0]
    assert group.get("transform") == "translate(400 0) scale(-1 1)"
    assert group[0].get("transform") == "translate(200 0) scale(-1 1)"  # 400 - (200 - 100) = 300 = 400 - 100
