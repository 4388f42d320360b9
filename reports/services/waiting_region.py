"""Which regions wait to be computed, and for which months: what changes of facts, the calendar or a new
version of a measure touch."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate, now

from participants.selectors.persons.enrolment import regions_enrolled
from regions.access import require
from regions.enums import Level
from regions.models import Change, User
from regions.models.region import ancestor_codes, level_of
from regions.month import first_of, months_between, next_month, year_end
from regions.roles import Permission
from regions.selectors.region import in_subtree
from reports.measures.catalogue import COMPUTATION_VERSION
from reports.measures.codes import MeasureCode
from reports.models import Cause, MeasureValue, Run, WaitingRegion
from reports.selectors.run import known_months

_LONG_SPAN = 12
_CHANGES_AT_ONCE = 5000
Pairs = set[tuple[str, date]]

_NOTE = """
INSERT INTO reports_waitingregion AS w (region_id, months, since, cause, revision, attempts, error)
SELECT code, string_to_array(months, ' ')::date[], %(since)s, %(cause)s, 1, 0, ''
FROM unnest(%(codes)s::text[], %(months)s::text[]) WITH ORDINALITY AS told (code, months, place)
ORDER BY place
ON CONFLICT (region_id) DO UPDATE SET
    months = ARRAY(SELECT DISTINCT unnest(w.months || EXCLUDED.months) ORDER BY 1),
    cause = least(w.cause, EXCLUDED.cause),
    revision = w.revision + 1,
    retry_at = NULL
"""


def note_waiting(pairs: Iterable[tuple[str, date]], cause: Cause) -> None:
    """Add months to the rows of their regions; nothing that waits already is lost or waits longer for it."""
    by_region: dict[str, set[date]] = {}
    for code, month in pairs:
        by_region.setdefault(code, set()).add(month)
    if not by_region:
        return
    # Everybody locks rows from below upward, as whoever computes a region and notes the one above does.
    codes = sorted(by_region, key=lambda code: (-level_of(code), code))
    months = [" ".join(f"{month:%Y-%m-%d}" for month in sorted(by_region[code])) for code in codes]
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, {"since": now(), "cause": cause.value, "codes": codes, "months": months})


def retry_now(*, code: str, by: User) -> None:
    """Try a region whose counting failed without waiting for its next turn.

    Raises OutsideScope or NotPermitted.
    """
    require(by, Permission.MANAGE_REFERENCE, code)
    WaitingRegion.objects.filter(pk=code, attempts__gt=0).update(retry_at=None)


@transaction.atomic
def note_changes() -> int:
    """Turn changes of facts into waiting months of their regions; those above follow when figures moved."""
    changes = list(Change.objects.select_for_update(skip_locked=True)[:_CHANGES_AT_ONCE])
    if not changes:
        return 0
    long = {change.region_id for change in changes if _is_long(change)}
    known = known_months(long) if long else set()
    waiting: Pairs = {
        (change.region_id, period)
        for change in changes
        for period in _periods(change, known)
        if level_of(change.region_id) <= Level.REGENCY
    }
    waiting |= _below([change for change in changes if change.reaches_down], known)
    waiting |= _counted_later([change for change in changes if change.counts_on])
    note_waiting(waiting, Cause.CORRECTION)
    Change.objects.filter(pk__in=[change.pk for change in changes]).delete()
    return len(changes)


@transaction.atomic
def note_month_turn() -> int:
    """Note the month that has just begun for regions whose open spells reach into it."""
    period = first_of(localdate())
    known = set(Run.objects.filter(period=period).order_by().values_list("region_id", flat=True).distinct())
    fresh = regions_enrolled(period) - known
    note_waiting({(code, period) for code in fresh}, Cause.NEW_MONTH)
    return len(fresh)


@transaction.atomic
def mark_outdated() -> int:
    """Note what an earlier version of the computation made; for the first start of a new one."""
    # A closed month keeps what the version of its time made.
    outdated = Run.objects.filter(is_current=True, closing=None).exclude(code_version=COMPUTATION_VERSION)
    pairs = list(outdated.values_list("region_id", "period"))
    note_waiting(pairs, Cause.REBUILD)
    return len(pairs)


@transaction.atomic
def forget_runs(*, region_code: str, first_month: date, last_month: date) -> int:
    """Throw the runs of open months away and note them; recomputing gives the same numbers.

    A run that once closed a month is history and stays.
    """
    codes = [region_code, *ancestor_codes(region_code)]
    return _forget(Run.objects.filter(region_id__in=codes, period__range=(first_month, last_month)))


def forget_all_runs(*, first_month: date, last_month: date) -> int:
    """The same for the whole nation."""
    with transaction.atomic():
        return _forget(Run.objects.filter(period__range=(first_month, last_month)))


def _forget(runs: QuerySet[Run]) -> int:
    runs = runs.filter(closing=None)
    pairs = set(runs.order_by().values_list("region_id", "period"))
    runs.delete()
    note_waiting(pairs, Cause.REBUILD)
    return len(pairs)


def spent_after(code: str, months: Collection[date]) -> set[date]:
    """Months of the year after these Decembers in which what was spent is compared with coverage then."""
    later = {
        month
        for december in months
        if december == year_end(december)
        for month in months_between(next_month(december), year_end(next_month(december)))
    }
    if not later:
        return set()
    spent = MeasureValue.objects.filter(
        measure=MeasureCode.REALISED, run__is_current=True, run__region=code, run__period__in=later
    )
    return set(spent.order_by().values_list("run__period", flat=True))


def _is_long(change: Change) -> bool:
    last = min(change.last_month or date.max, first_of(localdate()))
    return change.last_month is None or (last - change.first_month).days > 31 * _LONG_SPAN


def _periods(change: Change, known: set[date]) -> Iterable[date]:
    """The months of a change; of a long span only those of which anything is known."""
    last = min(change.last_month or date.max, first_of(localdate()))
    if not _is_long(change):
        return months_between(change.first_month, last)
    return [month for month in known if change.first_month <= month <= last]


def _below(changes: list[Change], known: set[date]) -> Pairs:
    """What a change reaches below its region: wherever something has been counted."""
    found: Pairs = set()
    for change in changes:
        runs = Run.objects.filter(
            in_subtree("region__code", change.region_id),
            is_current=True,
            period__in=list(_periods(change, known)),
        )
        found |= set(runs.order_by().values_list("region_id", "period"))
    return found


def _counted_later(changes: list[Change]) -> Pairs:
    """Months after the changed ones, to the year's end, in which a run has summed them already.

    Of the regions above too: they may have summed a region that has no run of its own there.
    """
    later: Pairs = set()
    for change in changes:
        if change.last_month is not None:
            months = months_between(next_month(change.last_month), year_end(change.last_month))
            codes = [*ancestor_codes(change.region_id), change.region_id]
            later |= {(code, month) for month in months for code in codes}
    runs = Run.objects.filter(
        is_current=True,
        region__in={code for code, _month in later},
        period__in={month for _code, month in later},
    )
    return later & set(runs.order_by().values_list("region_id", "period"))
