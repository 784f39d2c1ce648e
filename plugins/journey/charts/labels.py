"""Names, numbers and times of a chart in the reader's language; numbers and months as Unicode CLDR has them.

Digits are Latin in every language, as the editorial rules ask for; signs are those of the language (46,9 in French).
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cached_property

import icu

from ..locales import SOURCE
from ..places import WORLD, place_name
from .model import Chart, Text, in_locale
from .series import Plot, Series

_PLACE = re.compile(rf"[A-Z]{{2}}|{WORLD}")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
PERCENT = "%"


class Labels:
    """What the parts of one chart are called in one language."""

    def __init__(self, chart: Chart, plot: Plot, locale: str) -> None:
        self.locale = locale
        self.provenance = chart.dataset.provenance
        self._chart, self._plot = chart, plot
        self._icu = icu.Locale(f"{locale}-u-nu-latn")
        cells = [cell for column in chart.request.y for cell in chart.dataset.table.cells(column)]
        self._decimals = max((len(cell.partition(".")[2]) for cell in cells), default=0)

    @property
    def title(self) -> Text:
        return in_locale(self.provenance.title, self.locale)

    @property
    def note(self) -> Text:
        return in_locale(self.provenance.note, self.locale)

    @property
    def x(self) -> str:
        """The column of x."""
        return self._chart.request.x

    def column(self, name: str) -> Text:
        """What a column is called; its own name if nobody has said."""
        return in_locale(self.provenance.columns.get(name, {}), self.locale, name)

    def value(self, column: str, name: str) -> Text:
        """What a value of a column of text is called: its label, a country's name, a month, or the value itself."""
        words = self.provenance.values.get(column, {}).get(name, {})
        if self.locale in words or (words and not _PLACE.fullmatch(name)):
            return in_locale(words, self.locale)
        if _PLACE.fullmatch(name):
            return Text(place_name(name, self.locale), self.locale)
        if month := _MONTH.fullmatch(name):
            return Text(self._month(int(month[1]), int(month[2])), self.locale)
        # Digits and signs are at home in every language; words that nobody has labelled are English.
        return Text(name, SOURCE if any(map(str.isalpha, name)) else self.locale)

    @property
    def facet(self) -> str:
        """The column that parts the panels, empty without one."""
        return self._chart.request.facet

    def place(self, index: int) -> Text:
        """What stands at a place of x."""
        return self.value(self._chart.request.x, self._plot.places[index])

    def series(self, series: Series) -> Text:
        return self.value(series.column, series.name) if series.column else self.column(series.name)

    @cached_property
    def unit(self) -> Text:
        """The unit of the numbers, empty if they have none; of several columns, the first one's."""
        unit = in_locale(self.provenance.units.get(self._chart.request.y[0], {}), self.locale)
        return unit if any(map(str.isalpha, unit.text)) else Text(unit.text, self.locale)  # a sign is every language's

    @cached_property
    def axis(self) -> Text:
        """What is measured, with its unit in brackets."""
        columns, unit = self._chart.request.y, self.unit
        if len(columns) > 1:
            return unit
        column = self.column(columns[0])
        if not unit.text:
            return column
        if column.locale != unit.locale and unit.text != PERCENT:
            unit = in_locale(self.provenance.units.get(columns[0], {}), column.locale)
        both = f"{column.text} ({unit.text})" if self.locale != "zh" else f"{column.text}（{unit.text}）"
        return Text(both, column.locale)

    def number(self, value: Decimal) -> str:
        """A value with all the decimals of its column, and its unit if that is a sign."""
        return self._format(icu.Precision.fixedFraction(self._decimals), value)

    def tick(self, value: Decimal) -> str:
        """A value of the axis."""
        places = max(0, -int(value.normalize().as_tuple().exponent))
        return self._format(icu.Precision.fixedFraction(places), value)

    def short(self, value: Decimal) -> str:
        """A value in two or three digits and a word: 1.7M, 17 لاکھ, 165万."""
        formatter = icu.NumberFormatter.withLocale(self._icu).notation(icu.Notation.compactShort())
        return self._tidy(str(formatter.formatDouble(float(value))))

    def _format(self, precision: icu.Precision, value: Decimal) -> str:
        formatter = icu.NumberFormatter.withLocale(self._icu).precision(precision)
        if self.unit.text == PERCENT:
            formatter = formatter.unit(icu.MeasureUnit.forIdentifier("percent"))
        return self._tidy(str(formatter.formatDouble(float(value))))

    @staticmethod
    def _tidy(text: str) -> str:
        """A true minus sign, which keeps its place in text from right to left without invisible marks."""
        return text.replace("\u200e-", "−").replace("-", "−")

    def _month(self, year: int, month: int) -> str:
        pattern = icu.DateTimePatternGenerator.createInstance(self._icu).getBestPattern("yMMM")
        calendar = icu.GregorianCalendar(year, month - 1, 15)
        return str(icu.SimpleDateFormat(pattern, self._icu).format(calendar))
