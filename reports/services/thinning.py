"""Runs that nothing needs any more are thrown away, so that their tables stay usable after years."""

from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.utils.timezone import get_current_timezone_name, localtime, now

_AT_ONCE = 2000

# What closed a month stays for ever, and with it all that packs and restatements cite. Of the others the
# last of each day stays: what was believed at the end of any day can still be told.
_DISPENSABLE = """
SELECT r.id FROM reports_run r
WHERE NOT r.is_current AND r.closing IS NULL AND r.superseded_at < %(today)s
  AND EXISTS (
      SELECT FROM reports_run later
      WHERE later.region_id = r.region_id AND later.period = r.period AND later.id > r.id
        AND (later.computed_at AT TIME ZONE %(zone)s)::date = (r.computed_at AT TIME ZONE %(zone)s)::date
  )
LIMIT %(count)s
"""
_SIZES = "SELECT pg_total_relation_size('reports_run'), pg_total_relation_size('reports_measurevalue')"


@dataclass(frozen=True)
class Thinned:
    """Runs and values thrown away, and what their tables take in bytes now."""

    runs: int
    values: int
    run_bytes: int
    value_bytes: int


def thin_runs() -> Thinned:
    """Throw away superseded runs but the last of each day, region and month; today's stay until tomorrow."""
    runs = values = 0
    while True:
        gone_runs, gone_values = _thin_some()
        runs, values = runs + gone_runs, values + gone_values
        if gone_runs < _AT_ONCE:
            break
    with connection.cursor() as cursor:
        cursor.execute(_SIZES)
        sizes = cursor.fetchone()
    return Thinned(runs, values, *sizes)


@transaction.atomic
def _thin_some() -> tuple[int, int]:
    """A few at a time, so that nobody waits for it."""
    today = localtime(now()).replace(hour=0, minute=0, second=0, microsecond=0)
    asked: dict[str, Any] = {"today": today, "zone": get_current_timezone_name(), "count": _AT_ONCE}
    with connection.cursor() as cursor:
        cursor.execute(_DISPENSABLE, asked)
        keys = [row[0] for row in cursor.fetchall()]
        cursor.execute("DELETE FROM reports_measurevalue WHERE run_id = ANY(%s)", [keys])
        values = cursor.rowcount
        cursor.execute("DELETE FROM reports_run WHERE id = ANY(%s)", [keys])
        return cursor.rowcount, values
