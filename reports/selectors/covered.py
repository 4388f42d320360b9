"""Whom each region reported as paid for in its newest month, as far as the user is told of it."""

from collections.abc import Collection
from datetime import date

from django.db.models import Exists, OuterRef

from participants.models import Headcount
from regions.models import User
from reports.measures.codes import MeasureCode
from reports.models import MeasureValue, Run
from reports.selectors.standing import standing, stood

# Region code, category, source of funds.
CoveredCell = tuple[str, str, str]


def covered_cells(
    user: User | None, codes: Collection[str], month: date | None = None, *, until: date | None = None
) -> tuple[dict[str, date], dict[CoveredCell, int]]:
    """Region code → its newest month, one reported by number before one known by name only; and the people.

    With a `month` only that one is looked at, with `until` none after it. Without a user all that stands, for
    commands.
    """
    told = MeasureValue.objects.filter(run=OuterRef("pk"), measure=MeasureCode.FUNDED_BY_CELL)
    counted = Headcount.objects.filter(region=OuterRef("region"), month=OuterRef("period"))
    told_to = standing(user) if user else stood()
    runs = Run.objects.filter(told_to, Exists(told), region__in=codes)
    if month is not None:
        runs = runs.filter(period=month)
    if until is not None:
        runs = runs.filter(period__lte=until)
    newest = runs.annotate(by_number=Exists(counted)).order_by("region_id", "-by_number", "-period")
    rows = newest.distinct("region_id").values_list("pk", "region_id", "period")
    found = {run: (code, period) for run, code, period in rows}
    values = MeasureValue.objects.filter(run__in=found, measure=MeasureCode.FUNDED_BY_CELL).order_by()
    people = {
        (found[run][0], category, funding): count
        for run, category, funding, count in values.values_list("run", "category", "funding", "numerator")
    }
    return dict(found.values()), people


def covered_by_category(
    user: User | None, codes: Collection[str], *, until: date | None = None
) -> tuple[dict[str, date], dict[tuple[str, str], int]]:
    """The same of all sources of funds together: (region code, category) → people."""
    months, cells = covered_cells(user, codes, until=until)
    people: dict[tuple[str, str], int] = {}
    for (code, category, _funding), count in cells.items():
        people[code, category] = people.get((code, category), 0) + count
    return months, people
