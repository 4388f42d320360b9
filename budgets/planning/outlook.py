"""What a plan would make of coverage, month by month: an outlook under assumptions, never a figure."""

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from budgets.planning.asked import Base, PlanAsked
from budgets.planning.question import MONTHS
from regions.rate import rate_of


def members_by_month(asked: PlanAsked, bases: Iterable[Base], years: int = 0) -> list[int]:
    """Members of each month without the plan: those of today less those who leave by themselves. `years` is
    how many years after the plan's first."""
    today, before = sum(base.members for base in bases), MONTHS * years
    return [max(0, today - part_of(today, asked.churn, before + month + 1)) for month in range(MONTHS)]


def workers_by_month(asked: PlanAsked, bases: Iterable[Base], years: int = 0) -> list[int]:
    today, before = sum(base.workers for base in bases), MONTHS * years
    return [today + part_of(today, asked.growth, before + month + 1) for month in range(MONTHS)]


def grown_workers(asked: PlanAsked, bases: Iterable[Base], years: int) -> tuple[int, int]:
    """Members without the plan and workers in December of that year."""
    known = list(bases)
    return members_by_month(asked, known, years)[-1], workers_by_month(asked, known, years)[-1]


def grown(people: int, asked: PlanAsked, years: int) -> int:
    """As many more as there are workers after so many years."""
    return people + part_of(people, asked.growth, MONTHS * years)


def changed_price(rupiah: int, percent: Decimal) -> int:
    return rupiah + int((rupiah * percent / 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def in_proportion(rupiah: int, to: int, whole: int) -> int:
    """As much of `to` as it was of `whole`, in whole rupiah."""
    return (rupiah * to + whole // 2) // whole


def part_of(whole: int, percent: Decimal, months: int) -> int:
    part = whole * percent * months / (100 * MONTHS)
    return int(part.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def coverage_by_month(
    asked: PlanAsked, bases: Sequence[Base], people: Sequence[int], years: int = 0
) -> list[Decimal | None]:
    """UCJ of each month with the people of the plan on top; None where the region's coverage is not known.

    Never above what there are workers: somebody the plan pays for may be a member already.
    """
    if not bases:
        return [None] * MONTHS
    members, workers = members_by_month(asked, bases, years), workers_by_month(asked, bases, years)
    return [
        rate_of(min(covered + planned, whole), whole)
        for covered, planned, whole in zip(members, people, workers, strict=True)
    ]
