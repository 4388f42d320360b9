"""A plan over several years, solved year after year on the same grounds."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from budgets.planning.answer import PlanAnswer
from budgets.planning.asked import Base, PlanAsked
from budgets.planning.outlook import coverage_by_month, grown_workers
from budgets.planning.process import solve_apart
from budgets.planning.question import DECEMBER, PlanQuestion
from budgets.planning.recount import covered_people
from budgets.planning.staged import solve_years
from budgets.selectors.planning.need import Covered
from budgets.selectors.planning.stated import Grounds, Stated, state
from participants.pace import needed_members

# No year of several is searched for longer.
_YEAR_SECONDS = 10.0


def solve_stages(
    asked: PlanAsked,
    codes: Sequence[str],
    bases: Mapping[str, Base],
    covered: Covered,
    worked: Callable[[], None],
) -> list[dict[str, Any]]:
    """One record a year; `worked` hears that a search ended. Raises PlanRefused and SolverStopped."""
    stated = [
        state(one, Grounds.read(one, codes, bases, covered, place))
        for place in range(len(asked.stages))
        for one in [asked.of_year(place)]
    ]

    def searched(question: PlanQuestion) -> PlanAnswer:
        answer = solve_apart(replace(question, seconds=min(question.seconds, _YEAR_SECONDS)))
        worked()
        return answer

    years = solve_years([one.question for one in stated], searched, asked.churn)
    return [
        {
            **year.as_json(),
            "year": asked.year + place,
            "ceiling": asked.stages[place],
            "groups": _groups(one),
            **_outlook(asked, list(bases.values()), covered_people(year.lines), place),
        }
        for place, (one, year) in enumerate(zip(stated, years, strict=True))
    ]


def _groups(stated: Stated) -> list[dict[str, Any]]:
    """What each line's place means, its need and prices."""
    return stated.as_json()["lines"]  # type: ignore[no-any-return]


def _outlook(asked: PlanAsked, bases: Sequence[Base], people: Sequence[int], place: int) -> dict[str, Any]:
    """Coverage at the year's end, without and with the plan, and people missing to the target."""
    zeros = (0,) * len(people)
    without = coverage_by_month(asked, bases, zeros, place)[DECEMBER]
    rate = coverage_by_month(asked, bases, people, place)[DECEMBER]
    missing = None
    if asked.target is not None and bases:
        members, workers = grown_workers(asked, bases, place)
        missing = max(0, needed_members(asked.target, workers) - members - people[DECEMBER])
    return {
        "without": None if without is None else str(without),
        "ucj": None if rate is None else str(rate),
        "missing": missing,
    }
