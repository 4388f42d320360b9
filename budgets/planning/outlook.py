"""What a plan would make of coverage, month by month: an outlook under assumptions, never a figure."""

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from budgets.planning.asked import Base, PlanAsked
from budgets.planning.question import MONTHS
from regions.rate import rate_of


def members_by_month(asked: PlanAsked, bases: Iterable[Base]) -> list[int]:
    """Members of each month without the plan: those of today less those who leave by themselves."""
    today = sum(base.members for base in bases)
    return [today - _part(today, asked.churn, month + 1) for month in range(MONTHS)]


def workers_by_month(asked: PlanAsked, bases: Iterable[Base]) -> list[int]:
    today = sum(base.workers for base in bases)
    return [today + _part(today, asked.growth, month + 1) for month in range(MONTHS)]


def changed_price(rupiah: int, percent: Decimal) -> int:
    return rupiah + int((rupiah * percent / 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def _part(whole: int, percent: Decimal, months: int) -> int:
    part = whole * percent * months / (100 * MONTHS)
    return int(part.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def coverage_by_month(asked: PlanAsked, bases: Sequence[Base], people: Sequence[int]) -> list[Decimal | None]:
    """UCJ of each month with the people of the plan on top; None where the region's coverage is not known.

    Never above what there are workers: somebody the plan pays for may be a member already.
    """
    if not bases:
        return [None] * MONTHS
    members, workers = members_by_month(asked, bases), workers_by_month(asked, bases)
    return [
        rate_of(min(covered + planned, whole), whole)
        for covered, planned, whole in zip(members, people, workers, strict=True)
    ]
