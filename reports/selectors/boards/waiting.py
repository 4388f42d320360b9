"""What is not in the figures of a region yet, and what changed since they were approved."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from participants.selectors.category_target import Asked, asked_in, asked_of_region
from regions.enums import LOCKED_STATES, MonthState
from regions.models import Change, Region, ReportingMonth
from regions.models.region import NATION
from regions.month_way import MonthWay, way_from
from regions.selectors.month_way import rule_of_region
from reports.models import WaitingRegion
from reports.selectors.boards.stamp import board_stamp
from reports.selectors.months.since_approval import changes_of


@dataclass(frozen=True)
class Waiting:
    """What is not in the figures yet."""

    changes: int
    months: int

    @property
    def total(self) -> int:
        return self.changes + self.months


@dataclass(frozen=True)
class AboutRegion:
    """What is asked of the region itself, in one query."""

    waiting: Waiting
    asked: list[Asked]
    since_approval: int
    state: MonthState
    way: MonthWay
    # Before the first month that the region handed in, while a later one was closed: no draft, but history.
    is_history: bool
    # Changes whenever something does that the board shows.
    stamp: str

    @property
    def stages(self) -> list[tuple[MonthState, bool]]:
        """The steps of the month, each with whether it has been taken."""
        return self.way.stages(self.state)


def about_region(region: Region, period: date, *, was_approved: bool) -> AboutRegion:
    """What changed since an approval is long to plan (80 ms), and most months never had one."""
    row = ReportingMonth.objects.filter(region=region, month=period)
    columns: tuple[Any, ...] = (
        *_waiting(region),
        asked_of_region(period),
        changes_of(region.code, period) if was_approved else Value(0),
        Coalesce(Subquery(row.values("state")), Value(str(MonthState.OPEN))),
        Subquery(row.values("steps")),
        Subquery(rule_of_region(region.code, period).values("steps")),
        Exists(ReportingMonth.objects.filter(region=region, month__lte=period)),
        Exists(ReportingMonth.objects.filter(region=region, month__gt=period, state=MonthState.CLOSED)),
        board_stamp(region),
    )
    changes, months, asked, since_approval, at, kept, ruled, begun, closed_later, stamp = (
        Region.objects.filter(pk=region.pk).values_list(*columns).get()
    )
    waiting = Waiting(changes, months)
    way = way_from((kept if at in LOCKED_STATES else ruled) or [])
    is_history = bool(closed_later and not begun)
    told = f"{stamp} {asked} {is_history}"
    return AboutRegion(waiting, asked_in(asked), since_approval, MonthState(at), way, is_history, told)


def count_waiting(region: Region) -> Waiting:
    """Changes and stale months of the region and all below that no figure holds yet, in one query."""
    return Waiting(*Region.objects.filter(pk=region.pk).values_list(*_waiting(region)).get())


def _waiting(region: Region) -> list[Coalesce]:
    inside = Q() if region.code == NATION else _inside(region.code)
    counted = (Change.objects.filter(inside), WaitingRegion.objects.filter(inside))
    return [Coalesce(_count_of(rows), 0) for rows in counted]


def _count_of(rows: QuerySet[Any]) -> Subquery:
    """The number of rows as one value inside another query."""
    grouped = rows.order_by().annotate(one=Value(1)).values("one")
    return Subquery(grouped.annotate(n=Count("pk")).values("n"))


def _inside(code: str) -> Q:
    return Q(region_id=code) | Q(region__code__startswith=f"{code}.")
