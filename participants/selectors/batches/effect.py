"""What a stored list added to the people listed by name, month by month."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection

from participants.models import Batch
from participants.selectors.persons.enrolment import COUNTED

# Spells that the list made; and those that it found and made longer, or turned from a proposal into a fact,
# in the months in which they did not count before.
_ADDED = """
WITH asked AS (SELECT unnest(%(months)s::date[]) AS month),
own AS (
    SELECT e.first_month, e.last_month FROM participants_enrolment e
    WHERE e.region_id = %(region)s AND e.batch_id = %(batch)s AND e.state = ANY(%(states)s)
),
longer AS (
    SELECT e.first_month, e.last_month, (r.before -> 'spell' ->> 'first_month')::date AS first_before,
           (r.before -> 'spell' ->> 'last_month')::date AS last_before,
           (r.before -> 'spell' ->> 'state') = ANY(%(states)s) AS counted_before
    FROM participants_batchrow r
    JOIN participants_enrolment e ON e.id = (r.before -> 'spell' ->> 'id')::bigint
    WHERE r.batch_id = %(batch)s AND r.before ? 'spell' AND e.state = ANY(%(states)s)
)
SELECT asked.month,
    (SELECT count(*) FROM own
     WHERE first_month <= asked.month AND (last_month IS NULL OR last_month >= asked.month))
    + (SELECT count(*) FROM longer
       WHERE first_month <= asked.month AND (last_month IS NULL OR last_month >= asked.month)
         AND NOT (counted_before AND first_before <= asked.month
                  AND (last_before IS NULL OR last_before >= asked.month)))
FROM asked
"""


def people_added(batch: Batch, months: Sequence[date]) -> dict[date, int]:
    """Month → people by name who count in it because of the list, as their spells are now."""
    states = [state.value for state in COUNTED]
    asked: dict[str, Any] = {
        "months": list(months),
        "batch": batch.pk,
        "region": batch.region_id,
        "states": states,
    }
    with connection.cursor() as cursor:
        cursor.execute(_ADDED, asked)
        return dict(cursor.fetchall())
