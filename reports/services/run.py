import hashlib
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction
from django.utils.timezone import localdate, now

from participants.selectors.persons.enrolment import regions_enrolled
from regions.advisory_lock import AdvisoryLock
from regions.enums import Level
from regions.models import Change, Region
from regions.models.region import ancestor_codes, level_of
from regions.month import (
    first_of,
    fiscal_year_start,
    last_day,
    months_between,
    next_month,
    year_end,
)
from regions.selectors.reporting_month import closed_in
from reports.enums import Window
from reports.measures.result import Figure
from reports.measures.frozen import from_json
from reports.measures.catalogue import COMPUTATION_VERSION, Measure, figures_of
from reports.models import CoverageDefinition, MeasureValue, Run, StaleMonth
from reports.measures.quantities import Quantities
from reports.selectors.definition import coverage_definition_on
from reports.selectors.gathering.tree import gather
from reports.selectors.run import frozen_runs, known_months
from reports.services.restatement import freeze, note_moved

_LONG_SPAN = 12
_CHANGES_AT_ONCE = 5000


@dataclass(frozen=True)
class Recomputed:
    """Region-months looked at, and how many of them got a new run because their inputs differ."""

    months: int
    regions: int
    runs: int


def recompute_stale(*, seconds: float = 20.0) -> Recomputed:
    """Bring the figures of stale region-months up to date, newest month first, one month at a time.

    Stops after `seconds`, leaving the rest for the next call. Each month is a transaction of its own:
    if the process dies, the rows of the unfinished month are still there.
    """
    deadline = time.monotonic() + seconds
    months = regions = runs = 0
    while time.monotonic() < deadline:
        with transaction.atomic():
            if not _take_lock():
                break
            note_changes()
            period = StaleMonth.objects.order_by("-period").values_list("period", flat=True).first()
            if period is None:
                break
            done = _recompute_month(period)
        months, regions, runs = months + 1, regions + done.regions, runs + done.runs
    return Recomputed(months, regions, runs)


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


@transaction.atomic
def forget_runs(*, region_code: str, first_month: date, last_month: date) -> int:
    """Throw the runs of open months away and mark them stale; recomputing gives the same numbers.

    A run that once closed a month is history and stays.
    """
    codes = [region_code, *ancestor_codes(region_code)]
    runs = Run.objects.filter(region_id__in=codes, period__range=(first_month, last_month), closing=None)
    pairs = set(runs.values_list("region_id", "period"))
    runs.delete()
    StaleMonth.objects.bulk_create(
        [StaleMonth(region_id=code, period=period) for code, period in pairs], ignore_conflicts=True
    )
    return len(pairs)


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


def _take_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [AdvisoryLock.RECOMPUTE])
        row = cursor.fetchone()
    return bool(row and row[0])


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


def _touched(change: Change) -> Iterable[str]:
    yield change.region_id
    yield from ancestor_codes(change.region_id)
    if change.reaches_down:
        below = Region.objects.filter(level__lte=Level.REGENCY, valid_until=None)
        if level_of(change.region_id) != Level.NATION:
            below = below.filter(code__startswith=f"{change.region_id}.")
        yield from below.values_list("code", flat=True)


def _recompute_month(period: date) -> Recomputed:
    rows = list(StaleMonth.objects.select_for_update().filter(period=period))
    definition = coverage_definition_on(period)
    closings = closed_in(period)
    frozen = frozen_runs(period, closings)
    closed = {code: from_json(run.quantities or {}) for code, run in frozen.items()}
    gathered = gather(period, definition, closed)
    quantities = gathered.now
    hashes = {
        row.region_id: _inputs_hash(quantities[row.region_id], definition)
        for row in rows
        if row.region_id in quantities
    }
    note_moved(frozen, hashes)
    codes = [code for code in hashes if code not in frozen]
    current = {
        run.region_id: run for run in Run.objects.filter(period=period, is_current=True, region_id__in=codes)
    }
    fresh = [
        (code, hashes[code])
        for code in codes
        if hashes[code] != _hash_of(current.get(code))
        and not (quantities[code].is_empty and code not in current and code not in closings)
    ]
    _store_runs(period, fresh, quantities, current, definition)
    freeze(period, {code: closings[code] for code in codes if code in closings}, quantities)
    StaleMonth.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return Recomputed(1, len(rows), len(fresh))


def _hash_of(run: Run | None) -> str:
    return run.inputs_hash if run and run.code_version == COMPUTATION_VERSION else ""


def _inputs_hash(quantities: Quantities, definition: CoverageDefinition) -> str:
    text = f"{definition.code}|{sorted(definition.segments)}|{quantities.fingerprint()}"
    return hashlib.sha256(text.encode()).hexdigest()


def _store_runs(
    period: date,
    fresh: list[tuple[str, str]],
    quantities: dict[str, Quantities],
    current: dict[str, Run],
    definition: CoverageDefinition,
) -> None:
    at = now()
    superseded = [current[code].pk for code, _hash in fresh if code in current]
    Run.objects.filter(pk__in=superseded).update(is_current=False, superseded_at=at)
    runs, values = [], []
    for code, hashed in fresh:
        started = time.perf_counter()
        run = Run(
            region_id=code,
            period=period,
            code_version=COMPUTATION_VERSION,
            inputs_hash=hashed,
            computed_at=at,
        )
        for measure, figure in figures_of(quantities[code]):
            values.append(_value_of(run, measure, figure, definition))
        run.milliseconds = round((time.perf_counter() - started) * 1000, 3)
        runs.append(run)
    Run.objects.bulk_create(runs, batch_size=2000)
    for value in values:
        value.run_id = value.run.pk
    MeasureValue.objects.bulk_create(values, batch_size=5000)


def _value_of(run: Run, measure: Measure, figure: Figure, definition: CoverageDefinition) -> MeasureValue:
    words = [definition.label] if measure.code.startswith("COV") else [str(measure.label)]
    if figure.basis:
        words.append(figure.basis)
    if measure.window == Window.FISCAL_YEAR:
        first, last = fiscal_year_start(run.period), last_day(run.period)
        words.append(f"kas: dibayar {first:%d-%m-%Y} s.d. {last:%d-%m-%Y}, semua sumber dana")
    return MeasureValue(
        run=run,
        measure=measure.code,
        segment=figure.segment,
        category=figure.category,
        funding=figure.funding,
        target=figure.target,
        variant=figure.variant,
        numerator=figure.numerator,
        denominator=figure.denominator,
        reported=figure.reported,
        expected=figure.expected,
        definition="; ".join(words)[:300],
    )
