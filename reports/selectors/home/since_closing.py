"""The landing page of an auditor: what has changed since months were verified or closed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from regions.access import within
from regions.enums import MonthState
from regions.models import LedgerCheck, Region, ReportingMonth, User
from regions.month import add_months, first_of
from regions.selectors.ledger_check import last_check
from reports.models import Restatement, Run
from reports.selectors.months.restatement import list_restatements
from reports.selectors.months.since_approval import APPROVED, count_since_approval

_MONTHS = 24
_MOST = 50
_MOST_RESTATED = 10


@dataclass(frozen=True)
class ChangedMonth:
    """`changes` of facts that count for the month; since `moved_at` its figures would come out otherwise."""

    row: ReportingMonth
    changes: int
    moved_at: datetime | None

    @property
    def region(self) -> Region:
        return self.row.region


@dataclass(frozen=True)
class SinceClosing:
    """`checked` are the months that were looked at; `changed` the newest of those that differ."""

    checked: int
    changed: Sequence[ChangedMonth]
    changed_count: int
    reopened: Sequence[ReportingMonth]
    restated: Sequence[Restatement]
    ledger: LedgerCheck | None

    @property
    def changes(self) -> int:
        return sum(one.changes for one in self.changed)


def get_since_closing(user: User) -> SinceClosing:
    """Of the months of the last two years in the regions whose coverage the user sees."""
    oldest = add_months(first_of(localdate()), -_MONTHS)
    rows = ReportingMonth.objects.filter(within(user), month__gte=oldest).select_related("region__parent")
    approved = list(rows.filter(state__in=APPROVED).order_by("-month", "region"))
    changed = _changed(approved)
    return SinceClosing(
        len(approved),
        changed[:_MOST],
        len(changed),
        list(rows.filter(state=MonthState.REOPENED).order_by("-month", "region")[:_MOST]),
        list(list_restatements(user)[:_MOST_RESTATED]),
        last_check(),
    )


def _changed(rows: Sequence[ReportingMonth]) -> list[ChangedMonth]:
    counts = count_since_approval({row.region_id for row in rows}, {row.month for row in rows})
    moved = _moved_at({row.region_id for row in rows}, {row.month for row in rows})
    found = [
        ChangedMonth(row, counts.get(at, 0), moved.get(at))
        for row in rows
        for at in [(row.region_id, row.month)]
    ]
    return [one for one in found if one.changes or one.moved_at]


def _moved_at(codes: Iterable[str], months: Iterable[date]) -> dict[tuple[str, date], datetime]:
    runs = Run.objects.filter(
        region__in=codes, period__in=months, is_current=True, moved_at__isnull=False
    ).values_list("region_id", "period", "moved_at")
    return {(code, month): at for code, month, at in runs if at is not None}
