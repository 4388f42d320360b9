"""Contributions received and claims paid in some months of a region, for those who check a month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet, Sum
from django.db.models.functions import TruncMonth

from budgets.enums import ClaimKind
from budgets.models import Claim, Contribution
from regions.month import add_months


@dataclass(frozen=True)
class Paid:
    """Rupiah by month; a month without a row is not there."""

    contributions: dict[date, int]
    claims: dict[date, int]


def paid_in(code: str, months: Sequence[date]) -> Paid:
    """What was booked in these months; benefits promised for later years were not paid."""
    contributions = Contribution.objects.filter(region=code)
    claims = Claim.objects.filter(region=code).exclude(kind=ClaimKind.LIABILITY)
    return Paid(_by_month(contributions, months), _by_month(claims, months))


def _by_month(rows: QuerySet[Any], months: Sequence[date]) -> dict[date, int]:
    here = rows.filter(paid_on__gte=min(months), paid_on__lt=add_months(max(months), 1))
    summed = here.order_by().annotate(paid_month=TruncMonth("paid_on")).values_list("paid_month")
    found = dict(summed.annotate(rupiah=Sum("amount")))
    return {month: int(found[month]) for month in months if month in found}
