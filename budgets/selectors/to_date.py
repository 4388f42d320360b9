"""Sums of the fiscal year to date for every asked month, from what happened month by month."""

from collections.abc import Hashable, Iterable
from datetime import date
from typing import TypeVar

from regions.month import fiscal_year_start
from regions.region_months import RegionMonths

K = TypeVar("K", bound=Hashable)
# Region code, key, month from which the number counts, number.
Event = tuple[str, K, date, int]
ByMonth = dict[date, dict[str, dict[K, int]]]


def sum_to_date(events: Iterable[Event[K]], asked: RegionMonths) -> ByMonth[K]:
    """Month → region code → key → sum since January; a key is there from its first event on, even at 0."""
    happened: dict[date, list[Event[K]]] = {}
    for event in events:
        happened.setdefault(event[2], []).append(event)
    found: ByMonth[K] = {}
    running: dict[str, dict[K, int]] = {}
    for month in asked.since_january.months:
        if month == fiscal_year_start(month):
            running = {}
        for code, key, _month, number in happened.get(month, ()):
            # A copy, since earlier months keep theirs.
            cells = running[code] = dict(running.get(code, {}))
            cells[key] = cells.get(key, 0) + number
        if month in asked:
            found[month] = dict(running)
    return found
