"""What was due for the months of the year that were closed, as it stood when they were."""

from datetime import date

from regions.enums import MonthState
from regions.models import ReportingMonth
from regions.month import iso_month
from reports.models import Run

CategoryFunding = tuple[str, str]


def closed_dues(first: date, month: date) -> dict[str, dict[str, dict[CategoryFunding, int]]]:
    """Region code → month before `month` → cell → rupiah due, as it stood when that month was closed.

    So a rate or a wage base that changes later leaves the year to date of what was closed alone.
    """
    closings = {
        (code, period): closing
        for code, period, closing in ReportingMonth.objects.filter(
            state=MonthState.CLOSED, month__gte=first, month__lt=month
        ).values_list("region_id", "month", "closing")
    }
    if not closings:
        return {}
    runs = Run.objects.filter(
        is_current=True, period__gte=first, period__lt=month, closing__isnull=False
    ).values_list("region_id", "period", "closing", "quantities__due")
    found: dict[str, dict[str, dict[CategoryFunding, int]]] = {}
    for code, period, closing, due in runs:
        if closings.get((code, period)) != closing:
            continue
        name = iso_month(period)
        cells = {(c, f): amount[0] for (one, c, f), amount in due or [] if one == name}
        found.setdefault(code, {})[name] = cells
    return found
