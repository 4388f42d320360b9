"""Coverage and people paid for as they stand in the regions of a plan: on what an outlook rests."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q

from budgets.planning.asked import Base
from budgets.selectors.planning.need import Covered
from regions.access import within
from regions.models import User
from regions.month import iso_month
from reports.measures.codes import MeasureCode
from reports.models import MeasureValue
from reports.selectors.covered import covered_by_category
from reports.selectors.standing import standing, stood


def coverage_bases(user: User | None, codes: Collection[str], year: int) -> dict[str, Base]:
    """Region code → members and workers of the newest whole coverage up to the year, for those that have one.

    Without a user all of it, for commands.
    """
    told: Q = stood(at="run__")
    if user is not None:
        told = standing(user, at="run__") & within(user, field="run__region")
    rows = MeasureValue.objects.filter(
        told,
        run__region__in=codes,
        run__period__year__lte=year,
        measure=MeasureCode.COVERAGE,
        rate__isnull=False,
    )
    newest = rows.order_by("run__region_id", "-run__period").distinct("run__region_id")
    columns = ("run__region_id", "numerator", "denominator", "run__period")
    return {
        code: Base(members, workers, iso_month(month))
        for code, members, workers, month in newest.values_list(*columns)
    }


def covered_people_of(user: User | None, codes: Collection[str], year: int) -> Covered:
    """Whom the regions reported in their newest month up to the year, as the page of needs counts them."""
    months, people = covered_by_category(user, codes, until=date(year, 12, 1))
    return Covered({code: iso_month(month) for code, month in months.items()}, people)
