"""A chart in words, made from its data: for people who do not see it, and for the ones who doubt it."""

from __future__ import annotations

from collections.abc import Iterator

from ..wording import say
from .labels import Labels
from .series import Panel, Plot, Series


def describe(plot: Plot, labels: Labels) -> str:
    """One sentence for what is measured and one a series: first, last, highest and lowest value."""
    sentences = [say(labels.locale, "chart.shows", what=labels.axis.text)] if labels.axis.text else []
    sentences += [_describe(plot, panel, series, labels) for panel, series in iter_series(plot) if series.known()]
    return " ".join(sentences)


def iter_series(plot: Plot) -> Iterator[tuple[Panel, Series]]:
    """Every series of every panel, in the order in which they are drawn."""
    for panel in plot.panels:
        for series in panel.series:
            yield panel, series


def name_of(plot: Plot, panel: Panel, series: Series, labels: Labels) -> str:
    """What tells one series from the others: panel and series, as far as there are several."""
    names = [labels.value(labels.facet, panel.name).text] if panel.name else []
    if len(plot.series) > 1 or not names:
        names.append(labels.series(series).text)
    return ", ".join(names) if labels.locale != "ur" else "، ".join(names)


def _describe(plot: Plot, panel: Panel, series: Series, labels: Labels) -> str:
    known = series.known()
    ends = {"first": known[0], "last": known[-1]}
    ends |= {"highest": max(known, key=lambda one: one[1]), "lowest": min(known, key=lambda one: one[1])}
    values: dict[str, str] = {"series": name_of(plot, panel, series, labels)}
    for name, (place, value) in ends.items():
        values |= {name: labels.number(value), f"{name}_at": labels.place(place).text}
    if len(known) == 1:
        return say(labels.locale, "chart.one_value", **values)
    key = "chart.in_time" if plot.moments else "chart.by_place"
    return say(labels.locale, key, **values)
