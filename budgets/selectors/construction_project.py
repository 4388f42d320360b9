"""Construction projects of the fiscal year to date: the rows, their sums, and counts reported without them.

A project counts from the month in which the work begins to December of its fiscal year; work that began in an
earlier year counts from January on. It counts as registered from the month of its registration on, or from
its first month where that day is not known. A reported count holds from its month to the region's next count,
at most to December, and while it holds it counts in place of the projects listed one by one.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from budgets.enums import ProjectStanding, ProjectSum
from budgets.models import ConstructionProject, ProjectCount
from budgets.selectors.to_date import ByMonth, Event, sum_to_date
from regions.access import within
from regions.models import User
from regions.month import first_of, fiscal_year_start, year_end
from regions.region_months import RegionMonths
from regions.selectors.region import in_subtree

S = ProjectSum


class _Project(NamedTuple):
    """The columns of a row that are counted."""

    code: str
    year: int
    first_month: date
    standing: str
    registered_on: date | None
    value: int | None


_COLUMNS = ("region_id", "year", "first_month", "jakon_status", "registered_on", "contract_value")


def sum_projects(asked: RegionMonths) -> ByMonth[str]:
    """Month → region code → sum (ProjectSum) → number; what was not reported is absent, never zero."""
    rows = ConstructionProject.objects.filter(asked.of_regions(), year__range=_years(asked)).order_by()
    events = (event for row in map(_Project._make, rows.values_list(*_COLUMNS)) for event in _events(row))
    listed = sum_to_date(events, asked)
    for month, counts in _counts_in_force(asked).items():
        cells = listed[month]
        for code, count in counts.items():
            # A copy, since the months after keep theirs.
            cells[code] = _told(count) | _beside(cells.get(code, {}))
    return listed


def _years(asked: RegionMonths) -> tuple[int, int]:
    return asked.first.year, asked.last.year


def _events(row: _Project) -> Iterator[Event[str]]:
    start = max(row.first_month, date(row.year, 1, 1))
    registered = _registered_from(row, start)
    yield row.code, S.KNOWN.value, start, 1
    yield row.code, S.REGISTERED.value, start, 0
    if registered is not None:
        yield row.code, S.REGISTERED.value, registered, 1
    if row.value is None:
        return
    yield row.code, S.VALUED.value, start, 1
    yield row.code, S.VALUE.value, start, row.value
    yield row.code, S.INSURED_VALUE.value, start, 0
    if registered is not None:
        yield row.code, S.INSURED_VALUE.value, registered, row.value


def _registered_from(row: _Project, start: date) -> date | None:
    """None where it is not registered within its fiscal year."""
    if row.standing != ProjectStanding.REGISTERED:
        return None
    month = max(start, first_of(row.registered_on)) if row.registered_on else start
    return month if month.year == row.year else None


def _counts_in_force(asked: RegionMonths) -> dict[date, dict[str, ProjectCount]]:
    since = fiscal_year_start(asked.first)
    rows = ProjectCount.objects.filter(asked.of_regions(), month__range=(since, asked.last)).order_by("month")
    by_month: dict[date, list[ProjectCount]] = {}
    for row in rows:
        by_month.setdefault(row.month, []).append(row)
    found, newest = {}, dict[str, ProjectCount]()
    for month in asked.since_january.months:
        if month == fiscal_year_start(month):
            newest = {}
        newest = newest | {row.region_id: row for row in by_month.get(month, ())}
        if month in asked:
            found[month] = newest
    return found


def _told(count: ProjectCount) -> dict[str, int]:
    sums = {S.KNOWN.value: count.packages, S.REGISTERED.value: count.registered}
    if count.total_value is not None and count.registered_value is not None:
        sums[S.VALUED.value] = count.packages
        sums[S.VALUE.value] = count.total_value
        sums[S.INSURED_VALUE.value] = count.registered_value
    return sums


def _beside(listed: dict[str, int]) -> dict[str, int]:
    names = {S.BESIDE.value: S.KNOWN.value, S.BESIDE_REGISTERED.value: S.REGISTERED.value}
    return {name: listed[of] for name, of in names.items() if of in listed}


def count_in_force(region_code: str, month: date) -> ProjectCount | None:
    """The reported count that counts in place of projects listed one by one."""
    rows = ProjectCount.objects.filter(
        region_id=region_code, month__range=(fiscal_year_start(month), month)
    ).select_related("entered_by", "region")
    return rows.order_by("-month").first()


def explain_projects(region_code: str, month: date) -> QuerySet[ConstructionProject]:
    """The projects listed of a region that count in a month."""
    rows = ConstructionProject.objects.filter(region_id=region_code, year=month.year, first_month__lte=month)
    return rows.select_related("entered_by").order_by("package_name", "pk")


def list_project_counts(
    user: User, *, region_code: str = "", month: date | None = None
) -> QuerySet[ProjectCount]:
    rows = ProjectCount.objects.filter(within(user, permission=ProjectCount.fact.listed_with))
    if region_code:
        rows = rows.filter(in_subtree("region__code", region_code))
    if month:
        rows = rows.filter(month=month)
    return rows.select_related("region", "entered_by").order_by("-month", "region_id")


def counts_of_year(user: User, *, year: int, region_code: str = "") -> list[ProjectCount]:
    """Of each region the newest count of a year, with `is_beside`: whether projects are listed there too."""
    rows = list_project_counts(user, region_code=region_code).filter(
        month__range=(date(year, 1, 1), year_end(date(year, 1, 1)))
    )
    listed = ConstructionProject.objects.filter(region=OuterRef("region"), year=year)
    newest = rows.order_by("region_id", "-month").distinct("region_id")
    return list(newest.annotate(is_beside=Exists(listed)))
