"""What everybody may see of a month: coverage and people by category of the regions that closed it."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db.models import Max, QuerySet

from regions.enums import Level, MonthState
from regions.models import Region, ReportingMonth
from regions.models.region import NATION
from regions.month import last_day
from regions.rate import rate_of
from regions.selectors.region import children_by_month, existing
from regions.selectors.reporting_month import closed_in
from reports.measures.codes import MeasureCode
from reports.models import MeasureValue, Pack, Run
from reports.pack.period import PeriodKind
from reports.public.suppression import hidden_cells
from reports.selectors.boards.comparison import list_names

# The members beside the categories, as one more column of the table whose small cells are hidden.
MEMBERS = ""
_KEPT_SECONDS = 600
# (Column, region code) → people.
Cells = dict[tuple[str, str], int]


@dataclass(frozen=True)
class PublicMonth:
    """All cells of a month that are shown or hidden; cells of open months are not among them."""

    cells: Cells
    hidden: frozenset[tuple[str, str]]
    workers: dict[str, int]

    def people(self, column: str, code: str) -> int | None:
        """None where it is hidden or not known."""
        return None if (column, code) in self.hidden else self.cells.get((column, code))

    def is_hidden(self, column: str, code: str) -> bool:
        return (column, code) in self.hidden


@dataclass(frozen=True)
class PublicCoverage:
    region: Region
    members: int | None
    workers: int | None
    is_hidden: bool
    is_closed: bool

    @property
    def rate(self) -> Decimal | None:
        return None if self.members is None else rate_of(self.members, self.workers)


@dataclass(frozen=True)
class PublicCategory:
    code: str
    label: str
    # None: hidden.
    people: int | None


@dataclass(frozen=True)
class PublicRegion:
    own: PublicCoverage
    categories: list[PublicCategory]
    below: list[PublicCoverage]
    above: Region | None
    # The record of the closing, if one was made: its code is verified by everybody.
    record: str


def list_public_months() -> list[date]:
    """Months that any region closed, newest first."""
    rows = ReportingMonth.objects.filter(state=MonthState.CLOSED).order_by("-month")
    return list(rows.values_list("month", flat=True).distinct())


def find_public_region(code: str, month: date) -> Region | None:
    rows = Region.objects.filter(existing(last_day(month)), code=code, level__lte=Level.REGENCY)
    return rows.select_related("parent").first()


def get_public_region(region: Region, month: date) -> PublicRegion:
    told, closed = get_public_month(month), closed_in(month)
    names = list_names().names
    below = Region.objects.filter(existing(last_day(month)), parent=region, level__lte=Level.REGENCY)
    codes = [column for column, code in told.cells if code == region.code and column != MEMBERS]
    categories = [
        PublicCategory(code, names.get(code, code), told.people(code, region.code)) for code in codes
    ]
    return PublicRegion(
        own=_coverage(told, region, closed),
        categories=sorted(categories, key=lambda one: one.label.casefold()),
        below=[_coverage(told, one, closed) for one in below.order_by("code")],
        above=region.parent if region.code != NATION else None,
        record=_record(region, month) if region.code in closed else "",
    )


def _coverage(told: PublicMonth, region: Region, closed: dict[str, int]) -> PublicCoverage:
    return PublicCoverage(
        region,
        told.people(MEMBERS, region.code),
        told.workers.get(region.code),
        told.is_hidden(MEMBERS, region.code),
        region.code in closed,
    )


def _record(region: Region, month: date) -> str:
    rows = Pack.objects.filter(region=region, kind=PeriodKind.MONTH, first_month=month, document="closing")
    return rows.order_by("-pk").values_list("code", flat=True).first() or ""


def get_public_month(month: date) -> PublicMonth:
    """Kept until a run or a closing of the month is newer."""
    runs = Run.objects.filter(period=month, is_current=True)
    newest = runs.aggregate(pk=Max("pk"))["pk"] or 0
    closed = sorted(closed_in(month).items())
    # The same in every process, which the built-in hash of text is not.
    mark = hashlib.sha256(repr(closed).encode()).hexdigest()
    key = f"public:{month:%Y-%m}:{newest}:{mark}:{settings.PUBLIC_LEAST}"
    found: PublicMonth | None = cache.get(key)
    if found is None:
        found = _gathered(month, {code for code, _closing in closed})
        cache.set(key, found, _KEPT_SECONDS)
    return found


def _gathered(month: date, closed: set[str]) -> PublicMonth:
    values = MeasureValue.objects.filter(run__period=month, run__is_current=True)
    everything = cells_of(values)
    children = children_by_month([NATION], [month])[month]
    codes = {code for _column, code in everything}
    hidden = set()
    for column in {column for column, _code in everything}:
        counted = {code: people for (one, code), people in everything.items() if one == column}
        found = hidden_cells(counted, children, unshown=codes - closed, least=settings.PUBLIC_LEAST)
        hidden |= {(column, code) for code in found}
    shown = {place: people for place, people in everything.items() if place[1] in closed}
    whole = values.filter(measure=MeasureCode.COVERAGE, run__region__in=closed, denominator__gt=0)
    found_workers = whole.values_list("run__region_id", "denominator")
    workers = {code: people for code, people in found_workers if people}
    return PublicMonth(shown, frozenset(hidden), workers)


def cells_of(values: QuerySet[MeasureValue]) -> Cells:
    """Whole coverage, and people of each category of all sources of funds together."""
    cells: Cells = {}
    whole = values.filter(measure=MeasureCode.COVERAGE, denominator__gt=0)
    for code, people in whole.values_list("run__region_id", "numerator"):
        cells[MEMBERS, code] = people
    funded = values.filter(measure=MeasureCode.FUNDED_BY_CELL, run__region__level__lte=Level.REGENCY)
    for code, category, people in funded.values_list("run__region_id", "category", "numerator"):
        cells[category, code] = cells.get((category, code), 0) + people
    return cells


def public_rows(region: PublicRegion, month: date) -> Iterable[list[Any]]:
    """The page as a table: a row for each place and category; an empty cell where it is hidden."""
    for one in (region.own, *region.below):
        if one.is_closed:
            place = [f"{month:%Y-%m}", one.region.code, one.region.full_label]
            yield [*place, "", one.members, one.workers if one.members is not None else None, one.rate]
    own = region.own.region
    for category in region.categories:
        yield [f"{month:%Y-%m}", own.code, own.full_label, category.label, category.people, None, ""]
