"""For how long the money lasts, who pays for how many, and what a gain of coverage costs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Subquery

from budgets.ratio import months_of_cover, share_percent
from budgets.selectors.allocation import sum_allocations
from budgets.selectors.rate import load_prices, usual_price, wage_at
from budgets.selectors.realisation import sum_realised
from participants.enums import PayerKind
from participants.models import Headcount
from regions.access import require
from regions.models import User
from regions.roles import Permission


@dataclass(frozen=True)
class Cover:
    """Money of a category and payer, the people it is for, and the months that it still lasts."""

    category: str
    funding: str
    ceiling: int | None
    paid: int
    people: int
    rate: int | None
    months: Decimal | None


@dataclass(frozen=True)
class PayerShare:
    payer: str
    people: int
    percent: Decimal | None


def newest_headcounts(user: User, region_code: str, month: date) -> list[Headcount]:
    """People by category and payer of the newest month counted, not later than the one asked for."""
    require(user, Permission.VIEW_COVERAGE, region_code)
    counted = Headcount.objects.filter(region_id=region_code, month__lte=month)
    newest = counted.order_by("-month").values("month")[:1]
    rows = Headcount.objects.filter(region_id=region_code, month=Subquery(newest))
    return list(rows.select_related("category", "funding").order_by("category", "funding"))


def list_cover(user: User, region_code: str, month: date, counted: Sequence[Headcount]) -> list[Cover]:
    """For how long the money of each category and payer lasts for the people counted."""
    require(user, Permission.VIEW_COVERAGE, region_code)
    ceilings = sum_allocations(month, region_code=region_code).get(region_code, {})
    stages = sum_realised(month, region_code=region_code).get(region_code, {})
    tariff, histories = load_prices(month)
    bases = {place: wage for place, history in histories.items() if (wage := wage_at(history, month))}
    found = []
    for row in counted:
        key = (row.category_id, row.funding_id)
        price = usual_price(
            tariff,
            bases,
            region_code=region_code,
            category=row.category_id,
            segment=row.category.segment,
            month=month,
            government=row.funding.is_government,
        )
        ceiling = ceilings.get(key)
        paid = stages[key].paid or 0 if key in stages else 0
        rate = price.rupiah if price else None
        months = None
        if ceiling is not None:
            months = months_of_cover(ceiling=ceiling, paid=paid, people=row.people, rate=rate)
        found.append(Cover(row.category.name, row.funding.name, ceiling, paid, row.people, rate, months))
    return found


def share_by_payer(counted: Sequence[Headcount]) -> list[PayerShare]:
    """How many people each kind of payer pays for, of all those counted by category; most first."""
    people: dict[str, int] = {}
    for row in counted:
        people[row.funding.payer] = people.get(row.funding.payer, 0) + row.people
    whole = sum(people.values())
    ranked = sorted(people.items(), key=lambda pair: (-pair[1], pair[0]))
    return [
        PayerShare(str(PayerKind(payer).label), number, share_percent(number, whole))
        for payer, number in ranked
    ]
