"""A chart in a language: its data as `<svg>` with title and description.

Scales and ticks come from leather, numbers and names from ICU. For Urdu everything is mirrored, time too: the drawings
on the same pages are, a reader's eye begins at the right, and every moment carries its year.
"""

from __future__ import annotations

import xml.etree.ElementTree as etree
from pathlib import Path

from .canvas import WIDTH, Canvas
from .describe import describe
from .kinds import draw_columns, draw_dots, draw_lines, draw_rows
from .labels import Labels
from .model import Chart
from .series import Plot, build_plot

PRINT_STYLE = Path(__file__).with_name("print.css")
_SAMPLE = 34  # user units from a sample of a series to its name
_GAP = 12


def render_chart(chart: Chart, locale: str) -> etree.Element:
    """The `<svg>` element for a page in `locale`; raises ValueError if the data does not fit (rule D012)."""
    plot = build_plot(chart)
    labels = Labels(chart, plot, locale)
    canvas = Canvas(chart.id, locale)
    _name(canvas.root, chart, plot, labels)
    kind = chart.request.kind
    if kind in ("bar", "stacked"):
        canvas.patterns(len(plot.series))
    top = _head(canvas, kind, plot, labels)
    for panel in plot.panels:
        if panel.name:
            top = canvas.lines(0, top, labels.value(labels.facet, panel.name), "f-strong")
        if kind == "line":
            top = draw_lines(canvas, top, plot, panel, labels)
        elif kind == "dots":
            top = draw_dots(canvas, top, plot, panel, labels)
        elif plot.moments:
            top = draw_columns(canvas, top, plot, panel, labels, kind == "stacked")
        else:
            top = draw_rows(canvas, top, plot, panel, labels, kind == "stacked")
        top += _GAP
    return canvas.finish(top - _GAP + 2)


def render_print(chart: Chart, locale: str) -> bytes:
    """A file of its own for print and EPUB, with its looks in it, legible without colour."""
    root = render_chart(chart, locale)
    for name in ("role", "aria-labelledby", "aria-describedby", "class"):
        root.attrib.pop(name, None)
    for child in [child for child in root if child.tag in ("title", "desc")]:
        root.remove(child)
    root.set("xmlns", "http://www.w3.org/2000/svg")
    root.set("width", str(WIDTH))
    root.set("height", root.get("viewBox", "").split()[3])
    style = etree.Element("style")
    style.text = PRINT_STYLE.read_text(encoding="utf-8")
    root.insert(0, style)
    return etree.tostring(root, encoding="unicode").encode()


def _name(root: etree.Element, chart: Chart, plot: Plot, labels: Labels) -> None:
    root.set("role", "img")
    for tag, attribute in (("title", "aria-labelledby"), ("desc", "aria-describedby")):
        root.set(attribute, f"{chart.id}-{tag}")
        etree.SubElement(root, tag, {"id": f"{chart.id}-{tag}"})
    title, description = root[0], root[1]
    title.text, description.text = labels.title.text, describe(plot, labels)
    if labels.title.locale != labels.locale:
        title.set("lang", labels.title.locale)


def _head(canvas: Canvas, kind: str, plot: Plot, labels: Labels) -> float:
    """What is measured and, if there are several series, which is which."""
    top = canvas.lines(0, 0, labels.axis, "f-muted") if labels.axis.text else 0.0
    if len(plot.series) > 1:
        for number, series in enumerate(plot.series):
            middle = top + canvas.leading / 2
            if kind in ("bar", "stacked"):
                canvas.bar(1, middle - 7, 23, middle + 7, number)
            else:
                if kind == "line":
                    canvas.line(0, middle, 26, middle, f"f-line-{number + 1}")
                canvas.mark(13, middle, number)
            top = canvas.lines(_SAMPLE, top, labels.series(series))
    return top + 8 if top else 0.0
