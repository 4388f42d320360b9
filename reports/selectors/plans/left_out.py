"""People whom a plan leaves without a payer, and what offering them to another one would cost."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from budgets.models import Scenario
from budgets.planning.question import DECEMBER
from budgets.selectors.planning.scenario import PlanResult
from reports.selectors.unpaid import offer_query


@dataclass(frozen=True)
class PeopleLeftOut:
    """`rupiah` is what they cost from the plan's first month on, at the lowest price of its sources."""

    region: str
    category: str
    people: int
    months: int
    rupiah: int
    offer_query: str


def left_out(
    scenario: Scenario, result: PlanResult, regions: Mapping[str, str], categories: Mapping[str, str]
) -> list[PeopleLeftOut]:
    """By region and category, most people first."""
    planned: dict[tuple[str, str], int] = {}
    for line in result.lines:
        if line.first <= DECEMBER < line.first + line.months:
            key = (line.region, line.category)
            planned[key] = planned.get(key, 0) + line.people
    found = []
    for need in scenario.inputs["lines"]:
        people = need["left"] - planned.get((need["region"], need["category"]), 0)
        prices = _cheapest(need["prices"], result.asked.first)
        if people > 0 and prices:
            query = _offer(scenario, need, people, prices)
            region = regions.get(need["region"], need["region"])
            cost = people * sum(prices)
            category = categories[need["category"]]
            found.append(PeopleLeftOut(region, category, people, len(prices), cost, query))
    return sorted(found, key=lambda one: (-one.people, one.region, one.category))


def _cheapest(prices: Mapping[str, list[int | None]], first: int) -> list[int]:
    """Of the sources that can pay in every month from the first on."""
    whole = [months[first:] for months in prices.values() if None not in months[first:]]
    return min(([price for price in months if price is not None] for months in whole), key=sum, default=[])


def _offer(scenario: Scenario, need: Mapping[str, str], people: int, prices: list[int]) -> str:
    """An offer has one rate: where it changes within the year, there is none to begin with."""
    if len(set(prices)) != 1:
        return ""
    return offer_query(
        region=need["region"],
        category=need["category"],
        year=scenario.year,
        people=people,
        months=len(prices),
        monthly_rate=prices[0],
        source=_("Skenario rencana %(number)s: %(name)s") % {"number": scenario.pk, "name": scenario.name},
    )
