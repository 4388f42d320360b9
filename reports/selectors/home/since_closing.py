"""The landing page of an auditor: what has changed since months were verified or closed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.timezone import localdate

from regions.access import within
from regions.enums import APPROVED_STATES, MonthState
from regions.models import LedgerCheck, Region, ReportingMonth, User
from regions.month import add_months, first_of
from regions.selectors.ledger_check import last_check
from regions.selectors.reporting_month import At
from reports.models import Restatement, Run
from reports.selectors.months.restatement import list_restatements
from reports.selectors.months.since_approval import count_since_approval

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
    approved = rows.filter(state__in=APPROVED_STATES)
    pairs = set(approved.order_by().values_list("region_id", "month"))
    changes, moved = _changes(pairs), _moved_at(pairs)
    newest = sorted({*changes, *moved}, key=lambda at: (-at[1].toordinal(), at[0]))
    return SinceClosing(
        len(pairs),
        _shown(approved, newest[:_MOST], changes, moved),
        len(newest),
        list(rows.filter(state=MonthState.REOPENED).order_by("-month", "region")[:_MOST]),
        list(list_restatements(user)[:_MOST_RESTATED]),
        last_check(),
    )


def _changes(pairs: Collection[At]) -> dict[At, int]:
    counts = count_since_approval({code for code, _m in pairs}, {month for _c, month in pairs})
    return {at: count for at, count in counts.items() if at in pairs}


def _moved_at(pairs: Collection[At]) -> dict[At, datetime]:
    runs = Run.objects.filter(
        region__in={code for code, _m in pairs},
        period__in={month for _c, month in pairs},
        is_current=True,
        moved_at__isnull=False,
    )
    found = {(code, month): at for code, month, at in runs.values_list("region_id", "period", "moved_at")}
    return {at: moved for at, moved in found.items() if at in pairs and moved is not None}


def _shown(
    rows: QuerySet[ReportingMonth],
    pairs: Sequence[At],
    changes: Mapping[At, int],
    moved: Mapping[At, datetime],
) -> list[ChangedMonth]:
    """Only these few are read as rows: of the nation's years there are thousands."""
    found = rows.filter(region__in={code for code, _m in pairs}, month__in={month for _c, month in pairs})
    by_pair = {(row.region_id, row.month): row for row in found}
    return [ChangedMonth(by_pair[at], changes.get(at, 0), moved.get(at)) for at in pairs]
