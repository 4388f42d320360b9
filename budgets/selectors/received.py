"""Contributions by the months that they are for."""

from datetime import date

from django.db.models import QuerySet

from budgets.models import Contribution
from regions.month import fiscal_year_start, last_day, months_between


def share_of_months(amount: int, first: date, last: date, month: date) -> int:
    """The whole rupiah of one month of a payment for several; the months together are the payment."""
    count = _index(last) - _index(first) + 1
    place = _index(month) - _index(first)
    return amount * (place + 1) // count - amount * place // count


def _index(month: date) -> int:
    return month.year * 12 + month.month


def sum_received(month: date) -> dict[str, dict[tuple[date, str, str], int]]:
    """Region code → (month paid for, category, funding) → rupiah, for the months of the fiscal year to date.

    Only what was paid by the end of `month` counts, so that a month's figure stays what it was then.
    """
    found: dict[str, dict[tuple[date, str, str], int]] = {}
    first = fiscal_year_start(month)
    columns = ("region_id", "category_id", "funding_id", "first_month", "last_month", "amount")
    for code, category, funding, begin, end, amount in paid_for(first, month).values_list(*columns):
        cells = found.setdefault(code, {})
        for one in months_between(max(begin, first), min(end, month)):
            cell = (one, category or "", funding or "")
            cells[cell] = cells.get(cell, 0) + share_of_months(amount, begin, end, one)
    return found


def paid_for(first: date, month: date) -> QuerySet[Contribution]:
    return Contribution.objects.filter(
        first_month__lte=month, last_month__gte=first, paid_on__lte=last_day(month)
    )


def explain_received(region_code: str, month: date) -> QuerySet[Contribution]:
    """The payments of which `sum_received` takes its share for a region."""
    rows = paid_for(fiscal_year_start(month), month).filter(region_id=region_code)
    return rows.select_related("category", "funding", "entered_by").order_by("first_month", "pk")
