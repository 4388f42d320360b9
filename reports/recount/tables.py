"""Facts as plain tables. A month is a number, twelve to a year, so that months compare and subtract."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

import pandas as pd

T = TypeVar("T")
# Region, category, source of funds, segment, programmes: "" where the usual ones of the category hold.
PricedPerson = tuple[str, str, str, str, str]
# Rupiah for one person in a month; None where nobody knows.
PriceOf = Callable[[PricedPerson, int], int | None]
# Later than any month: the last month of a spell that has none.
NO_END = 10**6
ALL = "all"


def number_of(day: date) -> int:
    return day.year * 12 + day.month - 1


def month_of(number: int) -> date:
    return date(number // 12, number % 12 + 1, 1)


def january(number: int) -> int:
    return number - number % 12


@dataclass(frozen=True)
class FactTables:
    """Everything that was reported of some regions; columns are named in `reports.selectors.recount.facts`.

    `segments` are those that the definition of coverage counts in a month, `programmes` those that make a
    person covered, `payers` who stands behind a
    source of funds.
    """

    places: pd.DataFrame
    members: pd.DataFrame
    workforce: pd.DataFrame
    headcounts: pd.DataFrame
    spells: pd.DataFrame
    contributions: pd.DataFrame
    claims: pd.DataFrame
    allocations: pd.DataFrame
    realisations: pd.DataFrame
    bills: pd.DataFrame
    employers: pd.DataFrame
    projects: pd.DataFrame
    project_counts: pd.DataFrame
    targets: pd.DataFrame
    category_targets: pd.DataFrame
    payers: Mapping[str, str]
    segments: Callable[[int], list[str]]
    programmes: Callable[[int], list[str]]
    price_of: PriceOf
    # What several months ask for, so that it is counted once.
    counted: dict[tuple[str, int], Any] = field(default_factory=dict)

    def once(self, name: str, month: int, count: Callable[[], T]) -> T:
        key = (name, month)
        if key not in self.counted:
            self.counted[key] = count()
        found: T = self.counted[key]
        return found
