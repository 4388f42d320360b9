"""Which of the regions that wait may be begun now."""

from collections.abc import Collection
from typing import Any

from django.db import connection

from regions.advisory_lock import AdvisoryLock
from reports.models import Cause

# Whoever is at a region holds its lock; passing over those here leaves every worker something to try, however
# many regions the others have claimed.
_CLAIMABLE = """
SELECT w.region_id, w.cause, cardinality(w.months)
FROM reports_waitingregion w JOIN regions_region r ON r.code = w.region_id
WHERE w.cause = ANY(%(causes)s) AND (w.retry_at IS NULL OR w.retry_at <= now())
  AND NOT EXISTS (
      SELECT FROM pg_locks l
      WHERE l.locktype = 'advisory' AND l.classid = %(lock)s AND l.objid = hashtext(w.region_id)::oid
        AND l.objsubid = 2
        AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
  )
ORDER BY w.cause, w.since, r.level DESC, w.region_id
LIMIT %(count)s
"""
_AWAITED = """
WITH here AS (SELECT region_id, cause, months FROM reports_waitingregion WHERE region_id = %(code)s),
-- Months that were closed and whose figures are still to be kept as those of the closing.
closing AS (
    SELECT m.month FROM here
    JOIN regions_reportingmonth m ON m.region_id = here.region_id AND m.month = ANY(here.months)
    WHERE m.state = 'closed' AND NOT EXISTS (
        SELECT FROM reports_run r
        WHERE r.region_id = m.region_id AND r.period = m.month AND r.is_current AND r.closing = m.closing
    )
)
SELECT EXISTS (
    SELECT FROM here
    JOIN reports_waitingregion w ON w.region_id <> here.region_id AND w.attempts = 0
      AND (here.region_id = 'ID' OR w.region_id LIKE here.region_id || '.%%')
    CROSS JOIN unnest(w.months) AS month
    WHERE month = ANY(here.months)
      AND (
          here.cause = %(rebuild)s OR month IN (SELECT closing.month FROM closing) OR NOT EXISTS (
              SELECT FROM reports_run r
              WHERE r.region_id = w.region_id AND r.period = month AND r.is_current
                AND r.quantities IS NOT NULL
          )
      )
) OR EXISTS (
    SELECT FROM here
    JOIN regions_change c ON here.region_id = 'ID' OR c.region_id LIKE here.region_id || '.%%'
    JOIN closing ON c.first_month <= closing.month AND (
        c.last_month IS NULL OR closing.month <= c.last_month
        OR c.counts_on AND date_trunc('year', closing.month) = date_trunc('year', c.last_month)
    )
)
"""


def claimable(causes: Collection[Cause], count: int) -> list[tuple[str, int, int]]:
    """Code, cause and number of months of those that nobody is at, in the order in which they are taken."""
    lock = AdvisoryLock.RECOMPUTE.value
    asked: dict[str, Any] = {"causes": [cause.value for cause in causes], "lock": lock, "count": count}
    with connection.cursor() as cursor:
        cursor.execute(_CLAIMABLE, asked)
        return list(cursor.fetchall())


def awaits_below(code: str) -> bool:
    """Whether what stands below is not yet as it is to be summed.

    What is being rebuilt is summed once, when nothing below waits any more. A correction goes up at once,
    unless a region below is about to be counted for the first time: what stands above would lack it. A month
    that was closed is summed, once and for all, when nothing that was recorded below waits any more. A region
    whose counting failed is not waited for.
    """
    with connection.cursor() as cursor:
        cursor.execute(_AWAITED, {"code": code, "rebuild": Cause.REBUILD.value})
        return bool(cursor.fetchone()[0])
