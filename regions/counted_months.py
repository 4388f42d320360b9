"""From which month on and up to which one a row counts: said once, read by Python and by the database.

Each day is an expression over the columns of a row. `of` reads it from a row, `sql` writes it over a version
`v` of the row, so that what is computed anew and what is listed as changed since an approval agree.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from regions.month import add_months, first_of


class CountedDay(Protocol):
    def of(self, row: Any) -> date | None:
        """The first day of a month; None for no last month."""

    def sql(self) -> str: ...


@dataclass(frozen=True)
class MonthOf:
    """The month of a day, or of a column that holds months; None while the column is empty."""

    column: str

    def of(self, row: Any) -> date | None:
        day = getattr(row, self.column)
        return first_of(day) if day is not None else None

    def sql(self) -> str:
        return f"date_trunc('month', v.{self.column})::date"


@dataclass(frozen=True)
class MonthOfYear:
    """One month of the year that a column of years holds."""

    column: str
    month: int

    def of(self, row: Any) -> date:
        return date(getattr(row, self.column), self.month, 1)

    def sql(self) -> str:
        return f"make_date(v.{self.column}, {self.month}, 1)"


@dataclass(frozen=True)
class MonthsAfter:
    """So many months after a day."""

    day: CountedDay
    months: int

    def of(self, row: Any) -> date | None:
        day = self.day.of(row)
        return add_months(day, self.months) if day is not None else None

    def sql(self) -> str:
        return f"({self.day.sql()} + interval '{self.months} months')::date"


@dataclass(frozen=True)
class Earliest:
    """The earliest of several days, of which some may be empty."""

    days: tuple[CountedDay, ...]

    def of(self, row: Any) -> date | None:
        return _chosen(min, self.days, row)

    def sql(self) -> str:
        return f"least({', '.join(day.sql() for day in self.days)})"


@dataclass(frozen=True)
class Latest:
    """The latest of several days, of which some may be empty."""

    days: tuple[CountedDay, ...]

    def of(self, row: Any) -> date | None:
        return _chosen(max, self.days, row)

    def sql(self) -> str:
        return f"greatest({', '.join(day.sql() for day in self.days)})"


@dataclass(frozen=True)
class DecemberAfter:
    """The last month of the fiscal year, which is the calendar year, in which a day falls."""

    day: CountedDay

    def of(self, row: Any) -> date | None:
        day = self.day.of(row)
        return date(day.year, 12, 1) if day is not None else None

    def sql(self) -> str:
        return f"(date_trunc('year', {self.day.sql()}) + interval '11 months')::date"


@dataclass(frozen=True)
class OpenEnd:
    """No last month, or the month of a column once it is filled."""

    column: str = ""

    def of(self, row: Any) -> date | None:
        day = getattr(row, self.column) if self.column else None
        return first_of(day) if day is not None else None

    def sql(self) -> str:
        return f"coalesce(v.{self.column}, 'infinity')" if self.column else "'infinity'"


@dataclass(frozen=True)
class UntilSuperseded:
    """No last month, unless the database finds the row that takes over."""

    month_before: str

    def of(self, row: Any) -> None:
        return None

    def sql(self) -> str:
        return f"coalesce({self.month_before}, 'infinity')"


def _chosen(choose: Callable[[list[date]], date], days: tuple[CountedDay, ...], row: Any) -> date | None:
    found = [day for each in days if (day := each.of(row)) is not None]
    return choose(found) if found else None
