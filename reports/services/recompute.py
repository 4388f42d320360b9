"""The work of whoever computes figures: claim a region that waits, count it, store it, note the one above.

Any number of processes on any number of machines may do this at once. A claim is a lock of the session in
PostgreSQL: it ends with the connection, so a worker that dies leaves its region to the next one.
"""

import gc
import logging
import time
import traceback
from collections.abc import Collection, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import F, Q
from django.db.models.functions import Now

from regions.advisory_lock import AdvisoryLock
from regions.enums import Level
from regions.models.region import ancestor_codes, level_of
from regions.region_months import RegionMonths
from regions.selectors.reporting_month import closings_of
from regions.services.advisory_lock import region_work_lock
from reports.models import Cause, WaitingRegion
from reports.selectors.definitions.definition import definitions_by_month
from reports.selectors.gathering.reported_before import owing_otherwise
from reports.selectors.gathering.tree import gather
from reports.selectors.run import closed_quantities, current_runs
from reports.selectors.waiting_region import awaits_below, claimable
from reports.services.restatement import freeze, note_moved
from reports.services.run import Counted, milliseconds_since, store_runs
from reports.services.waiting_region import note_changes, note_waiting, spent_after

log = logging.getLogger(__name__)
_LOOKED_AT = 50
# Small histories are counted together, large ones alone; and not so many regions that their spells, tens of
# thousands each, no longer fit into the memory for sorting.
_REGIONS_AT_ONCE = 16
_MONTHS_AT_ONCE = 600
_LONGEST_WAIT = 300
# Spells are many: without these the planner compiles for longer than it runs, and spills to disk.
_PLANNING = "SET LOCAL jit = off; SET LOCAL work_mem = '64MB'; SET LOCAL statement_timeout = '10min'"


# While facts are gathered only: the planner takes what WITH makes for a handful of rows and would loop over
# thousands of spells; what looks up single runs and values had better loop.
HASHING = "SET LOCAL enable_nestloop = {}"


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

    After `seconds` nothing further is begun. What waits for one of other `causes` is left alone.
    """
    deadline = time.monotonic() + seconds
    done = Recomputed()
    while time.monotonic() < deadline:
        note_changes()
        with ExitStack() as locks:
            claimed = _claim(causes, locks)
            if not claimed:
                break
            done.add(_attempt(claimed))
    return done


def _claim(causes: Collection[Cause], locks: ExitStack) -> list[str]:
    """The first waiting region that nobody else is at, with a few like it that wait for the same cause."""
    claimed: list[str] = []
    kind, months = None, 0
    for code, cause, count in claimable(causes, _LOOKED_AT):
        if len(claimed) == _REGIONS_AT_ONCE:
            break
        if claimed and (kind != (cause, level_of(code)) or months + count > _MONTHS_AT_ONCE):
            break
        if level_of(code) < Level.REGENCY and awaits_below(code):
            continue
        if locks.enter_context(region_work_lock(AdvisoryLock.RECOMPUTE, code)):
            claimed.append(code)
            kind, months = (cause, level_of(code)), months + count
    return claimed


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Hundreds of thousands of small objects live until all is stored, none in a cycle.

    Looking through them for garbage again and again took a third of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _attempt(codes: list[str]) -> Recomputed:
    try:
        with _without_collecting(), transaction.atomic():
            return _recompute(codes)
    except Exception as error:
        if not connection.is_usable():
            connection.close()
            raise
        if len(codes) == 1:
            return _put_off(codes[0], error)
    # One of them is to blame: each by itself.
    done = Recomputed()
    for code in codes:
        done.add(_attempt([code]))
    return done


def _put_off(code: str, error: Exception) -> Recomputed:
    """Try again later, each time twice as long after, by the clock of PostgreSQL that is asked then."""
    # Not the words of the error: those of a database may repeat what a row says of a person.
    where = "".join(traceback.format_tb(error.__traceback__))
    log.error("Recomputing %s failed with %s\n%s", code, type(error).__name__, where)
    for row in WaitingRegion.objects.filter(pk=code):
        wait = timedelta(seconds=min(3 * 2 ** min(row.attempts, 10), _LONGEST_WAIT))
        WaitingRegion.objects.filter(pk=code).update(
            attempts=F("attempts") + 1, error=type(error).__name__[:100], retry_at=Now() + wait
        )
    return Recomputed(regions=1, failed=1)


def _recompute(codes: list[str]) -> Recomputed:
    rows = list(WaitingRegion.objects.filter(pk__in=codes))
    if not rows:
        return Recomputed()
    began = time.perf_counter()
    _set(_PLANNING)
    changed = {(row.pk, month) for row in rows for month in {*row.months, *spent_after(row.pk, row.months)}}
    wanted = sorted(changed | owing_otherwise(changed))
    closings = closings_of(RegionMonths.around([month for _code, month in wanted], codes))
    current = current_runs(wanted)
    frozen = {
        pair: run for pair, run in current.items() if pair in closings and run.closing == closings[pair]
    }
    definitions = definitions_by_month({month for _code, month in wanted})
    closed = closed_quantities(frozen.values()) if frozen else {}
    _set(HASHING.format("off"))
    found = gather(wanted, definitions, closed)
    _set(HASHING.format("on"))
    share = milliseconds_since(began, of=len(found))
    counted = [
        Counted.of(pair, quantities, definitions[pair[1]], share) for pair, quantities in found.items()
    ]
    note_moved(frozen, {one.pair: one.inputs_hash for one in counted if one.pair in frozen})
    fresh = [
        one
        for one in counted
        if one.pair not in frozen and one.is_news(current.get(one.pair), closed=one.pair in closings)
    ]
    store_runs(fresh, current)
    freeze({pair: closings[pair] for pair in wanted if pair in closings and pair not in frozen})
    _finish(rows, fresh)
    return Recomputed(regions=len(rows), months=len(wanted), runs=len(fresh))


def _set(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _finish(rows: list[WaitingRegion], fresh: Iterable[Counted]) -> None:
    """Take the regions off the list, unless noted anew meanwhile, and note those above."""
    begun = Q()
    for row in rows:
        begun |= Q(pk=row.pk, revision=row.revision)
    WaitingRegion.objects.filter(begun).delete()
    above = {
        (ancestor_codes(one.code)[-1], one.period) for one in fresh if level_of(one.code) != Level.NATION
    }
    note_waiting(above, Cause(max(row.cause for row in rows)))
