"""Contributions of some regions read once, and all that is summed of them month by month."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from budgets.models import Contribution
from budgets.selectors.received import share_of_months
from budgets.selectors.to_date import ByMonth, Event, sum_to_date
from regions.month import first_of, iso_month, last_day, months_between
from regions.region_months import RegionMonths

# Month paid for (2025-07), category and source of funds, "" where not told.
PaidCell = tuple[str, str, str]


@dataclass(frozen=True)
class ReceivedPayment:
    """`government` is None where no payer was told."""

    code: str
    category: str
    funding: str
    government: bool | None
    programme: str
    first_month: date
    last_month: date
    amount: int
    paid_on: date

    def shares(self) -> Iterator[tuple[date, date, int]]:
        """(Month paid for, month from which it counts, rupiah); paid after its year it counts nowhere."""
        for month in months_between(self.first_month, self.last_month):
            counts = max(month, first_of(self.paid_on))
            if counts.year == month.year:
                share = share_of_months(self.amount, self.first_month, self.last_month, month)
                yield month, counts, share


def load_payments(asked: RegionMonths) -> list[ReceivedPayment]:
    """All that were paid, or are for months, since January of the first year; none of later days."""
    january = asked.year_start
    touching = Q(paid_on__gte=january) | Q(last_month__gte=january)
    rows = Contribution.objects.filter(asked.of_regions(), touching, paid_on__lte=last_day(asked.last))
    columns = (
        *("region_id", "category_id", "funding_id", "funding__is_government", "programme"),
        *("first_month", "last_month", "amount", "paid_on"),
    )
    return [
        ReceivedPayment(code, category or "", funding or "", *others)
        for code, category, funding, *others in rows.order_by().values_list(*columns)
    ]


def sum_contributions(payments: Iterable[ReceivedPayment], asked: RegionMonths) -> ByMonth[str]:
    """By source of funds, "" where it was not told: paid in the fiscal year to date."""
    events = ((one.code, one.funding, first_of(one.paid_on), one.amount) for one in payments)
    return sum_to_date(events, asked)


def regions_paying(payments: Iterable[ReceivedPayment]) -> set[tuple[date, str]]:
    """Month of payment and region code."""
    return {(first_of(one.paid_on), one.code) for one in payments}


def sum_received(payments: Iterable[ReceivedPayment], asked: RegionMonths) -> ByMonth[PaidCell]:
    """By the month paid for, of the fiscal year to date.

    Only what was paid by the end of a month counts in it, so that its figure stays what it was then.
    """
    return sum_to_date(_received(payments), asked)


def _received(payments: Iterable[ReceivedPayment]) -> Iterator[Event[PaidCell]]:
    for one in payments:
        for month, counts, rupiah in one.shares():
            yield one.code, (iso_month(month), one.category, one.funding), counts, rupiah
