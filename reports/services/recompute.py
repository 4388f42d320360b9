"""The work of whoever computes figures: claim a region that waits, count it, store it, note the one above.

Any number of processes on any number of machines may do this at once. A claim is a lock of the session in
PostgreSQL: it ends with the connection, so a worker that dies leaves its region to the next one.
"""

import logging
import time
import traceback
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils.timezone import now

from regions.advisory_lock import AdvisoryLock
from regions.models.region import ancestor_codes
from regions.region_months import RegionMonths
from regions.selectors.reporting_month import closings_of
from regions.services.advisory_lock import region_work_lock
from reports.models import Cause, Run, WaitingRegion
from reports.selectors.definition import definitions_by_month
from reports.selectors.gathering.tree import gather
from reports.selectors.run import closed_quantities, current_runs
from reports.services.restatement import freeze, note_moved
from reports.services.run import Counted, store_runs
from reports.services.waiting_region import note_changes, note_waiting, spent_after

log = logging.getLogger(__name__)
_AT_ONCE = 50
_LONGEST_WAIT = 300
# Spells are many: without these the planner compiles, spills and loops where it should hash.
_PLANNING = (
    "SET LOCAL jit = off; SET LOCAL work_mem = '64MB'; SET LOCAL enable_nestloop = off;"
    " SET LOCAL statement_timeout = '10min'"
)


@dataclass
class Recomputed:
    """Regions claimed, their months looked at, and how many of these got a new run; claims that failed."""

    regions: int = 0
    months: int = 0
    runs: int = 0
    failed: int = 0

    def add(self, other: "Recomputed") -> None:
        self.regions += other.regions
        self.months += other.months
        self.runs += other.runs
        self.failed += other.failed


def recompute_stale(*, seconds: float = 20.0, causes: Collection[Cause] = tuple(Cause)) -> Recomputed:
    """Bring figures up to date, region by region: corrections before rebuilds, who waits longest first.

    After `seconds` no further region is begun. What waits for one of other `causes` is left alone.
    """
    deadline = time.monotonic() + seconds
    done = Recomputed()
    while time.monotonic() < deadline:
        note_changes()
        claimed = _claim_one(causes)
        if claimed is None:
            break
        done.add(claimed)
    return done


def _claim_one(causes: Collection[Cause]) -> Recomputed | None:
    """Compute the first waiting region that nobody else is at; None where there is none."""
    ready = Q(retry_at=None) | Q(retry_at__lte=now())
    waiting = WaitingRegion.objects.filter(ready, cause__in=list(causes)).order_by(*WaitingRegion.ORDER)
    for code in waiting.values_list("pk", flat=True)[:_AT_ONCE]:
        with region_work_lock(AdvisoryLock.RECOMPUTE, code) as held:
            if held:
                return _attempt(code)
    return None


def _attempt(code: str) -> Recomputed:
    try:
        with transaction.atomic():
            return _recompute(code)
    except Exception as error:
        # Not the words of the error: those of a database may repeat what a row says of a person.
        where = "".join(traceback.format_tb(error.__traceback__))
        log.error("Recomputing %s failed with %s\n%s", code, type(error).__name__, where)
        if not connection.is_usable():
            connection.close()
            raise
        _put_off(code, type(error).__name__)
        return Recomputed(regions=1, failed=1)


def _put_off(code: str, error: str) -> None:
    """Try again later, each time twice as long after."""
    row = WaitingRegion.objects.get(pk=code)
    wait = timedelta(seconds=min(3 * 2 ** min(row.attempts, 10), _LONGEST_WAIT))
    WaitingRegion.objects.filter(pk=code).update(
        attempts=F("attempts") + 1, error=error[:100], retry_at=now() + wait
    )


def _recompute(code: str) -> Recomputed:
    row = WaitingRegion.objects.filter(pk=code).first()
    if row is None:
        return Recomputed(regions=1)
    with connection.cursor() as cursor:
        cursor.execute(_PLANNING)
    months = sorted({*row.months, *spent_after(code, row.months)})
    closings = closings_of(RegionMonths(months[0], months[-1], (code,)))
    current = current_runs(code, months)
    frozen = {month: run for month, run in current.items() if run.closing == closings.get((code, month), 0)}
    definitions = definitions_by_month(months)
    found = gather(code, months, definitions, closed_quantities(frozen.values()) if frozen else {})
    counted = [Counted.of(period, found[period], definitions[period]) for period in months]
    note_moved(frozen, {one.period: one.inputs_hash for one in counted})
    fresh = [
        one
        for one in counted
        if one.period not in frozen
        and one.is_news(current.get(one.period), closed=(code, one.period) in closings)
    ]
    store_runs(code, fresh, current)
    freeze(code, _to_freeze(code, closings, months, frozen))
    _finish(row, fresh)
    return Recomputed(regions=1, months=len(months), runs=len(fresh))


def _to_freeze(
    code: str, closings: dict[tuple[str, date], int], months: Iterable[date], frozen: dict[date, Run]
) -> dict[date, int]:
    """Months that were closed since they were last counted, with the number of the closing."""
    return {
        month: closings[code, month] for month in months if (code, month) in closings and month not in frozen
    }


def _finish(row: WaitingRegion, fresh: Iterable[Counted]) -> None:
    """Take the region off the list, unless it was noted anew meanwhile, and note the one above."""
    WaitingRegion.objects.filter(pk=row.pk, revision=row.revision).delete()
    above = ancestor_codes(row.pk)
    if above:
        note_waiting({(above[-1], one.period) for one in fresh}, Cause(row.cause))
