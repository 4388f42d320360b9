"""Claims of some regions read once, and all that is summed of them month by month."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Sum
from django.db.models.functions import Coalesce, TruncMonth

from budgets.enums import ClaimKind
from budgets.models import Claim
from budgets.selectors.to_date import ByMonth, sum_to_date
from regions.month import last_day
from regions.region_months import RegionMonths


@dataclass(frozen=True)
class ClaimGroup:
    """Claims alike in all but their days within a month: so many rows, of which `untold` say no cases."""

    code: str
    funding: str
    government: bool | None
    programme: str
    kind: str
    paid: date
    happened: date
    rupiah: int
    cases: int
    untold: int
    rows: int

    @property
    def is_paid(self) -> bool:
        """Benefits promised for years to come were not paid."""
        return self.kind != ClaimKind.LIABILITY


@dataclass(frozen=True)
class ClaimSums:
    """Rupiah and cases by programme (cases only where every row told them), and rupiah by kind."""

    rupiah: dict[str, int]
    cases: dict[str, int]
    kinds: dict[str, int]


def load_claims(asked: RegionMonths) -> list[ClaimGroup]:
    """Paid since January of the first year, by the months of payment and of what happened."""
    rows = Claim.objects.filter(
        asked.of_regions(), paid_on__gte=asked.year_start, paid_on__lte=last_day(asked.last)
    )
    happened = TruncMonth(Coalesce(F("happened_on"), F("paid_on")))
    days: Any = {"paid": TruncMonth("paid_on"), "happened": happened}
    columns = ("region_id", "funding_id", "funding__is_government", "programme", "kind", "paid", "happened")
    grouped = rows.order_by().annotate(**days).values_list(*columns)
    counts: Any = {"untold": Count("pk") - Count("cases"), "counted": Count("pk")}
    sums = grouped.annotate(rupiah=Sum("amount"), n=Coalesce(Sum("cases"), 0), **counts)
    return [ClaimGroup(code, funding or "", *others) for code, funding, *others in _whole(sums)]


def _whole(rows: Iterable[Sequence[Any]]) -> Iterable[Sequence[Any]]:
    return ((*row[:7], int(row[7]), int(row[8]), *row[9:]) for row in rows)


def sum_claims(claims: Iterable[ClaimGroup], asked: RegionMonths) -> ByMonth[str]:
    """By source of funds, "" where it was not told: paid in the fiscal year to date."""
    paid = (one for one in claims if one.is_paid)
    return sum_to_date(((one.code, one.funding, one.paid, one.rupiah) for one in paid), asked)


def regions_claiming(claims: Iterable[ClaimGroup]) -> set[tuple[date, str]]:
    """Month of payment and region code."""
    return {(one.paid, one.code) for one in claims}


def sum_claim_parts(claims: Sequence[ClaimGroup], asked: RegionMonths) -> dict[date, dict[str, ClaimSums]]:
    """Month → region code → claims paid in the fiscal year to date, taken apart."""
    paid = [one for one in claims if one.is_paid]
    rupiah = sum_to_date(((one.code, one.programme, one.paid, one.rupiah) for one in paid), asked)
    cases = sum_to_date(((one.code, one.programme, one.paid, one.cases) for one in paid), asked)
    untold = sum_to_date(((one.code, one.programme, one.paid, one.untold) for one in paid), asked)
    kinds = sum_to_date(((one.code, one.kind, one.paid, one.rupiah) for one in claims), asked)
    return {
        month: {
            code: ClaimSums(
                rupiah[month].get(code, {}),
                {key: n for key, n in cases[month].get(code, {}).items() if not untold[month][code][key]},
                by_kind,
            )
            for code, by_kind in kinds[month].items()
        }
        for month in asked.months
    }
