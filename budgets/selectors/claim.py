"""Claims paid: the rows behind each sum, and lists of them."""

from datetime import date

from django.db.models import QuerySet

from budgets.enums import ClaimKind
from budgets.models import Claim
from budgets.selectors.money import explain_region, list_money
from regions.models import User
from regions.month import fiscal_year_start, last_day


def explain_claims(region_code: str, month: date) -> QuerySet[Claim]:
    """The rows that `budgets.selectors.claim_sums.sum_claims` sums for a region and month."""
    return explain_region(Claim, region_code, month)


def explain_claim_part(
    region_code: str, month: date, *, programme: str = "", kind: str = ""
) -> QuerySet[Claim]:
    """The rows behind one part of `budgets.selectors.claim_sums.sum_claim_parts`."""
    rows = Claim.objects.filter(
        region_id=region_code, paid_on__range=(fiscal_year_start(month), last_day(month))
    )
    rows = rows.filter(kind=kind) if kind else rows.exclude(kind=ClaimKind.LIABILITY)
    if programme:
        rows = rows.filter(programme=programme)
    return rows.select_related("category", "funding", "entered_by").order_by("paid_on", "pk")


def list_claims(
    user: User, *, region_code: str = "", month: date | None = None, programme: str = "", kind: str = ""
) -> QuerySet[Claim]:
    rows = list_money(Claim, user, region_code=region_code, month=month)
    if programme:
        rows = rows.filter(programme=programme)
    return rows.filter(kind=kind) if kind else rows
