"""A plan that is used beside the stored figures of its year, as far as the reader is told of them."""

from datetime import date

from budgets.models import Scenario
from budgets.selectors.planning.progress import PlanProgress, progress_of
from budgets.selectors.planning.scenario import result_of
from regions.models import User
from reports.measures.codes import MeasureCode
from reports.models import MeasureValue
from reports.selectors.standing import standing


def plan_progress(user: User, scenario: Scenario) -> PlanProgress | None:
    """None for a plan that is not used."""
    result = result_of(scenario) if scenario.accepted_at else None
    if result is None:
        return None
    values = MeasureValue.objects.filter(
        standing(user, at="run__"),
        run__region__in={line.region for line in result.lines},
        run__period__year=scenario.year,
        measure=MeasureCode.FUNDED_BY_CELL,
    )
    reported: dict[date, dict[str, dict[str, int]]] = {}
    columns = ("run__period", "run__region_id", "category", "numerator")
    for month, code, category, people in values.order_by().values_list(*columns):
        counts = reported.setdefault(month, {}).setdefault(code, {})
        counts[category] = counts.get(category, 0) + people
    return progress_of(scenario, result, reported)
