"""Scenarios that a person may see, and what stands in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from budgets.errors import PlanRefused
from budgets.models import Scenario
from budgets.planning.answer import PlannedLine
from budgets.planning.asked import Base, PlanAsked, read_asked
from budgets.planning.codec import read_answer
from budgets.planning.outlook import coverage_by_month
from budgets.planning.question import WHOLE
from budgets.planning.recount import covered_people, spent_of
from budgets.planning.staged import read_year
from regions.access import require, within
from regions.enums import Level
from regions.errors import OutsideScope
from regions.models import Region, User
from regions.roles import Permission
from regions.selectors.region import regencies_of


def planned_codes(region: Region) -> list[str]:
    """The regencies of a province; a regency alone. Raises PlanRefused for any other level."""
    if region.level not in {Level.PROVINCE, Level.REGENCY}:
        raise PlanRefused(_("Rencana dibuat untuk satu provinsi, kabupaten, atau kota."), "region")
    return [place.pk for place in regencies_of(region, localdate())]


def list_scenarios(user: User, *, region_code: str = "") -> QuerySet[Scenario]:
    rows = Scenario.objects.filter(within(user, permission=Permission.VIEW_DRAFTS))
    if region_code:
        rows = rows.filter(region_id=region_code)
    return rows.select_related("region", "made_by").defer("inputs")


def get_scenario(user: User, pk: int, permission: Permission = Permission.VIEW_DRAFTS) -> Scenario:
    """Raises OutsideScope for whoever may not see it, NotPermitted for who may see but not do this."""
    rows = Scenario.objects.filter(within(user, permission=Permission.VIEW_DRAFTS), pk=pk)
    scenario = rows.select_related("region", "made_by", "accepted_by", "copied_from").first()
    if scenario is None:
        raise OutsideScope(str(pk))
    require(user, permission, scenario.region_id)
    return scenario


@dataclass(frozen=True)
class PlanLine:
    """A line of the plan as it is shown: `optimum` people by the solver, `people` as edited."""

    place: int
    region: str
    category: str
    source: str
    first: int
    months: int
    optimum: int
    people: int
    rupiah: int
    left: int
    rates: tuple[int, ...]


@dataclass(frozen=True)
class PlanTotals:
    people: int
    rupiah: int
    spent: dict[str, int]
    by_month: tuple[int, ...]
    coverage: list[Decimal | None]


@dataclass(frozen=True)
class PlanResult:
    """The plan of a scenario; `edited` equals `optimum` where nobody changed a line."""

    asked: PlanAsked
    lines: list[PlanLine]
    nothing: list[Decimal | None]
    optimum: PlanTotals
    edited: PlanTotals
    over: dict[str, int]


def result_of(scenario: Scenario) -> PlanResult | None:
    """None until it is solved. All sums are counted here once more, from people and prices."""
    if scenario.answer is None:
        return None
    asked, answer = read_asked(scenario.asked), read_answer(scenario.answer)
    needs = scenario.inputs["lines"]
    lines = [
        _line(place, line, needs[line.group], scenario.edited) for place, line in enumerate(answer.lines)
    ]
    changed = [
        PlannedLine(line.group, line.source, line.first, line.months, shown.people, shown.rupiah)
        for line, shown in zip(answer.lines, lines, strict=True)
    ]
    bases = [Base(**told) for told in scenario.inputs["bases"].values()]
    edited = _totals(asked, bases, changed)
    ceilings = {source: rupiah for source, rupiah in asked.ceilings.items() if rupiah >= 0}
    spent = {**edited.spent, WHOLE: edited.rupiah}
    return PlanResult(
        asked,
        lines,
        coverage_by_month(asked, bases, (0,) * len(edited.by_month)),
        _totals(asked, bases, answer.lines),
        edited,
        {key: spent.get(key, 0) - most for key, most in ceilings.items() if spent.get(key, 0) > most},
    )


def lines_of_year(scenario: Scenario, year: int) -> list[PlanLine]:
    """Of a plan over several years those of one year; nothing for a year of which it does not speak."""
    told = next((one for one in (scenario.answer or {}).get("years") or () if one["year"] == year), None)
    if told is None:
        return []
    found = read_year(told)
    return [_line(place, line, told["groups"][line.group], {}) for place, line in enumerate(found.lines)]


def _line(place: int, line: PlannedLine, need: dict[str, Any], edited: dict[str, int]) -> PlanLine:
    people = edited.get(str(place), line.people)
    prices = need["prices"][line.source][line.first : line.first + line.months]
    return PlanLine(
        place=place,
        region=need["region"],
        category=need["category"],
        source=line.source,
        first=line.first,
        months=line.months,
        optimum=line.people,
        people=people,
        rupiah=people * sum(prices),
        left=need["left"],
        rates=tuple(prices),
    )


def _totals(asked: PlanAsked, bases: Sequence[Base], lines: Sequence[PlannedLine]) -> PlanTotals:
    by_month, spent = covered_people(lines), spent_of(lines)
    return PlanTotals(
        by_month[-1], sum(spent.values()), spent, by_month, coverage_by_month(asked, bases, by_month)
    )
