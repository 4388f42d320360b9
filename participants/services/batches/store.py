"""Storing the good rows of a batch: one transaction, one path for a line of a form and for a file."""

from django.db import connection, transaction
from django.utils.timezone import now

from participants.models import Batch
from participants.person_columns import EXTRA_TAKES, STORED_COLUMNS, joined_sql, takes_sql
from participants.services.batches.compare import COVERED, PERSON_DIFFERS, SPELL_TOUCHES, plan_for_many
from regions.advisory_lock import AdvisoryLock
from regions.enums import ReportKind
from regions.models import User
from regions.services.advisory_lock import lock_region
from regions.services.change import record_changes

_ROWS = """r.batch_id = b.id AND b.id = %(batch)s AND r.state IN ('new', 'changed')
  AND (%(rows)s::bigint[] IS NULL OR r.id = ANY(%(rows)s))"""
_PERSON = "p.region_id = b.region_id AND p.nik_digest = r.nik_digest"

_REMEMBER_PERSONS = f"""
UPDATE participants_batchrow AS r SET before = jsonb_build_object('person', to_jsonb(p))
FROM participants_batch AS b, participants_participant AS p
WHERE {_ROWS} AND {_PERSON} AND {PERSON_DIFFERS}
"""
_CHANGE_PERSONS = f"""
UPDATE participants_participant AS p
SET {joined_sql(takes_sql, ", ")}, {EXTRA_TAKES},
    entered_by_id = %(by)s, changed_at = %(now)s, revision = p.revision + 1
FROM participants_batch AS b, participants_batchrow AS r
WHERE {_ROWS} AND {_PERSON} AND {PERSON_DIFFERS}
"""
_REMEMBER_SPELLS = f"""
UPDATE participants_batchrow AS r
SET before = COALESCE(r.before, '{{}}') || jsonb_build_object('spell', to_jsonb(e))
FROM participants_batch AS b, participants_participant AS p, participants_enrolment AS e
WHERE {_ROWS} AND {_PERSON} AND e.participant_id = p.id AND {SPELL_TOUCHES}
"""
_ADD_PERSONS = f"""
INSERT INTO participants_participant (
  region_id, nik_digest, nik_sealed, {", ".join(STORED_COLUMNS)},
  match_result, batch_id, entered_by_id, entered_at, changed_at, revision)
SELECT b.region_id, r.nik_digest, r.nik_sealed, {", ".join(f"r.{column}" for column in STORED_COLUMNS)},
  '', b.id, %(by)s, %(now)s, %(now)s, 1
FROM participants_batch AS b, participants_batchrow AS r
WHERE {_ROWS} AND r.state = 'new'
  AND NOT EXISTS (SELECT FROM participants_participant AS p WHERE {_PERSON})
"""
_WIDEN_SPELLS = f"""
UPDATE participants_enrolment AS e
SET first_month = LEAST(e.first_month, b.first_month),
    last_month = CASE WHEN e.last_month IS NULL OR b.last_month IS NULL THEN NULL
                      ELSE GREATEST(e.last_month, b.last_month) END,
    state = CASE WHEN e.state = 'proposed' AND NOT b.is_proposal THEN 'active' ELSE e.state END,
    payer_id = COALESCE(e.payer_id, r.payer_id, b.payer_id),
    entered_by_id = %(by)s, changed_at = %(now)s, revision = e.revision + 1
FROM participants_batch AS b, participants_batchrow AS r, participants_participant AS p
WHERE {_ROWS} AND {_PERSON} AND e.participant_id = p.id AND {SPELL_TOUCHES}
  AND (r.before -> 'spell' ->> 'id')::bigint = e.id
  AND e.state <> 'ended' AND NOT {COVERED}
"""
_ADD_SPELLS = f"""
INSERT INTO participants_enrolment (
  region_id, source, source_url, as_of, origin, note, entered_by_id, entered_at, changed_at, revision,
  participant_id, category_id, funding_id, segment, programmes, institution_id, payer_id,
  first_month, last_month, state, ended_by, reason, batch_id, sheet, row_number)
SELECT b.region_id, b.source, '', b.as_of, b.origin, '', %(by)s, %(now)s, %(now)s, 1,
  p.id, b.category_id, b.funding_id, b.segment, b.programmes, b.institution_id,
  COALESCE(r.payer_id, b.payer_id), b.first_month, b.last_month,
  CASE WHEN b.is_proposal THEN 'proposed' ELSE 'active' END, '', '',
  b.id, r.sheet, r.number
FROM participants_batch AS b, participants_batchrow AS r, participants_participant AS p
WHERE {_ROWS} AND {_PERSON} AND (r.before -> 'spell') IS NULL
"""


# A list that says who pays says it of spells that are stored already, too, where nobody had said it.
_NAME_PAYERS = f"""
UPDATE participants_enrolment AS e SET payer_id = COALESCE(r.payer_id, b.payer_id)
FROM participants_batch AS b, participants_batchrow AS r, participants_participant AS p
WHERE r.batch_id = b.id AND b.id = %(batch)s AND r.state IN ('new', 'changed', 'same')
  AND (%(rows)s::bigint[] IS NULL OR r.id = ANY(%(rows)s))
  AND {_PERSON} AND e.participant_id = p.id AND {SPELL_TOUCHES}
  AND e.payer_id IS NULL AND COALESCE(r.payer_id, b.payer_id) IS NOT NULL
"""


def lock_persons(region_code: str) -> None:
    """Let one transaction at a time store persons of a region: comparing and storing belong together."""
    lock_region(AdvisoryLock.PERSONS_OF_REGION, region_code)


def lock_batch(pk: int) -> Batch:
    """A batch whose rows are about to change, locked after its region: all who need both take them so."""
    lock_persons(Batch.objects.values_list("region_id", flat=True).get(pk=pk))
    return Batch.objects.select_for_update(of=("self",)).get(pk=pk)


@transaction.atomic
def store_rows(batch: Batch, *, by: User, rows: list[int] | None = None) -> None:
    """Make persons and spells of the new and changed rows, or of these rows; compare them just before."""
    parameters = {"batch": batch.pk, "rows": rows, "by": by.pk, "now": now()}
    steps = [_ADD_PERSONS, _ADD_SPELLS]
    if _some_are_known(batch, rows):
        steps = [
            _REMEMBER_PERSONS,
            _CHANGE_PERSONS,
            _REMEMBER_SPELLS,
            _WIDEN_SPELLS,
            _ADD_PERSONS,
            _ADD_SPELLS,
        ]
    written = 0
    with connection.cursor() as cursor:
        if rows is None:
            plan_for_many(cursor)
        for step in steps:
            cursor.execute(step, parameters)
            written += max(cursor.rowcount, 0)
        if batch.payer_id or batch.rows.exclude(payer=None).exists():
            cursor.execute(_NAME_PAYERS, parameters)
    if written:
        span = (batch.first_month, batch.last_month)
        record_changes([(batch.region_id, span)], report=ReportKind.PERSONS)


_KNOWN = f"""
SELECT EXISTS (
  SELECT FROM participants_batch AS b, participants_batchrow AS r, participants_participant AS p
  WHERE {_ROWS} AND {_PERSON})
"""


def _some_are_known(batch: Batch, rows: list[int] | None) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, {"batch": batch.pk, "rows": rows})
        row = cursor.fetchone()
    return bool(row and row[0])
