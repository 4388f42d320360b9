"""What a plan hangs on: each assumption a little lower and a little higher, all else as asked."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from budgets.planning.answer import PlanAnswer
from budgets.planning.asked import PlanAsked
from budgets.planning.question import Goal


class Assumption(StrEnum):
    PRICE = "price"
    CHURN = "churn"
    GROWTH = "growth"
    LEAST_MONTHS = "least_months"
    FIRST = "first"


@dataclass(frozen=True)
class Swing:
    """The same question with one assumption at its lower and its higher value."""

    assumption: Assumption
    low: PlanAsked
    high: PlanAsked


_PRICE, _CHURN, _GROWTH, _MONTHS = Decimal(10), Decimal(5), Decimal(2), 2


def swings_of(asked: PlanAsked) -> Iterator[Swing]:
    """Those that can be told apart: a plan without a target does not hang on members who leave."""
    yield Swing(Assumption.PRICE, replace(asked, price_change=-_PRICE), replace(asked, price_change=_PRICE))
    if asked.target is not None:
        less, more = max(Decimal(0), asked.churn - _CHURN), asked.churn + _CHURN
        yield Swing(Assumption.CHURN, replace(asked, churn=less), replace(asked, churn=more))
        less, more = max(Decimal(0), asked.growth - _GROWTH), asked.growth + _GROWTH
        yield Swing(Assumption.GROWTH, replace(asked, growth=less), replace(asked, growth=more))
    least = max(1, asked.least_months - _MONTHS), min(asked.months, asked.least_months + _MONTHS)
    if least[0] < least[1]:
        yield Swing(
            Assumption.LEAST_MONTHS,
            replace(asked, least_months=least[0]),
            replace(asked, least_months=least[1]),
        )
    first = (
        max(0, asked.first - _MONTHS),
        min(asked.first + asked.months - asked.least_months, asked.first + _MONTHS),
    )
    if first[0] < first[1]:
        yield Swing(Assumption.FIRST, replace(asked, first=first[0]), replace(asked, first=first[1]))


def worth_of(asked: PlanAsked, answer: PlanAnswer) -> int:
    """What is sought: people in December, months of cover, or rupiah."""
    if asked.goal == Goal.COST:
        return answer.rupiah
    if asked.goal == Goal.MONTHS:
        return sum(line.people * line.months for line in answer.lines)
    return answer.people[-1]
