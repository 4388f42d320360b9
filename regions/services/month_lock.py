"""The guard before every write of a fact: no path leads into a locked month.

A writer holds a shared lock of the region until the transaction ends; a step of the month takes it
alone. So a closing waits for a running import and then holds what it brought, or it comes first and the
import is refused.
"""

from collections.abc import Iterable, Sequence

from django.db import connection
from django.utils.timezone import localdate

from regions.advisory_lock import AdvisoryLock
from regions.enums import ReportKind
from regions.errors import MonthLocked, Problem
from regions.models import ReportingMonth
from regions.month import Span, first_of, months_between
from regions.selectors.reporting_month import Lock, Rules, lock_of
from regions.services.advisory_lock import lock_region

_SHARE = """
SELECT pg_advisory_xact_lock_shared(%s, hashtext(code))
FROM (SELECT unnest(%s::text[]) AS code ORDER BY 1) AS sorted
"""


def demand_open(
    spans: Iterable[tuple[str, Span]], report: ReportKind, *, rows: Sequence[int] | None = None
) -> None:
    """Raises MonthLocked unless every month of these (region code, months) may be written into.

    `rows` says of each span which row of a set speaks of it, for the problems to say it too. Call it in
    the transaction that writes. An open-ended span reaches to the last locked month.
    """
    wanted = list(spans)
    if not wanted:
        return
    share_region_locks({code for code, _span in wanted})
    problems = []
    for place, code, lock in _locks(wanted, report):
        sentence = f"{code}: {lock.sentence}" if len({c for c, _s in wanted}) > 1 else lock.sentence
        problems.append(Problem(rows[place] if rows else 0, "__all__", sentence))
    if problems:
        raise MonthLocked(problems)


def share_region_locks(codes: set[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_SHARE, [AdvisoryLock.MONTHS_OF_REGION, sorted(codes)])


def take_region_lock(code: str) -> None:
    """For a step of a month: waits until nobody writes facts of the region, and keeps them waiting."""
    lock_region(AdvisoryLock.MONTHS_OF_REGION, code)


def _locks(spans: list[tuple[str, Span]], report: ReportKind) -> Iterable[tuple[int, str, Lock]]:
    """At most the first locked month of each span, with the span's place among them."""
    codes = {code for code, _span in spans}
    first = min(span[0] for _code, span in spans)
    rows = ReportingMonth.objects.filter(region__in=codes, month__gte=first).select_related("changed_by")
    stored = {(row.region_id, row.month): row for row in rows}
    rules, today = Rules.of(codes), localdate()
    if not stored and not rules.by_region:
        return
    newest = max([first_of(today), *(month for _code, month in stored)])
    for place, (code, (begin, end)) in enumerate(spans):
        for month in months_between(begin, newest if end is None else min(end, newest)):
            row = stored.get((code, month))
            lock = lock_of((code, month), row, rules.at(code, month), report, today)
            if lock:
                yield place, code, lock
                break
