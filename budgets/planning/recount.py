"""Counts what was found once more in whole people and rupiah: no number of the solver is shown."""

from collections.abc import Iterable, Sequence

from budgets.planning.answer import PlannedLine
from budgets.planning.columns import PlanColumn
from budgets.planning.question import MONTHS, PlanQuestion


def lines_of(columns: Sequence[PlanColumn], values: Sequence[int]) -> tuple[PlannedLine, ...]:
    return tuple(
        PlannedLine(column.group, column.source, column.first, column.months, people, people * column.cost)
        for column, people in zip(columns, values, strict=True)
        if people > 0
    )


def covered_people(lines: Iterable[PlannedLine]) -> tuple[int, ...]:
    """People covered by the lines in each month of the year."""
    people = [0] * MONTHS
    for line in lines:
        for month in range(line.first, line.first + line.months):
            people[month] += line.people
    return tuple(people)


def spent_of(lines: Iterable[PlannedLine]) -> dict[str, int]:
    spent: dict[str, int] = {}
    for line in lines:
        spent[line.source] = spent.get(line.source, 0) + line.rupiah
    return spent


def covered_groups(question: PlanQuestion, lines: Sequence[PlannedLine]) -> tuple[int, ...]:
    """Groups with a need of which nobody is left without cover in the month counted."""
    people: dict[int, int] = {}
    for line in lines:
        if line.first <= question.month < line.first + line.months:
            people[line.group] = people.get(line.group, 0) + line.people
    return tuple(
        place
        for place, group in enumerate(question.groups)
        if group.need[question.month] and people.get(place, 0) >= group.need[question.month]
    )
