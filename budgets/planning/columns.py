"""The choices of a plan: how many of a group begin in a month at the cost of a source of funds.

Beginnings and not months of cover are what is chosen: a search over "covered in month t" needs a row for each
group, source and month to say that who is in stays in.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from budgets.planning.question import WHOLE, PlanGroup, PlanQuestion


@dataclass(frozen=True)
class PlanColumn:
    """Begin in `first`, paid to `last`, both included; `most` people at `cost` rupiah each."""

    group: int
    source: str
    first: int
    last: int
    cost: int
    most: int

    @property
    def months(self) -> int:
        return self.last - self.first + 1

    def covers(self, month: int) -> bool:
        return self.first <= month <= self.last


def columns_of(question: PlanQuestion) -> list[PlanColumn]:
    """In a fixed order: the same question has the same answer. What nobody can afford is left out."""
    found = []
    for place, group in enumerate(question.groups):
        for source in sorted(group.prices):
            limits = [question.ceilings[key] for key in (WHOLE, source) if key in question.ceilings]
            for column in _columns(place, group, source):
                most = min([column.most, *(limit // column.cost for limit in limits)])
                if most > 0:
                    found.append(PlanColumn(place, source, column.first, column.last, column.cost, most))
    return found


def _columns(place: int, group: PlanGroup, source: str) -> Iterator[PlanColumn]:
    prices = group.prices[source]
    payable = [month for month in range(group.first, group.last + 1) if prices[month] is not None]
    if not payable:
        return
    last, cost = payable[-1], 0
    most = group.need[last]
    for first in range(last, group.first - 1, -1):
        price = prices[first]
        if price is None:
            return
        cost += price
        most = min(most, group.need[first])
        if last - first + 1 >= group.least_months and cost > 0:
            yield PlanColumn(place, source, first, last, cost, most)
