"""What was due for months that were closed, as it stood when they were."""

from datetime import date
from typing import Any

from regions.month import iso_month
from regions.region_months import RegionMonths
from regions.selectors.reporting_month import closings_of
from reports.measures.frozen import from_json
from reports.measures.quantities import Amount
from reports.models import Run

CategoryFunding = tuple[str, str]
# Region code → closed month → cell → rupiah due.
ClosedDues = dict[str, dict[date, dict[CategoryFunding, int]]]


def closed_dues(asked: RegionMonths) -> ClosedDues:
    """Of the closed months since January of the first year.

    So a rate or a wage base that changes later leaves the year to date of what was closed alone.
    """
    closings = closings_of(asked.since_january)
    if not closings:
        return {}
    runs = Run.objects.filter(
        asked.of_regions(),
        is_current=True,
        period__range=(asked.year_start, asked.last),
        closing__isnull=False,
    ).values_list("region_id", "period", "closing", "quantities__due")
    found: ClosedDues = {}
    for code, period, closing, due in runs:
        if closings.get((code, period)) != closing:
            continue
        name = iso_month(period)
        cells = {(c, f): amount.value for (one, c, f), amount in _dues(due).items() if one == name}
        found.setdefault(code, {})[period] = cells
    return found


def _dues(stored: Any) -> dict[tuple[str, str, str], Amount]:
    return from_json({"due": stored or {}}).due
