"""The plan that a region uses beside what was reported since: an outlook next to figures, not one of them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from budgets.models import Scenario
from budgets.selectors.planning.scenario import list_scenarios, result_of
from regions.models import Region, User
from reports.measures.codes import MeasureCode
from reports.models import MeasureValue
from reports.selectors.standing import standing


@dataclass(frozen=True)
class UsedMonth:
    """`planned` coverage in per cent, None where the plan could not tell; `reported` where a month was."""

    month: date
    planned: Decimal | None
    reported: MeasureValue | None


@dataclass(frozen=True)
class UsedPlan:
    scenario: Scenario
    months: list[UsedMonth]


def used_plan(user: User, region: Region, year: int) -> UsedPlan | None:
    """The plan of the region that was taken into use last, of the year, else of the next; None without one.

    Only plans that the user may see: those of regions whose unfinished months they see.
    """
    rows = list_scenarios(user, region_code=region.code)
    rows = rows.filter(year__in=(year, year + 1), accepted_at__isnull=False)
    scenario = rows.order_by("year", "-accepted_at", "-pk").first()
    result = result_of(scenario) if scenario else None
    if scenario is None or result is None:
        return None
    of_year = {"run__region": region, "run__period__year": scenario.year}
    values = MeasureValue.objects.filter(
        standing(user, at="run__"), measure=MeasureCode.COVERAGE, **of_year
    ).select_related("run", "run__region")
    reported = {value.run.period: value for value in values.defer("run__quantities")}
    months = [date(scenario.year, place, 1) for place in range(1, 13)]
    return UsedPlan(
        scenario,
        [
            UsedMonth(month, planned, reported.get(month))
            for month, planned in zip(months, result.edited.coverage, strict=True)
        ],
    )
