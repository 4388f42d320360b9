"""The stretches of months of which a pack may tell."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regions.month import add_months, first_of, iso_month, parse_month

_ROMAN = ("I", "II", "III", "IV")


class PeriodKind(models.TextChoices):
    MONTH = "month", gettext_lazy("Bulan")
    QUARTER = "quarter", gettext_lazy("Triwulan")
    SEMESTER = "semester", gettext_lazy("Semester")
    YEAR = "year", gettext_lazy("Tahun")


_LENGTHS = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.SEMESTER: 6, PeriodKind.YEAR: 12}


def spans_words(months: Iterable[date]) -> str:
    """`Juli–September 2025, November 2025`: months on end are one stretch."""
    spans: list[list[date]] = []
    for month in sorted(months):
        if spans and month == add_months(spans[-1][-1], 1):
            spans[-1].append(month)
        else:
            spans.append([month])
    return ", ".join(_span_words(span[0], span[-1]) for span in spans)


def _span_words(first: date, last: date) -> str:
    if first == last:
        return date_format(first, "F Y")
    return f"{date_format(first, 'F' if first.year == last.year else 'F Y')}–{date_format(last, 'F Y')}"


@dataclass(frozen=True)
class Period:
    """`first` is the first month; stocks are those of the last one, flows are those of all."""

    kind: PeriodKind
    first: date

    @property
    def months(self) -> list[date]:
        return [add_months(self.first, ahead) for ahead in range(_LENGTHS[self.kind])]

    @property
    def last(self) -> date:
        return add_months(self.first, _LENGTHS[self.kind] - 1)

    @property
    def before(self) -> date:
        """The last month of the period before."""
        return add_months(self.first, -1)

    @property
    def begins_the_year(self) -> bool:
        return self.first.month == 1

    @property
    def label(self) -> str:
        words = {"year": f"{self.first.year}", "part": self._part}
        if self.kind == PeriodKind.MONTH:
            return date_format(self.first, "F Y")
        if self.kind == PeriodKind.YEAR:
            return _("Tahun %(year)s") % words
        if self.kind == PeriodKind.SEMESTER:
            return _("Semester %(part)s Tahun %(year)s") % words
        return _("Triwulan %(part)s Tahun %(year)s") % words

    @property
    def _part(self) -> str:
        return _ROMAN[(self.first.month - 1) // _LENGTHS[self.kind]] if self.kind != PeriodKind.MONTH else ""

    @property
    def key(self) -> str:
        """`quarter-2025-07`, as addresses and forms name it."""
        return f"{self.kind}-{iso_month(self.first)}"


def period_of(kind: PeriodKind, month: date) -> Period:
    """The period of a kind in which a month lies."""
    length = _LENGTHS[kind]
    return Period(kind, add_months(first_of(month), -((month.month - 1) % length)))


def parse_period(key: str) -> Period:
    """Raises ValueError for anything that `key` never says."""
    kind, _sign, month = key.partition("-")
    first = parse_month(month)
    found = period_of(PeriodKind(kind), first)
    if found.first != first:
        raise ValueError(key)
    return found


_CHOICES = {PeriodKind.MONTH: 60, PeriodKind.QUARTER: 40, PeriodKind.SEMESTER: 20, PeriodKind.YEAR: 10}


def recent_periods() -> Iterable[Period]:
    """Periods of every kind that have begun, newest first; the choices of a form."""
    this_month = first_of(localdate())
    for kind in PeriodKind:
        newest = period_of(kind, this_month)
        for step in range(_CHOICES[kind]):
            yield Period(kind, add_months(newest.first, -step * _LENGTHS[kind]))
