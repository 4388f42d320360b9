from datetime import date

from django.db.models import QuerySet

from budgets.models import Claim
from budgets.selectors.money import explain_region, list_money, sum_by_region
from regions.models import User


def sum_claims(month: date) -> dict[str, dict[str, int]]:
    return sum_by_region(Claim, month)


def explain_claims(region_code: str, month: date) -> QuerySet[Claim]:
    """The rows that `sum_claims` sums for a region and month."""
    return explain_region(Claim, region_code, month)


def list_claims(
    user: User, *, region_code: str = "", month: date | None = None, programme: str = "", kind: str = ""
) -> QuerySet[Claim]:
    rows = list_money(Claim, user, region_code=region_code, month=month)
    if programme:
        rows = rows.filter(programme=programme)
    return rows.filter(kind=kind) if kind else rows
