"""Whom each region reported as paid for in its newest month, as far as the user is told of it."""

from collections.abc import Collection
from datetime import date

from django.db.models import Exists, OuterRef

from participants.models import Headcount
from regions.models import User
from reports.measures.codes import MeasureCode
from reports.models import MeasureValue, Run
from reports.selectors.standing import standing

# Region code, category, source of funds.
CoveredCell = tuple[str, str, str]


def covered_cells(
    user: User, codes: Collection[str], month: date | None = None
) -> tuple[dict[str, date], dict[CoveredCell, int]]:
    """Region code → its newest month, one reported by number before one known by name only; and the people.

    With a `month` only that one is looked at.
    """
    told = MeasureValue.objects.filter(run=OuterRef("pk"), measure=MeasureCode.FUNDED_BY_CELL)
    counted = Headcount.objects.filter(region=OuterRef("region"), month=OuterRef("period"))
    runs = Run.objects.filter(standing(user), Exists(told), region__in=codes)
    if month is not None:
        runs = runs.filter(period=month)
    newest = runs.annotate(by_number=Exists(counted)).order_by("region_id", "-by_number", "-period")
    rows = newest.distinct("region_id").values_list("pk", "region_id", "period")
    found = {run: (code, period) for run, code, period in rows}
    values = MeasureValue.objects.filter(run__in=found, measure=MeasureCode.FUNDED_BY_CELL).order_by()
    people = {
        (found[run][0], category, funding): count
        for run, category, funding, count in values.values_list("run", "category", "funding", "numerator")
    }
    return dict(found.values()), people
