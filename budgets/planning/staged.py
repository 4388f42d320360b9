"""A plan over several years: who is reached stays and is paid for first, then others are added.

The same solver is asked twice a year, first for those carried on from the year before, then for the rest of
the money. Nobody is planned for twice; who can no longer be paid for is without cover again.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from typing import Any

from budgets.planning.answer import PlanAnswer, PlannedLine
from budgets.planning.outlook import part_of
from budgets.planning.question import DECEMBER, MONTHS, WHOLE, Goal, PlanGroup, PlanQuestion, PlanRoom
from budgets.planning.recount import covered_people

Solve = Callable[[PlanQuestion], PlanAnswer]
# Key of a group → people.
Reached = Mapping[str, int]


@dataclass(frozen=True)
class YearAnswer:
    """`renewed` lines pay for people of the year before, `added` for others; `dropped` people of the year
    before could not be paid for any more. Places of lines are those of the year's own question."""

    renewed: tuple[PlannedLine, ...]
    added: tuple[PlannedLine, ...]
    dropped: int

    @property
    def lines(self) -> tuple[PlannedLine, ...]:
        return (*self.renewed, *self.added)

    @property
    def people(self) -> int:
        """Covered in December."""
        return covered_people(self.lines)[DECEMBER]

    @property
    def rupiah(self) -> int:
        return sum(line.rupiah for line in self.lines)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def read_year(told: Mapping[str, Any]) -> YearAnswer:
    renewed, added = (tuple(PlannedLine(**row) for row in told[name]) for name in ("renewed", "added"))
    return YearAnswer(renewed, added, told["dropped"])


def solve_years(questions: Sequence[PlanQuestion], solve: Solve, churn: Decimal) -> list[YearAnswer]:
    """One question a year as if nobody were reached before; `churn` percent of those reached leave in a year
    by themselves."""
    found: list[YearAnswer] = []
    carried: dict[str, int] = {}
    for question in questions:
        renewed: tuple[PlannedLine, ...] = ()
        if any(carried.values()):
            renewed = solve(renewal_of(question, carried)).lines
        kept = reached_by(question, renewed)
        added = solve(growth_of(question, kept, renewed)).lines
        found.append(YearAnswer(renewed, added, sum(carried.values()) - sum(kept.values())))
        reached = reached_by(question, (*renewed, *added))
        carried = {key: people - part_of(people, churn, MONTHS) for key, people in reached.items()}
    return found


def renewal_of(question: PlanQuestion, carried: Reached) -> PlanQuestion:
    """Those carried on, for the whole year or not at all; nothing else competes with them."""
    groups = tuple(_only(group, carried.get(group.key, 0)) for group in question.groups)
    return replace(question, groups=groups, goal=Goal.PEOPLE, wishes=(), rooms=(), step=0, curve=())


def growth_of(question: PlanQuestion, kept: Reached, renewed: Sequence[PlannedLine]) -> PlanQuestion:
    """What is left of the need, of the room, of the wishes and of the money."""
    spent: dict[str, int] = {}
    for line in renewed:
        for key in (WHOLE, line.source):
            spent[key] = spent.get(key, 0) + line.rupiah
    keys = [group.key for group in question.groups]
    return replace(
        question,
        groups=tuple(
            replace(group, need=tuple(max(0, people - kept.get(group.key, 0)) for people in group.need))
            for group in question.groups
        ),
        ceilings={key: rupiah - spent.get(key, 0) for key, rupiah in question.ceilings.items()},
        wishes=tuple(
            replace(wish, people=max(0, wish.people - sum(kept.get(keys[place], 0) for place in wish.groups)))
            for wish in question.wishes
        ),
        rooms=tuple(_less(room, question, kept) for room in question.rooms),
        step=0,
        curve=(),
    )


def reached_by(question: PlanQuestion, lines: Sequence[PlannedLine]) -> dict[str, int]:
    """Key of a group → people covered in December."""
    found: dict[str, int] = {}
    for line in lines:
        if line.first <= DECEMBER < line.first + line.months:
            key = question.groups[line.group].key
            found[key] = found.get(key, 0) + line.people
    return found


def first_year_on_target(rates: Sequence[Decimal | None], target: Decimal) -> int | None:
    """The place of the first year from which the target holds to the end."""
    holds = None
    for place, rate in enumerate(rates):
        is_met = rate is not None and rate >= target
        holds = (place if holds is None else holds) if is_met else None
    return holds


def _only(group: PlanGroup, people: int) -> PlanGroup:
    return replace(group, need=(people,) * MONTHS, first=0, least_months=MONTHS)


def _less(room: PlanRoom, question: PlanQuestion, kept: Reached) -> PlanRoom:
    inside = sum(kept.get(group.key, 0) for group in question.groups if group.region == room.region)
    return replace(room, people=tuple(max(0, people - inside) for people in room.people))
