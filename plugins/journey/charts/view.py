"""What stands around a chart on a page: its caption, source and note, and all its data as a table."""

from __future__ import annotations

import xml.etree.ElementTree as etree
from collections.abc import Callable, Iterator
from decimal import Decimal

from ..locales import LOCALES, SOURCE
from ..wording import say
from .describe import describe, iter_series, name_of
from .labels import Labels
from .model import Chart, Text
from .render import render_chart
from .series import Panel, Plot, Series, build_plot

SCHEME = "chart:"
"""Before the id of a chart, the address of its drawing in print."""

Inline = Callable[[etree.Element, str], None]
"""Puts a line of Markdown into an element."""


def start_figure(chart: Chart) -> tuple[etree.Element, etree.Element]:
    """The `<figure>` of a chart and its `<figcaption>`, into which the caption is still to be put."""
    figure = etree.Element("figure", {"class": "chart", "id": chart.id})
    return figure, etree.SubElement(figure, "figcaption")


def finish_figure(figure: etree.Element, chart: Chart, locale: str, href: str, inline: Inline) -> None:
    """Put the drawing, its source and its data below the caption.

    `locale` is the language of the page, `href` the way to the CSV file.
    """
    plot = build_plot(chart)
    labels = Labels(chart, plot, locale)
    figure.append(render_chart(chart, locale))
    figure.append(_source(chart, labels, inline))
    if labels.provenance.note:
        note = etree.SubElement(figure, "p", {"class": "chart-note no-term"})
        _say_in(note, labels.note, locale, inline)
    details = etree.SubElement(figure, "details", {"class": "chart-data no-term"})
    etree.SubElement(details, "summary").text = say(locale, "chart.table")
    frame = etree.SubElement(
        details, "div", {"class": "table-frame", "role": "group", "tabindex": "0", "aria-label": labels.title.text}
    )
    if labels.title.locale != locale:
        frame.set("aria-label", say(locale, "table.label"))
    frame.append(_table(plot, labels))
    link = etree.SubElement(etree.SubElement(details, "p"), "a", {"href": href, "download": ""})
    link.text = say(locale, "chart.download")


def finish_print(figure: etree.Element, chart: Chart, locale: str, inline: Inline) -> None:
    """Put a picture above the caption, `chart:<id>` for whoever prints it, and the source behind the caption.

    The data stand in the text for who does not see the picture: first, last, highest and lowest values.
    """
    plot = build_plot(chart)
    labels = Labels(chart, plot, locale)
    figure.insert(0, etree.Element("img", {"src": f"{SCHEME}{chart.id}", "alt": describe(plot, labels)}))
    source, provenance = etree.SubElement(figure[1], "span"), labels.provenance
    source.text = f" {say(locale, 'chart.source')} "
    words = etree.SubElement(source, "span", {"lang": SOURCE, "dir": "ltr"} if locale != SOURCE else {})
    inline(etree.SubElement(words, "span"), provenance.source)
    words[0].tail = f", {provenance.table}."


def _source(chart: Chart, labels: Labels, inline: Inline) -> etree.Element:
    """`Source: body, work (table). Licence. Accessed on day`; what the provenance says is English."""
    provenance, locale = labels.provenance, labels.locale
    box = etree.Element("p", {"class": "chart-source no-term"})
    box.text = say(locale, "chart.source") + " "
    words = etree.SubElement(box, "span")
    link = etree.SubElement(words, "a", {"href": provenance.url})
    _say_in(words, Text("", SOURCE), locale, inline)
    inline(link, provenance.source)
    link.tail = f", {provenance.table}. {provenance.licence}."
    before, after = say(locale, "chart.accessed", date="\n").split("\n")
    words.tail = f" {before}"
    day = etree.SubElement(box, "time", {"datetime": provenance.accessed, "dir": "ltr"})
    day.text, day.tail = provenance.accessed, after
    return box


def _say_in(element: etree.Element, text: Text, locale: str, inline: Inline) -> None:
    if text.locale != locale:
        element.set("lang", text.locale)
        element.set("dir", LOCALES[text.locale].direction)
    if text.text:
        inline(element, text.text)


def _table(plot: Plot, labels: Labels) -> etree.Element:
    """A row for each place, a column for each series; the headings have their scope."""
    table = etree.Element("table")
    columns = list(iter_series(plot))
    heads = etree.SubElement(etree.SubElement(table, "thead"), "tr")
    _cell(heads, "th", labels.column(labels.x), labels.locale, scope="col")
    for panel, series in columns:
        _cell(heads, "th", _heading(plot, panel, series, labels), labels.locale, scope="col")
    body = etree.SubElement(table, "tbody")
    for place in range(len(plot.places)):
        row = etree.SubElement(body, "tr")
        _cell(row, "th", labels.place(place), labels.locale, scope="row")
        for _, series in columns:
            _number(row, series.values[place], labels)
    return table


def _heading(plot: Plot, panel: Panel, series: Series, labels: Labels) -> Text:
    if len(list(iter_series(plot))) == 1:
        return labels.axis
    locales = [labels.series(series).locale] if len(plot.series) > 1 or not panel.name else []
    locales += [labels.value(labels.facet, panel.name).locale] if panel.name else []
    return Text(name_of(plot, panel, series, labels), max(locales, key=lambda one: one == SOURCE))


def _number(row: etree.Element, value: Decimal | None, labels: Labels) -> None:
    if value is None:
        _cell(row, "td", Text(say(labels.locale, "chart.no_value"), labels.locale), labels.locale)
    else:
        etree.SubElement(_cell(row, "td", Text("", labels.locale), labels.locale), "bdi").text = labels.number(value)


def _cell(row: etree.Element, tag: str, text: Text, locale: str, **attributes: str) -> etree.Element:
    cell = etree.SubElement(row, tag, attributes)
    cell.text = text.text
    if text.locale != locale:
        cell.set("lang", text.locale)
        cell.set("dir", LOCALES[text.locale].direction)
    return cell


def iter_unlabelled(chart: Chart, locale: str) -> Iterator[str]:
    """Names of the chart that a reader of `locale` would meet in English: the title, columns, units and values."""
    plot = build_plot(chart)
    labels, request = Labels(chart, plot, locale), chart.request
    if labels.title.locale != locale:
        yield "title"
    if labels.provenance.note and labels.note.locale != locale:
        yield "note"
    for column in dict.fromkeys(column for option, column in request.columns() if option in ("x", "y")):
        if labels.column(column).locale != locale:
            yield f"columns.{column}"
    for column in request.y:
        unit = labels.provenance.units.get(column, {})
        if unit and locale not in unit and any(any(map(str.isalpha, text)) for text in unit.values()):
            yield f"units.{column}"
    named = [(request.x, place) for place in plot.places]
    named += [(request.by, one.name) for one in plot.series if request.by]
    named += [(request.facet, panel.name) for panel in plot.panels if request.facet]
    for column, value in dict.fromkeys(named):
        if labels.value(column, value).locale != locale:
            yield f"values.{column}.{value}"
