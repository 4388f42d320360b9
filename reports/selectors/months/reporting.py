"""Which reports of which regency and month are in: the question of those who enter them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import IntegerField, Model, QuerySet, Value
from django.utils.timezone import localdate

from budgets.models import Claim, Contribution
from participants.models import Headcount, MembershipCount
from regions.access import visible_regions
from regions.enums import Level
from regions.models import Region, User
from regions.month import add_months, first_of
from regions.roles import Permission
from reports.models import Run

_MONTHS = 6


@dataclass(frozen=True)
class MonthCell:
    """What one regency reported for one month."""

    period: date
    members: bool
    headcount: bool
    contribution: bool
    claim: bool

    @property
    def missing(self) -> int:
        return 4 - sum((self.members, self.headcount, self.contribution, self.claim))


@dataclass(frozen=True)
class ReportingRow:
    region: Region
    cells: list[MonthCell]


@dataclass(frozen=True)
class Reporting:
    """Rows of regencies over a window of months, and the months after it of which nothing is known."""

    periods: list[date]
    rows: list[ReportingRow]
    silent_since: date | None


def get_reporting(user: User) -> Reporting:
    """The newest months with any figure for the regencies where the user enters facts."""
    entered = visible_regions(user, Permission.ENTER_MEMBERSHIP)
    regions = list(entered.filter(level=Level.REGENCY, valid_until=None).order_by("code"))
    this_month = first_of(localdate())
    newest = (
        Run.objects.filter(region__in=regions, is_current=True, period__lte=this_month)
        .order_by("-period")
        .values_list("period", flat=True)
        .first()
    )
    last = newest or this_month
    periods = [add_months(last, -back) for back in range(_MONTHS)]
    known = _known(regions, periods)
    rows = [
        ReportingRow(region, [_cell(region.code, period, known) for period in periods]) for region in regions
    ]
    return Reporting(periods, rows, add_months(last, 1) if last < this_month else None)


def month_cells(regions: Sequence[Region], periods: Sequence[date]) -> dict[tuple[str, date], MonthCell]:
    """What these regencies reported for these months."""
    known = _known(regions, periods)
    return {
        (region.code, period): _cell(region.code, period, known) for region in regions for period in periods
    }


_Known = tuple[set[tuple[str, date]], ...]


def _cell(code: str, period: date, known: _Known) -> MonthCell:
    return MonthCell(period, *((code, period) in reported for reported in known))


def _known(regions: Sequence[Region], periods: Sequence[date]) -> _Known:
    codes = [region.code for region in regions]
    return (
        *_by_month(codes, periods, MembershipCount, Headcount),
        _by_payment(Contribution.objects.filter(region__in=codes), periods),
        _by_payment(Claim.objects.filter(region__in=codes), periods),
    )


def _by_month(
    codes: Sequence[str], periods: Sequence[date], *models: type[Model]
) -> list[set[tuple[str, date]]]:
    """Of tables that tell of months: the regions and months of each, in one question."""
    rows = [
        model._default_manager.filter(region__in=codes, month__in=periods)
        .order_by()
        .values_list("region_id", "month", Value(number, IntegerField()))
        .distinct()
        for number, model in enumerate(models)
    ]
    found: list[set[tuple[str, date]]] = [set() for _model in models]
    for code, month, number in rows[0].union(*rows[1:], all=True):
        found[number].add((code, month))
    return found


def _by_payment(rows: QuerySet[Any], periods: Sequence[date]) -> set[tuple[str, date]]:
    paid = rows.filter(paid_on__gte=min(periods), paid_on__lt=add_months(max(periods), 1))
    found = paid.order_by().values_list("region_id", "paid_on").distinct()
    return {(code, first_of(day)) for code, day in found}
