"""Months of regions whose contributions are not paid in full though their day of payment has passed."""

from collections.abc import Iterable
from datetime import date

from django.utils.timezone import localdate

from budgets.selectors.due_day import DueDays
from participants.models import Category
from regions.month import last_day, parse_month
from reports.measures.codes import MeasureCode
from reports.models import MeasureValue


def overdue_months(newest: Iterable[MeasureValue]) -> dict[int, dict[str, int]]:
    """Run → month → rupiah, of the runs of these values, by the end of the month of each.

    Payer by payer: what one pays too much does not hide what another owes. A payer's month has fallen due
    once the latest of the segments has that this payer pays for.
    """
    seen = {value.run_id: min(localdate(), last_day(value.run.period)) for value in newest}
    rows = MeasureValue.objects.filter(
        run__in=list(seen), measure=MeasureCode.ARREARS_BY_MONTH, numerator__gt=0
    )
    segments, days = _segments(list(seen)), DueDays.load()
    found: dict[int, dict[str, int]] = {}
    for run, text, funding, rupiah in rows.values_list("run_id", "variant", "funding", "numerator"):
        month = parse_month(text)
        due = _latest(days, segments.get((run, funding), set()), month)
        if due <= seen[run]:
            months = found.setdefault(run, {})
            months[text] = months.get(text, 0) + rupiah
    return found


def _segments(runs: list[int]) -> dict[tuple[int, str], set[str]]:
    """(run, source of funds) → segments of the categories that it pays for."""
    of_category = dict(Category.objects.order_by().values_list("code", "segment"))
    rows = MeasureValue.objects.filter(run__in=runs, measure=MeasureCode.FUNDED_BY_CELL)
    found: dict[tuple[int, str], set[str]] = {}
    for run, category, funding in rows.values_list("run_id", "category", "funding"):
        found.setdefault((run, funding), set()).add(of_category[category])
    return found


def _latest(days: DueDays, segments: set[str], month: date) -> date:
    return max((days.of(segment, month) for segment in segments), default=days.latest(month))
