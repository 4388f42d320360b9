"""For how long the money lasts, who pays for how many, and what a gain of coverage costs."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Max

from budgets.ratio import months_of_cover, share_percent
from budgets.selectors.allocation import sum_allocations
from budgets.selectors.rate import load_tariff, usual_price, wage_bases
from budgets.selectors.realisation import sum_realised
from participants.enums import PayerKind
from participants.models import Headcount
from participants.selectors.headcount import explain_funded
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


def newest_headcount_month(region_code: str, month: date) -> date | None:
    """The newest month with people counted by category, not later than the one asked for."""
    rows = Headcount.objects.filter(region_id=region_code, month__lte=month)
    newest: date | None = rows.aggregate(newest=Max("month"))["newest"]
    return newest


def list_cover(user: User, region_code: str, month: date, counted: date) -> list[Cover]:
    """Each category and payer with people in the month `counted`, against the money at `month`."""
    require(user, Permission.VIEW_COVERAGE, region_code)
    ceilings = sum_allocations(month, region_code=region_code).get(region_code, {})
    stages = sum_realised(month, region_code=region_code).get(region_code, {})
    tariff, bases = load_tariff(), wage_bases(month)
    found = []
    for row in explain_funded(region_code, counted):
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
        months = (
            None
            if ceiling is None
            else months_of_cover(ceiling=ceiling, paid=paid, people=row.people, rate=rate)
        )
        found.append(Cover(row.category.name, row.funding.name, ceiling, paid, row.people, rate, months))
    return found


def share_by_payer(user: User, region_code: str, month: date) -> list[PayerShare]:
    """How many people each kind of payer pays for, of all those counted by category; most first."""
    require(user, Permission.VIEW_COVERAGE, region_code)
    people: dict[str, int] = {}
    for row in explain_funded(region_code, month):
        people[row.funding.payer] = people.get(row.funding.payer, 0) + row.people
    whole = sum(people.values())
    ranked = sorted(people.items(), key=lambda pair: (-pair[1], pair[0]))
    return [
        PayerShare(str(PayerKind(payer).label), number, share_percent(number, whole))
        for payer, number in ranked
    ]
