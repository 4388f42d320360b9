"""Which region-months are stale: what changes of facts, the calendar or a new version of a measure touch."""

from collections.abc import Iterable
from datetime import date

from django.utils.timezone import localdate

from participants.selectors.persons.enrolment import regions_enrolled
from regions.enums import Level
from regions.models import Change, Region
from regions.models.region import ancestor_codes, level_of
from regions.month import first_of, months_between, next_month, year_end
from reports.measures.catalogue import COMPUTATION_VERSION
from reports.measures.codes import MeasureCode
from reports.models import MeasureValue, Run, StaleMonth
from reports.selectors.run import known_months

_LONG_SPAN = 12
_CHANGES_AT_ONCE = 5000


def note_changes() -> int:
    """Turn changes of facts into stale region-months, for the region and all above it."""
    changes = list(Change.objects.select_for_update(skip_locked=True)[:_CHANGES_AT_ONCE])
    if not changes:
        return 0
    known = known_months()
    stale = {
        (code, period)
        for change in changes
        for period in _periods(change, known)
        for code in _touched(change)
        if level_of(code) <= Level.REGENCY
    }
    stale |= _counted_later([change for change in changes if change.counts_on])
    stale |= _compared_later(changes, known)
    # Updating instead of ignoring waits for a row that is being recomputed at this moment.
    StaleMonth.objects.bulk_create(
        [StaleMonth(region_id=code, period=period) for code, period in sorted(stale)],
        batch_size=5000,
        update_conflicts=True,
        update_fields=["noted_at"],
        unique_fields=["period", "region"],
    )
    Change.objects.filter(pk__in=[change.pk for change in changes]).delete()
    return len(changes)


def note_month_turn() -> int:
    """Mark the month that has just begun for regions whose open spells reach into it."""
    period = first_of(localdate())
    known = set(Run.objects.filter(period=period).order_by().values_list("region_id", flat=True).distinct())
    fresh = regions_enrolled(period) - known
    pairs = [(code, period) for region in fresh for code in (region, *ancestor_codes(region))]
    StaleMonth.objects.bulk_create(
        [StaleMonth(region_id=code, period=month) for code, month in sorted(set(pairs))],
        batch_size=5000,
        ignore_conflicts=True,
    )
    return len(fresh)


def mark_outdated() -> int:
    """Mark what an earlier version of the computation made as stale; for the first start of a new one."""
    # A closed month keeps what the version of its time made.
    outdated = Run.objects.filter(is_current=True, closing=None).exclude(code_version=COMPUTATION_VERSION)
    pairs = list(outdated.values_list("region_id", "period"))
    StaleMonth.objects.bulk_create(
        [StaleMonth(region_id=code, period=period) for code, period in pairs],
        batch_size=5000,
        ignore_conflicts=True,
    )
    return len(pairs)


def _periods(change: Change, known: set[date]) -> Iterable[date]:
    """The months of a change; of a long span only those of which anything is known."""
    last = min(change.last_month or date.max, first_of(localdate()))
    if change.last_month is not None and (last - change.first_month).days <= 31 * _LONG_SPAN:
        return months_between(change.first_month, last)
    return [month for month in known if change.first_month <= month <= last]


def _counted_later(changes: list[Change]) -> set[tuple[str, date]]:
    """Months after the changed ones, to the year's end, in which a run has summed them already."""
    later: set[tuple[str, date]] = set()
    for change in changes:
        if change.last_month is not None:
            months = months_between(next_month(change.last_month), year_end(change.last_month))
            later |= {(code, month) for month in months for code in _touched(change)}
    runs = Run.objects.filter(is_current=True, period__in={month for _code, month in later})
    return later & set(runs.order_by().values_list("region_id", "period"))


def _compared_later(changes: list[Change], known: set[date]) -> set[tuple[str, date]]:
    """Months of the year after a changed December in which what was spent is compared with it."""
    later: set[tuple[str, date]] = set()
    for change in changes:
        decembers = [month for month in _periods(change, known) if month == year_end(month)]
        months = [month for december in decembers for month in _year_after(december)]
        later |= {(code, month) for month in months for code in _touched(change)}
    spent = MeasureValue.objects.filter(
        measure=MeasureCode.REALISED, run__is_current=True, run__period__in={month for _code, month in later}
    )
    return later & set(spent.order_by().values_list("run__region_id", "run__period"))


def _year_after(december: date) -> Iterable[date]:
    first = next_month(december)
    return months_between(first, year_end(first))


def _touched(change: Change) -> Iterable[str]:
    yield change.region_id
    yield from ancestor_codes(change.region_id)
    if change.reaches_down:
        below = Region.objects.filter(level__lte=Level.REGENCY, valid_until=None)
        if level_of(change.region_id) != Level.NATION:
            below = below.filter(code__startswith=f"{change.region_id}.")
        yield from below.values_list("code", flat=True)
