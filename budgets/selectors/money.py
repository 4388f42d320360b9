"""What contributions and claims are asked in common: the rows of the fiscal year to date, and lists."""

from datetime import date
from typing import TypeVar

from django.db.models import Q, QuerySet

from budgets.enums import ClaimKind
from budgets.models import Claim, Contribution
from budgets.models.money import MoneyFact
from regions.access import within
from regions.models import User
from regions.month import fiscal_year_start, last_day
from regions.roles import Permission

M = TypeVar("M", bound=MoneyFact)


def paid_to_date(model: type[M], month: date) -> QuerySet[M]:
    """Rows paid in the fiscal year of `month` up to the end of that month (cash basis).

    Benefits promised for years to come were not paid.
    """
    rows = model._default_manager.filter(paid_on__range=(fiscal_year_start(month), last_day(month)))
    return rows.exclude(kind=ClaimKind.LIABILITY) if issubclass(model, Claim) else rows


def explain_region(model: type[M], region_code: str, month: date) -> QuerySet[M]:
    return (
        paid_to_date(model, month)
        .filter(region_id=region_code)
        .select_related("category", "funding", "entered_by")
        .order_by("paid_on", "pk")
    )


def list_money(
    model: type[M], user: User, *, region_code: str = "", month: date | None = None
) -> QuerySet[M]:
    rows = model._default_manager.filter(within(user, permission=Permission.VIEW_DRAFTS))
    if region_code:
        rows = rows.filter(Q(region_id=region_code) | Q(region__code__startswith=f"{region_code}."))
    if month:
        rows = rows.filter(paid_on__range=(month, last_day(month)))
    # Claims name no institution.
    also = ("institution",) if issubclass(model, Contribution) else ()
    rows = rows.select_related("region", "category", "funding", "entered_by", *also)
    return rows.order_by("-paid_on", "region_id", "pk")


def months_with_payments(model: type[M]) -> set[date]:
    months = model._default_manager.dates("paid_on", "month")
    return set(months)


def same_payment(row: MoneyFact) -> MoneyFact | None:
    """Another stored entry with the same region, day, programme, rupiah, source of funds and category."""
    columns = ("region_id", "paid_on", "programme", "amount", "funding_id", "category_id")
    same = {column: getattr(row, column) for column in columns}
    found = type(row)._default_manager.filter(**same).exclude(reference=row.reference)
    return found.select_related("entered_by").first()
