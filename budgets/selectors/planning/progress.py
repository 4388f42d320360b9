"""A plan beside what was reported afterwards: month by month, and by category in the newest month."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from budgets.models import Scenario
from budgets.planning.question import MONTHS
from budgets.selectors.planning.scenario import PlanResult
from participants.selectors.category import categories_by_code

# Region and category.
_Cell = tuple[str, str]
# Month → region code → category → people paid for.
Reported = Mapping[date, Mapping[str, Mapping[str, int]]]


@dataclass(frozen=True)
class ProgressMonth:
    """`planned` are those covered before and those of the plan; `reported` None where nobody reported."""

    month: date
    planned: int
    reported: int | None

    @property
    def difference(self) -> int | None:
        return None if self.reported is None else self.reported - self.planned


@dataclass(frozen=True)
class CategoryProgress:
    """A category in the newest reported month."""

    name: str
    planned: int
    reported: int

    @property
    def difference(self) -> int:
        return self.reported - self.planned


@dataclass(frozen=True)
class PlanProgress:
    """The categories that explain the difference most come first."""

    months: list[ProgressMonth]
    newest: date | None
    categories: list[CategoryProgress]


def progress_of(scenario: Scenario, result: PlanResult, reported: Reported) -> PlanProgress:
    """Of the regions and categories that the plan pays for; what the plan leaves alone is not compared."""
    planned = _planned(scenario, result)
    cells = set(planned[0])
    regions = {region for region, _category in cells}
    months, newest = [], None
    for place in range(MONTHS):
        month = date(scenario.year, place + 1, 1)
        found = _reported(reported.get(month, {}), cells)
        # A month that only some regions told, or told without anybody of the plan, would look like a fall.
        is_told = bool(cells) and regions <= {region for region, _category in found}
        newest = month if is_told else newest
        told = sum(found.values()) if is_told else None
        months.append(ProgressMonth(month, sum(planned[place].values()), told))
    return PlanProgress(months, newest, _categories(planned, reported, cells, newest))


def _planned(scenario: Scenario, result: PlanResult) -> list[dict[_Cell, int]]:
    """By month: people of each region and category, those covered before among them."""
    before = {
        (told["region"], told["category"]): 0 if result.asked.renews else told["covered"]
        for told in scenario.inputs["lines"]
    }
    cells = {(line.region, line.category) for line in result.lines if line.people}
    months = [{cell: before[cell] for cell in cells} for _month in range(MONTHS)]
    for line in result.lines:
        for place in range(line.first, line.first + line.months):
            if line.people:
                months[place][line.region, line.category] += line.people
    return months


def _reported(by_region: Mapping[str, Mapping[str, int]], cells: set[_Cell]) -> dict[_Cell, int]:
    return {
        (region, category): people
        for region, counts in by_region.items()
        for category, people in counts.items()
        if (region, category) in cells
    }


def _categories(
    planned: list[dict[_Cell, int]],
    reported: Reported,
    cells: set[_Cell],
    newest: date | None,
) -> list[CategoryProgress]:
    if newest is None:
        return []
    wanted, found = planned[newest.month - 1], _reported(reported[newest], cells)
    names = categories_by_code()
    rows = [
        CategoryProgress(
            str(names[category]),
            sum(people for (_region, one), people in wanted.items() if one == category),
            sum(people for (_region, one), people in found.items() if one == category),
        )
        for category in sorted({category for _region, category in cells})
    ]
    return sorted(rows, key=lambda row: -abs(row.difference))
