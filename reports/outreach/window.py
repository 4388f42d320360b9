"""Months before and after an event: spells begin with a month, so that days are counted in whole months."""

from dataclasses import dataclass
from datetime import date, timedelta

from regions.month import add_months, first_of, months_between

DAYS = (30, 90)


@dataclass(frozen=True)
class YieldWindow:
    """From the month of the event to the month in which so many days are over; as many months before it."""

    days: int
    first: date
    last: date

    @classmethod
    def of(cls, held_on: date, days: int) -> "YieldWindow":
        return cls(days, first_of(held_on), first_of(held_on + timedelta(days=days)))

    @property
    def months(self) -> int:
        return len(list(months_between(self.first, self.last)))

    @property
    def first_before(self) -> date:
        return add_months(self.first, -self.months)

    @property
    def last_before(self) -> date:
        return add_months(self.first, -1)

    def is_over(self, today: date) -> bool:
        return self.last < first_of(today)
