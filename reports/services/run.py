"""Runs: the values of a region and month, computed anew when what they rest on has changed."""

import hashlib
import time
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction
from django.utils.timezone import now

from regions.advisory_lock import AdvisoryLock
from regions.models.region import ancestor_codes
from regions.month import (
    fiscal_year_start,
    last_day,
)
from regions.selectors.reporting_month import closed_in
from reports.enums import Window
from reports.measures.catalogue import COMPUTATION_VERSION, results_of
from reports.measures.frozen import from_json
from reports.measures.measure import Measure, MeasureSection
from reports.measures.quantities import Quantities
from reports.measures.result import MeasureResult
from reports.models import CoverageDefinition, MeasureValue, Run, StaleMonth
from reports.selectors.definition import coverage_definition_on
from reports.selectors.gathering.tree import gather
from reports.selectors.run import frozen_runs
from reports.services.restatement import freeze, note_moved
from reports.services.stale_month import note_changes


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


def _take_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [AdvisoryLock.RECOMPUTE])
        row = cursor.fetchone()
    return bool(row and row[0])


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
        for measure, result in results_of(quantities[code]):
            values.append(_value_of(run, measure, result, definition))
        run.milliseconds = round((time.perf_counter() - started) * 1000, 3)
        runs.append(run)
    Run.objects.bulk_create(runs, batch_size=2000)
    for value in values:
        value.run_id = value.run.pk
    MeasureValue.objects.bulk_create(values, batch_size=5000)


def _value_of(
    run: Run, measure: Measure, result: MeasureResult, definition: CoverageDefinition
) -> MeasureValue:
    words = [definition.label] if measure.section == MeasureSection.COVERAGE else [str(measure.label)]
    if result.basis:
        words.append(result.basis)
    if measure.window == Window.FISCAL_YEAR:
        first, last = fiscal_year_start(run.period), last_day(run.period)
        words.append(f"kas: dibayar {first:%d-%m-%Y} s.d. {last:%d-%m-%Y}, semua sumber dana")
    return MeasureValue(
        run=run,
        measure=measure.code,
        segment=result.segment,
        category=result.category,
        funding=result.funding,
        target=result.target,
        variant=result.variant,
        numerator=result.numerator,
        denominator=result.denominator,
        reported=result.reported,
        expected=result.expected,
        definition="; ".join(words)[:300],
    )
