"""Regions × months: what of each month is in, and how far it is on its way to being closed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.core.paginator import Page, Paginator
from django.utils.timezone import localdate

from regions.access import scope_of
from regions.enums import LOCKED_STATES, Level, MonthState
from regions.models import MonthRule, Region, ReportingMonth, User
from regions.month import add_months, first_of
from regions.month_steps import TRANSITIONS, Transition
from regions.month_way import MonthWay, way_of
from regions.selectors.region import list_children
from regions.selectors.reporting_month import (
    Rules,
    due_on,
    list_reporting_months,
    lock_of,
)
from reports.enums import Progress
from reports.selectors.months.queue import begin_months
from reports.selectors.months.reporting import MonthCell, month_cells
from reports.selectors.months.since_approval import count_since_approval

MONTHS = 12
_REGIONS = 60


@dataclass(frozen=True)
class MatrixCell:
    """A region's month. `cell` is what was reported (None above the regencies)."""

    region: Region
    month: date
    row: ReportingMonth
    cell: MonthCell | None
    progress: Progress
    is_locked: bool
    due: date
    way: MonthWay
    # Changes of facts that count for the month since it was last verified or closed.
    changes: int = 0

    @property
    def key(self) -> str:
        return f"{self.region.code}|{self.month:%Y-%m}"

    @property
    def tone(self) -> str:
        return self.progress.tone

    @property
    def says_locked(self) -> bool:
        """Of a month handed in its state says so."""
        return self.is_locked and self.row.state not in LOCKED_STATES


@dataclass(frozen=True)
class MatrixRow:
    region: Region
    cells: list[MatrixCell]


@dataclass(frozen=True)
class Matrix:
    region: Region
    months: list[date]
    rows: list[MatrixRow]
    page: Page[Region]
    steps: list[Transition]

    @property
    def late(self) -> list[tuple[Region, list[date]]]:
        """Regions with months that should have been handed in, oldest first."""
        overdue = {Progress.MISSING, Progress.LATE}
        found = [
            (row.region, [cell.month for cell in reversed(row.cells) if cell.progress in overdue])
            for row in self.rows
            if row.region.level == Level.REGENCY
        ]
        return [(region, months) for region, months in found if months]

    @property
    def counts(self) -> list[tuple[Progress, int]]:
        """How many cells stand where, in the order of the way."""
        cells = [cell.progress for row in self.rows for cell in row.cells]
        return [(progress, cells.count(progress)) for progress in Progress if progress in cells]


def get_matrix(user: User, region: Region, last: date, page: str | None = None) -> Matrix:
    """The region and those directly below it, over the twelve months up to `last`, newest first."""
    months = _months(last)
    shown = Paginator(_regions(user, region), _REGIONS).get_page(page)
    scope = scope_of(user)
    rows = rows_of(list(shown.object_list), months)
    ways = {(row.region.code, cell.way) for row in rows for cell in row.cells}
    steps = [
        step for step in TRANSITIONS.values() if any(way.may_take(scope, step, code) for code, way in ways)
    ]
    return Matrix(region, months, rows, shown, steps)


def list_matrix_rows(user: User, region: Region, last: date) -> list[MatrixRow]:
    """The same without pages."""
    return rows_of(_regions(user, region), _months(last))


def _months(last: date) -> list[date]:
    return [add_months(last, -back) for back in range(MONTHS)]


def _regions(user: User, region: Region) -> list[Region]:
    below = [] if region.level >= Level.REGENCY else list_children(user, region, localdate())
    return [region, *below]


def list_homes(codes: Sequence[str]) -> list[Region]:
    """Those of a person's places that have months, where there are several."""
    if len(codes) < 2:
        return []
    found = list(Region.objects.filter(code__in=codes, level__lte=Level.REGENCY).order_by("code"))
    return found if len(found) > 1 else []


def rows_of(regions: Sequence[Region], months: Sequence[date]) -> list[MatrixRow]:
    """Every one of these months of every one of these regions, whatever is stored of it."""
    codes = [region.code for region in regions]
    stored, rules = list_reporting_months(codes, months), Rules.of(codes)
    changes = count_since_approval(codes, months)
    regencies = [region for region in regions if region.level == Level.REGENCY]
    reported, begins = month_cells(regencies, months), begin_months(region.code for region in regencies)
    return [
        MatrixRow(
            region,
            [
                replace(
                    _cell(
                        region,
                        month,
                        stored.get((region.code, month)) or ReportingMonth(region=region, month=month),
                        rules.at(region.code, month),
                        reported.get((region.code, month)),
                        is_asked=month >= begins.get(region.code, date.max),
                    ),
                    changes=changes.get((region.code, month), 0),
                )
                for month in months
            ],
        )
        for region in regions
    ]


def _cell(
    region: Region,
    month: date,
    row: ReportingMonth,
    rule: MonthRule,
    cell: MonthCell | None,
    *,
    is_asked: bool,
) -> MatrixCell:
    due, today = due_on(month, rule), localdate()
    lock = lock_of((region.code, month), row, rule, None, today)
    progress = _progress(row, cell, due, today, is_asked=is_asked)
    return MatrixCell(region, month, row, cell, progress, lock is not None, due, way_of(row, rule))


def _progress(
    row: ReportingMonth, cell: MonthCell | None, due: date, today: date, *, is_asked: bool
) -> Progress:
    """Above the regencies nothing is asked, so that nothing is late there."""
    if row.state not in {MonthState.OPEN, MonthState.COMPLETE}:
        return Progress(row.state)
    if first_of(today) < row.month:
        return Progress.COMING
    if not is_asked and row.state == MonthState.OPEN and cell is not None:
        return Progress.BEFORE
    if today > due and is_asked:
        return Progress.MISSING if cell is not None and cell.missing == 4 else Progress.LATE
    return Progress(row.state)
