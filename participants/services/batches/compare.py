"""What a row of a batch would change, told by the database for all rows at once."""

from django.db import connection
from django.db.backends.utils import CursorWrapper

from participants.importers.faults import Reason
from participants.models import Batch
from participants.person_columns import EXTRA_DIFFERS, differs_sql, joined_sql
from regions.models.region import ancestor_codes

# Sentences of reasons and doubts that only the database can find.
_FOUND_HERE = [
    Reason.DUPLICATE,
    Reason.CONFLICT,
    Reason.ANOTHER_PERSON,
    Reason.SEVERAL_SPELLS,
    Reason.SPELL_ENDED,
    Reason.RECORDED_DEAD,
]

# Rows that were refused for what stood elsewhere are looked at anew.
_AGAIN = """
UPDATE participants_batchrow SET state = 'new', reasons = '{}'
WHERE batch_id = %(batch)s AND state = 'refused' AND nik_digest IS NOT NULL
  AND reasons <@ %(found_here)s::varchar[] AND (%(rows)s::bigint[] IS NULL OR id = ANY(%(rows)s))
"""

_REPEATED = """
WITH again AS (
  SELECT nik_digest, min(id) AS first_id
  FROM participants_batchrow
  WHERE batch_id = %(batch)s AND state NOT IN ('refused', 'skipped')
  GROUP BY nik_digest HAVING count(*) > 1
),
named AS (
  SELECT r.id, r.nik_digest, first_id, regexp_replace(lower(r.name), '[^a-z0-9]+', '', 'g') AS label
  FROM again JOIN participants_batchrow AS r ON r.nik_digest = again.nik_digest
  WHERE r.batch_id = %(batch)s AND r.state NOT IN ('refused', 'skipped')
),
repeated AS (
  SELECT id, first_id, min(label) OVER same <> max(label) OVER same AS conflicting
  FROM named WINDOW same AS (PARTITION BY nik_digest)
)
UPDATE participants_batchrow AS r
SET state = 'refused',
    reasons = ARRAY[CASE WHEN conflicting THEN 'nik_conflict_in_file' ELSE 'duplicate_in_file' END]
FROM repeated
WHERE r.id = repeated.id AND (conflicting OR r.id <> first_id)
"""

# Whether a row (r) says something else of a person (p) than is stored; what it leaves blank says nothing.
PERSON_DIFFERS = f"({joined_sql(differs_sql, ' OR ')} OR {EXTRA_DIFFERS})"

# The spells (e) a batch (b) speaks of: overlapping ones, and a neighbour that nothing ended.
SPELL_TOUCHES = """(
  e.category_id = b.category_id AND e.funding_id = b.funding_id AND e.state <> 'rejected'
  AND (
    daterange(e.first_month, e.last_month, '[]') && daterange(b.first_month, b.last_month, '[]')
    OR (e.ended_by = '' AND daterange(e.first_month, e.last_month, '[]') && daterange(
      (b.first_month - interval '1 month')::date, (b.last_month + interval '1 month')::date, '[]'))
  )
)"""
COVERED = """(
  e.first_month <= b.first_month
  AND (e.last_month IS NULL OR (b.last_month IS NOT NULL AND e.last_month >= b.last_month))
  AND (b.is_proposal OR e.state <> 'proposed')
)"""

_COMPARE = f"""
WITH b AS (SELECT * FROM participants_batch WHERE id = %(batch)s),
wanted AS (
  SELECT r.* FROM participants_batchrow AS r
  WHERE r.batch_id = %(batch)s AND r.state NOT IN ('refused', 'skipped')
    AND (%(rows)s::bigint[] IS NULL OR r.id = ANY(%(rows)s))
),
known AS (
  SELECT r.id, p.id AS person_id, {PERSON_DIFFERS} AS differs,
         similarity(lower(p.name), lower(r.name)) < 0.3 AS another
  FROM b, wanted AS r
  JOIN participants_participant AS p ON p.nik_digest = r.nik_digest
  WHERE p.region_id = b.region_id
),
spells AS (
  SELECT known.id, count(*) AS spells, bool_and({COVERED}) AS covered, bool_or(e.state = 'ended') AS ended
  FROM b, known JOIN participants_enrolment AS e ON e.participant_id = known.person_id
  WHERE {SPELL_TOUCHES}
  GROUP BY known.id
),
dead AS (
  SELECT DISTINCT known.id
  FROM b, known JOIN participants_lifeevent AS l ON l.participant_id = known.person_id
  WHERE l.kind = 'died' AND l.happened_on < COALESCE(b.last_month, 'infinity'::date)
),
others AS (
  SELECT r.id, bool_or(p.region_id = b.region_id) AS here, bool_or(p.region_id <> b.region_id) AS elsewhere
  FROM b, wanted AS r
  JOIN participants_participant AS p ON p.nik_digest = r.nik_digest
  JOIN participants_enrolment AS e ON e.participant_id = p.id
  WHERE (p.region_id <> b.region_id OR e.funding_id <> b.funding_id) AND e.state IN ('active', 'ended')
    AND daterange(e.first_month, e.last_month, '[]') && daterange(b.first_month, b.last_month, '[]')
  GROUP BY r.id
),
found AS (
  SELECT r.id,
    CASE WHEN known.another THEN '{Reason.ANOTHER_PERSON}'
         WHEN dead.id IS NOT NULL THEN '{Reason.RECORDED_DEAD}'
         WHEN spells.spells > 1 THEN '{Reason.SEVERAL_SPELLS}'
         WHEN spells.ended AND NOT spells.covered THEN '{Reason.SPELL_ENDED}'
    END AS reason,
    CASE WHEN known.id IS NULL OR spells.id IS NULL THEN 'new'
         WHEN known.differs OR NOT spells.covered THEN 'changed'
         ELSE 'same'
    END AS state,
    array_remove(array_remove(r.doubts, 'paid_by_other_source'), 'paid_elsewhere')
      || CASE WHEN others.here THEN ARRAY['paid_by_other_source'] ELSE ARRAY[]::text[] END::varchar[]
      || CASE WHEN others.elsewhere THEN ARRAY['paid_elsewhere'] ELSE ARRAY[]::text[] END::varchar[] AS doubts
  FROM wanted AS r
  LEFT JOIN known ON known.id = r.id
  LEFT JOIN spells ON spells.id = r.id
  LEFT JOIN dead ON dead.id = r.id
  LEFT JOIN others ON others.id = r.id
)
UPDATE participants_batchrow AS r
SET state = CASE WHEN found.reason IS NULL THEN found.state ELSE 'refused' END,
    reasons = CASE WHEN found.reason IS NULL THEN '{{}}' ELSE ARRAY[found.reason] END::varchar[],
    doubts = found.doubts
FROM found
WHERE found.id = r.id
  AND (found.reason IS NOT NULL OR found.state <> r.state OR found.doubts <> r.doubts)
"""

