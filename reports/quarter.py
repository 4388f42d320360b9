"""Quarters as values: three months and the day by which their report is due."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from regions.month import add_months, first_of, last_day

_ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True)
class Quarter:
    first: date

    @property
    def months(self) -> list[date]:
        return [add_months(self.first, ahead) for ahead in range(3)]

    @property
    def last(self) -> date:
        return add_months(self.first, 2)

    @property
    def end(self) -> date:
        return last_day(self.last)

    @property
    def due(self) -> date:
        """The tenth of the month after."""
        return add_months(self.first, 3).replace(day=10)

    @property
    def label(self) -> str:
        numeral = _ROMAN[(self.first.month - 1) // 3]
        return _("triwulan %(numeral)s %(year)s") % {"numeral": numeral, "year": self.first.year}


def quarter_of(day: date) -> Quarter:
    month = first_of(day)
    return Quarter(add_months(month, -((month.month - 1) % 3)))


def quarter_before(day: date) -> Quarter:
    """The last quarter that has ended."""
    return quarter_of(add_months(quarter_of(day).first, -1))
