"""Which reports of which regency and month are in: the question of those who enter them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import IntegerField, Model, Value

from budgets.models import Claim, Contribution
from participants.models import EmptyCell, Headcount, MembershipCount
from participants.month_entry_key import SECTION_REPORTS, MonthEntryKey
from regions.enums import ReportKind
from regions.models import Region
from regions.month import add_months, first_of

# The four reports of every month, in the order in which they are asked for.
MONTHLY = (ReportKind.MEMBERS, ReportKind.HEADCOUNTS, ReportKind.CONTRIBUTIONS, ReportKind.CLAIMS)


@dataclass(frozen=True)
class MonthCell:
    """What one regency reported for one month; empty on purpose counts as reported."""

    period: date
    reported: frozenset[ReportKind]

    @property
    def missing_kinds(self) -> list[ReportKind]:
        return [kind for kind in MONTHLY if kind not in self.reported]

    @property
    def missing(self) -> int:
        return len(self.missing_kinds)


def month_cells(regions: Sequence[Region], periods: Sequence[date]) -> dict[tuple[str, date], MonthCell]:
    """What these regencies reported for these months."""
    codes = [region.code for region in regions]
    found: dict[tuple[str, date], set[ReportKind]] = {
        (code, period): set() for code in codes for period in periods
    }
    for at, kind in _reported(codes, periods):
        if at in found:
            found[at].add(kind)
    return {(code, period): MonthCell(period, frozenset(kinds)) for (code, period), kinds in found.items()}


_Reported = list[tuple[tuple[str, date], ReportKind]]


def _reported(codes: Sequence[str], periods: Sequence[date]) -> _Reported:
    if not periods:
        return []
    return [
        *_by_month(codes, periods, {ReportKind.MEMBERS: MembershipCount, ReportKind.HEADCOUNTS: Headcount}),
        *_by_payment(codes, periods, {ReportKind.CONTRIBUTIONS: Contribution, ReportKind.CLAIMS: Claim}),
        *_empty(codes, periods),
    ]


_Models = dict[ReportKind, type[Model]]


def _by_month(codes: Sequence[str], periods: Sequence[date], models: _Models) -> _Reported:
    """Of tables that tell of months."""
    return _asked_at_once(models, "month", region__in=codes, month__in=periods)


def _by_payment(codes: Sequence[str], periods: Sequence[date], models: _Models) -> _Reported:
    """Of tables that tell of days of payment."""
    span = {"paid_on__gte": min(periods), "paid_on__lt": add_months(max(periods), 1)}
    return _asked_at_once(models, "paid_on", region__in=codes, **span)


def _asked_at_once(models: _Models, day: str, **where: Any) -> _Reported:
    """The regions and months of each table, in one question."""
    kinds = list(models)
    rows = [
        models[kind]
        ._default_manager.filter(**where)
        .order_by()
        .values_list("region_id", day, Value(number, IntegerField()))
        .distinct()
        for number, kind in enumerate(kinds)
    ]
    found = rows[0].union(*rows[1:], all=True)
    return [((code, first_of(at)), kinds[number]) for code, at, number in found]


def _empty(codes: Sequence[str], periods: Sequence[date]) -> _Reported:
    """Somebody said why there is nothing."""
    rows = EmptyCell.objects.filter(region__in=codes, month__in=periods)
    return [
        ((code, month), SECTION_REPORTS[MonthEntryKey.parse(cell).section])
        for code, month, cell in rows.values_list("region_id", "month", "cell")
    ]