# Which institution a row names as its payer: one of the region or of those above it, by its name alone.
_PAYERS = """
WITH named AS (
  SELECT DISTINCT payer_name, regexp_replace(lower(payer_name), '[^a-z0-9]+', '', 'g') AS label
  FROM participants_batchrow WHERE batch_id = %(batch)s AND payer_name <> ''
),
known AS (
  SELECT named.payer_name, min(i.code) AS code
  FROM named JOIN regions_institution AS i
    ON regexp_replace(lower(i.name), '[^a-z0-9]+', '', 'g') = named.label
    AND (i.valid_until IS NULL OR i.valid_until > CURRENT_DATE)
  WHERE i.region_id = ANY(%(places)s::text[])
  GROUP BY named.payer_name HAVING count(*) = 1
)
UPDATE participants_batchrow AS r
SET payer_id = known.code,
    doubts = array_remove(r.doubts, 'payer_unknown')
      || CASE WHEN known.code IS NULL THEN ARRAY['payer_unknown'] ELSE ARRAY[]::text[] END::varchar[]
FROM named LEFT JOIN known ON known.payer_name = named.payer_name
WHERE r.batch_id = %(batch)s AND r.payer_name = named.payer_name AND r.state <> 'refused'
  AND (%(rows)s::bigint[] IS NULL OR r.id = ANY(%(rows)s))
"""

_COUNTS = """
SELECT 'state', state, count(*) FROM participants_batchrow WHERE batch_id = %(batch)s GROUP BY state
UNION ALL
SELECT 'reason', reasons[1], count(*) FROM participants_batchrow
WHERE batch_id = %(batch)s AND state = 'refused' GROUP BY reasons[1]
UNION ALL
SELECT 'doubt', doubt, count(*) FROM participants_batchrow, unnest(doubts) AS doubt
WHERE batch_id = %(batch)s AND state <> 'refused' GROUP BY doubt
"""

Counts = dict[str, dict[str, int]]


def compare_rows(batch: Batch, rows: list[int] | None = None) -> None:
    """Say of every row, or of these, whether it is new, changed, the same or refused, and what is doubtful.

    Rows are looked at against each other only as a whole; call it while nobody else stores in the region.
    """
    parameters = {"batch": batch.pk, "rows": rows, "found_here": [reason.value for reason in _FOUND_HERE]}
    with connection.cursor() as cursor:
        if rows is None:
            plan_for_many(cursor)
        cursor.execute(_AGAIN, parameters)
        if rows is None:
            cursor.execute(_REPEATED, parameters)
        cursor.execute(_COMPARE, parameters)
        cursor.execute(_PAYERS, {**parameters, "places": [batch.region_id, *ancestor_codes(batch.region_id)]})


def plan_for_many(cursor: CursorWrapper) -> None:
    """Keep the planner, which knows nothing of rows just copied, from joining them one by one.

    One such plan took five minutes where this takes a second. Holds until the transaction ends.
    """
    cursor.execute("SET LOCAL enable_nestloop = off; SET LOCAL jit = off; SET LOCAL work_mem = '128MB'")


def count_rows(batch: Batch) -> Counts:
    """`state`, `reason` (of refused rows) and `doubt` (of the others) → value → rows."""
    counts: Counts = {"state": {}, "reason": {}, "doubt": {}}
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, {"batch": batch.pk})
        for kind, value, count in cursor.fetchall():
            counts[kind][value] = count
    return counts
