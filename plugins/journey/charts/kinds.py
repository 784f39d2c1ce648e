"""The four kinds of charts: each draws one panel from `top` downwards and returns where it ends."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from leather.scales.linear import Linear

from .canvas import FONT_SIZE, WIDTH, Canvas, measure
from .labels import Labels
from .model import Text
from .series import Panel, Plot, Series

_BAR = 16  # height of a bar that lies
_ROOM = 6  # between a number and what it belongs to
_LONG = Decimal(10_000)  # numbers from here on are shown with a word for thousand or million on axes


class Scale:
    """Values to user units, between round numbers; `ticks` are those numbers."""

    def __init__(self, values: Sequence[Decimal], labels: Labels, from_zero: bool) -> None:
        low, high = min(values), max(values)
        if from_zero or low <= high / 2:
            low, high = min(low, Decimal(0)), max(high, Decimal(0))
        if low == high:
            low, high = min(low, Decimal(0)), max(high, Decimal(1))
        self._linear = Linear(low, high)
        self.ticks: list[Decimal] = list(self._linear.ticks())
        self.base = min(max(Decimal(0), self.ticks[0]), self.ticks[-1])
        """Where bars begin."""
        show = labels.short if max(map(abs, self.ticks)) >= _LONG else labels.tick
        self.labels = [Text(show(tick), labels.locale) for tick in self.ticks]

    def __call__(self, value: Decimal, start: float, end: float) -> float:
        return float(self._linear.project(value, start, end))


def draw_columns(canvas: Canvas, top: float, plot: Plot, panel: Panel, labels: Labels, stacked: bool) -> float:
    """Bars that stand, moment beside moment; their values above them where there is room, otherwise an axis."""
    scale = Scale(_extent(plot, stacked), labels, from_zero=True)
    height = 170 if len(plot.panels) == 1 else 110
    show = None if stacked or len(plot.series) > 1 else _fitting(plot, labels, WIDTH / len(plot.places))
    left = 0.0
    if show:
        top += FONT_SIZE + _ROOM
    else:
        top += FONT_SIZE / 2  # half a number stands above the highest line
        left = _axis_at_side(canvas, scale, top, top + height)
    slot = (WIDTH - left) / len(plot.places)
    thick = min(slot * 0.76, 64.0)
    for place in range(len(plot.places)):
        start, below = left + slot * (place + 0.5) - thick / 2, scale.base
        wide = thick if stacked else thick / len(panel.series)
        for number, series in enumerate(panel.series):
            if (value := series.values[place]) is None:
                continue
            x = start if stacked else start + number * wide
            foot, tip = (below, below + value) if stacked else (scale.base, value)
            below = tip
            y = scale(tip, top + height, top)
            canvas.bar(x, scale(foot, top + height, top), x + wide, y, number)
            if show:
                away = FONT_SIZE * (-0.65 if value >= 0 else 0.65)
                canvas.text(x + wide / 2, y + away, Text(show(value), labels.locale), "middle")
    zero = scale(scale.base, top + height, top)
    canvas.line(left, zero, WIDTH, zero, "f-thin")
    return _moments(canvas, top + height, [left + slot * (n + 0.5) for n in range(len(plot.places))], labels)


def draw_rows(canvas: Canvas, top: float, plot: Plot, panel: Panel, labels: Labels, stacked: bool) -> float:
    """Bars that lie, each under its name, so that a long name in any script has the whole width."""
    scale = Scale(_extent(plot, stacked), labels, from_zero=True)
    numbers = [labels.number(value) for value in plot.all_values()]
    width = WIDTH - (measure(max(scale.labels, key=_wide).text) / 2 if stacked else measure_widest(numbers) + _ROOM)
    first, rows_top = scale(scale.base, 0, width), top
    for place in range(len(plot.places)):
        if all(series.values[place] is None for series in panel.series):
            continue
        top = canvas.lines(0, top, labels.place(place)) + 1
        below, bars_top = scale.base, top
        for number, series in enumerate(panel.series):
            if (value := series.values[place]) is None:
                continue
            foot, tip = (below, below + value) if stacked else (scale.base, value)
            below = tip
            canvas.bar(scale(foot, 0, width), top, scale(tip, 0, width), top + _BAR, number)
            if not stacked:
                end = max(first, scale(tip, 0, width)) + _ROOM
                canvas.text(end, top + _BAR / 2, Text(labels.number(value), labels.locale))
                top += _BAR + 2
        if not stacked:
            canvas.line(first, bars_top - 2, first, top, "f-thin")
        top += _BAR + 6 if stacked else 4
    if stacked:
        return _axis_below(canvas, scale, rows_top, top, 0, width)
    return top


def draw_lines(canvas: Canvas, top: float, plot: Plot, panel: Panel, labels: Labels) -> float:
    """Lines through time, with a mark at every value; a gap where a cell is empty."""
    moments = plot.moments or ()
    scale = Scale(plot.all_values(), labels, from_zero=False)
    height = 180 if len(plot.panels) == 1 else 110
    top += FONT_SIZE / 2  # half a number stands above the highest line
    left = _axis_at_side(canvas, scale, top, top + height) + 12
    right = WIDTH - 12
    span = moments[-1] - moments[0] or Decimal(1)
    xs = [left + float((moment - moments[0]) / span) * (right - left) for moment in moments]
    for number, series in enumerate(panel.series):
        for run in _runs(series, xs, lambda value: scale(value, top + height, top)):
            if len(run) > 1:
                canvas.path(run, f"f-line-{number + 1}")
            for x, y in run:
                canvas.mark(x, y, number)
    return _moments(canvas, top + height, xs, labels)


def draw_dots(canvas: Canvas, top: float, plot: Plot, panel: Panel, labels: Labels) -> float:
    """Marks on a track for each name: how far apart two moments or groups are."""
    scale = Scale(plot.all_values(), labels, from_zero=False)
    inset = measure(max(scale.labels, key=_wide).text) / 2
    rows_top = top
    for place in range(len(plot.places)):
        values = [(number, series.values[place]) for number, series in enumerate(panel.series)]
        known = [(number, value) for number, value in values if value is not None]
        if not known:
            continue
        top = canvas.lines(0, top, labels.place(place))
        xs = [scale(value, inset, WIDTH - inset) for _, value in known]
        canvas.line(inset, top + 9, WIDTH - inset, top + 9, "f-thin")
        if len(xs) > 1:
            canvas.line(min(xs), top + 9, max(xs), top + 9, "f-line")
        for x, (number, _) in zip(xs, known, strict=True):
            canvas.mark(x, top + 9, number)
        top += 22
    return _axis_below(canvas, scale, rows_top, top, inset, WIDTH - inset)


def measure_widest(texts: Iterable[str]) -> float:
    """The width of the widest of some texts."""
    return max(map(measure, texts))


def _wide(text: Text) -> float:
    return measure(text.text)


def _extent(plot: Plot, stacked: bool) -> list[Decimal]:
    """The values that bars reach; of stacked ones, their sums."""
    if not stacked:
        return plot.all_values()
    return [
        sum((one.values[place] or Decimal(0) for one in panel.series), Decimal(0))
        for panel in plot.panels
        for place in range(len(plot.places))
    ]


def _fitting(plot: Plot, labels: Labels, room: float) -> Callable[[Decimal], str] | None:
    """How to write values so that each fits over its column; None if there is no way."""
    for show in (labels.number, labels.short):
        if measure_widest(show(value) for value in plot.all_values()) <= room:
            return show
    return None


def _axis_at_side(canvas: Canvas, scale: Scale, top: float, bottom: float) -> float:
    """Round numbers at the side where reading begins, with thin lines across; returns the room that they take."""
    left = measure_widest(one.text for one in scale.labels) + _ROOM
    for tick, text in zip(scale.ticks, scale.labels, strict=True):
        y = scale(tick, bottom, top)
        canvas.line(left, y, WIDTH, y, "f-grid")
        canvas.text(left - _ROOM, y, text, "end", "f-muted")
    return left


def _axis_below(canvas: Canvas, scale: Scale, top: float, bottom: float, start: float, end: float) -> float:
    """Round numbers below, as many as fit; returns where they end."""
    xs = [scale(tick, start, end) for tick in scale.ticks]
    every = math.ceil(measure_widest(one.text for one in scale.labels) / (xs[1] - xs[0]))
    for x, text in list(zip(xs, scale.labels, strict=True))[::every]:
        canvas.line(x, bottom - 4, x, bottom + 2, "f-thin")
        half = _wide(text) / 2
        canvas.text(min(max(x, half), WIDTH - half), bottom + 2 + canvas.leading / 2, text, "middle", "f-muted")
    canvas.line(start, bottom - 1, end, bottom - 1, "f-thin")
    return bottom + 2 + canvas.leading


def _moments(canvas: Canvas, bottom: float, xs: Sequence[float], labels: Labels) -> float:
    """Years below: the first, the last, and those between that have room."""
    texts = [labels.place(place) for place in range(len(xs))]
    halves = [_wide(text) / 2 for text in texts]
    middles = [min(max(x, half), WIDTH - half) for x, half in zip(xs, halves, strict=True)]

    def fits(one: int, other: int) -> bool:
        return middles[other] - middles[one] >= halves[one] + halves[other] + _ROOM

    shown, last = [0], len(xs) - 1
    for place in range(1, last):
        if fits(shown[-1], place):
            shown.append(place)
    while len(shown) > 1 and not fits(shown[-1], last):
        shown.pop()
    if fits(shown[-1], last):
        shown.append(last)
    height = bottom + 4 + canvas.leading / 2
    for place in shown:
        canvas.line(xs[place], bottom, xs[place], bottom + 4, "f-thin")
        canvas.text(middles[place], height, texts[place], "middle", "f-muted")
    return bottom + 4 + canvas.leading


def _runs(
    series: Series, xs: Sequence[float], height_of: Callable[[Decimal], float]
) -> list[list[tuple[float, float]]]:
    """The points that a line joins: it passes over moments that nobody measured and breaks at an empty cell."""
    runs: list[list[tuple[float, float]]] = [[]]
    for place, value in enumerate(series.values):
        if value is not None:
            runs[-1].append((xs[place], height_of(value)))
        elif place in series.gaps:
            runs.append([])
    return [run for run in runs if run]
