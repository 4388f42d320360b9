"""Contributions received: the rows behind each sum, and lists of them."""

from datetime import date

from django.db.models import QuerySet

from budgets.models import Contribution
from budgets.selectors.money import explain_region, list_money
from regions.models import User


def explain_contributions(region_code: str, month: date) -> QuerySet[Contribution]:
    """The rows that `budgets.selectors.payment.sum_contributions` sums for a region and month."""
    return explain_region(Contribution, region_code, month)


def list_contributions(
    user: User, *, region_code: str = "", month: date | None = None
) -> QuerySet[Contribution]:
    return list_money(Contribution, user, region_code=region_code, month=month)
