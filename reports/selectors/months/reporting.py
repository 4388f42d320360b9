"""Which reports of which regency and month are in: the question of those who enter them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, IntegerField, Model, QuerySet, Value, When

from budgets.models import Claim, Contribution
from participants.models import EmptyCell, Headcount, MembershipCount
from participants.month_entry_key import SECTION_REPORTS
from participants.programme_set import usual_programmes
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


_Rows = QuerySet[Any, Any]


def _reported(codes: Sequence[str], periods: Sequence[date]) -> list[tuple[tuple[str, date], ReportKind]]:
    """Each region, month and report of which something is there, in one question."""
    if not periods:
        return []
    tables = [*_by_month(codes, periods), *_by_payment(codes, periods)]
    found = tables[0].union(*tables[1:], all=True)
    return [((code, first_of(at)), MONTHLY[number]) for code, at, number in found]


_MONEY = {ReportKind.CONTRIBUTIONS: Contribution, ReportKind.CLAIMS: Claim}
# What the names of figures begin with, by the report that they belong to.
_BEGINNINGS = {kind: section.value for section, kind in SECTION_REPORTS.items() if kind in MONTHLY}


def _by_month(codes: Sequence[str], periods: Sequence[date]) -> list[_Rows]:
    """Of tables that tell of months, one of which says why there is nothing; members as the grid asks."""
    where = {"region__in": codes, "month__in": periods}
    said = Case(
        *(When(cell__startswith=text, then=MONTHLY.index(kind)) for kind, text in _BEGINNINGS.items()),
        output_field=IntegerField(),
    )
    empty = EmptyCell.objects.filter(**where).order_by().values_list("region_id", "month", said).distinct()
    members = _rows(MembershipCount, "month", ReportKind.MEMBERS, programmes=usual_programmes(), **where)
    return [members, _rows(Headcount, "month", ReportKind.HEADCOUNTS, **where), empty]


def _by_payment(codes: Sequence[str], periods: Sequence[date]) -> list[_Rows]:
    """Of tables that tell of days of payment."""
    span = {"paid_on__gte": min(periods), "paid_on__lt": add_months(max(periods), 1)}
    return [_rows(model, "paid_on", kind, region__in=codes, **span) for kind, model in _MONEY.items()]


def _rows(model: type[Model], day: str, kind: ReportKind, **where: Any) -> _Rows:
    rows = model._default_manager.filter(**where).order_by()
    return rows.values_list("region_id", day, Value(MONTHLY.index(kind), IntegerField())).distinct()
