"""Contributions by the months that they are for."""

from datetime import date

from django.db.models import QuerySet

from budgets.models import Contribution
from regions.month import fiscal_year_start, last_day


def share_of_months(amount: int, first: date, last: date, month: date) -> int:
    """The whole rupiah of one month of a payment for several; the months together are the payment."""
    count = _index(last) - _index(first) + 1
    place = _index(month) - _index(first)
    return amount * (place + 1) // count - amount * place // count


def _index(month: date) -> int:
    return month.year * 12 + month.month


def paid_for(first: date, month: date) -> QuerySet[Contribution]:
    return Contribution.objects.filter(
        first_month__lte=month, last_month__gte=first, paid_on__lte=last_day(month)
    )


def explain_received(region_code: str, month: date) -> QuerySet[Contribution]:
    """The payments of which `budgets.selectors.payment.sum_received` takes its share for a region."""
    rows = paid_for(fiscal_year_start(month), month).filter(region_id=region_code)
    return rows.select_related("category", "funding", "entered_by").order_by("first_month", "pk")
