"""Taking a batch back, as far as nobody has built on it since."""

from dataclasses import dataclass
from typing import Any

import pghistory
from django.db import connection, transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from participants.enums import BatchState, RowState
from participants.errors import BatchRefused
from participants.models import Batch
from participants.person_columns import EXTRA_COLUMNS, STORED_COLUMNS
from participants.selectors.reach import require_batch
from participants.services.batches.compare import plan_for_many
from participants.services.batches.store import lock_batch
from regions.access import require
from regions.enums import ReportKind, Verb
from regions.models import User
from regions.roles import Permission
from regions.services.act import record_act
from regions.services.change import record_changes

_ROWS = "r.batch_id = %(batch)s"
_PERSON = """p.region_id = %(region)s AND p.nik_digest = r.nik_digest"""

# A spell that somebody changed since, or that a later list confirmed, is theirs and stays.
_REMOVE_SPELLS = f"""
DELETE FROM participants_enrolment AS e USING participants_batchrow AS r
WHERE {_ROWS} AND e.region_id = %(region)s AND e.batch_id = %(batch)s AND e.sheet = r.sheet
  AND e.row_number = r.number AND r.nik_digest IS NOT NULL
  AND e.revision = 1
  AND NOT EXISTS (
    SELECT FROM participants_batchrow AS r2 JOIN participants_batch AS b2 ON b2.id = r2.batch_id
    WHERE r2.nik_digest = r.nik_digest AND r2.state IN ('same', 'changed') AND b2.state = 'stored'
      AND b2.id > %(batch)s AND b2.region_id = e.region_id AND b2.category_id = e.category_id
      AND b2.funding_id = e.funding_id
      AND daterange(b2.first_month, b2.last_month, '[]') && daterange(e.first_month, e.last_month, '[]'))
"""
_NARROW_SPELLS = f"""
UPDATE participants_enrolment AS e
SET first_month = (r.before -> 'spell' ->> 'first_month')::date,
    last_month = (r.before -> 'spell' ->> 'last_month')::date,
    state = r.before -> 'spell' ->> 'state', payer_id = r.before -> 'spell' ->> 'payer_id',
    entered_by_id = %(by)s, changed_at = %(now)s, revision = e.revision + 1
FROM participants_batchrow AS r
WHERE {_ROWS} AND e.id = (r.before -> 'spell' ->> 'id')::bigint
  AND e.revision = (r.before -> 'spell' ->> 'revision')::integer + 1
"""
# What was replaced before there were fields of an office's own says nothing of them.
_WAS = {
    **{column: f"was.{column}" for column in STORED_COLUMNS},
    **{column: f"COALESCE(was.{column}, p.{column})" for column in EXTRA_COLUMNS},
}
_RESTORE_PERSONS = f"""
UPDATE participants_participant AS p
SET {", ".join(f"{column} = {was}" for column, was in _WAS.items())},
    entered_by_id = %(by)s, changed_at = %(now)s, revision = p.revision + 1
FROM participants_batchrow AS r,
     jsonb_populate_record(NULL::participants_participant, r.before -> 'person') AS was
WHERE {_ROWS} AND r.before ? 'person' AND p.id = was.id AND p.revision = was.revision + 1
"""
_REMOVE_PERSONS = f"""
DELETE FROM participants_participant AS p USING participants_batchrow AS r
WHERE {_ROWS} AND p.batch_id = %(batch)s AND {_PERSON} AND p.revision = 1 AND p.merged_into_id IS NULL
  AND NOT EXISTS (SELECT FROM participants_enrolment AS e WHERE e.participant_id = p.id)
  AND NOT EXISTS (SELECT FROM participants_lifeevent AS l WHERE l.participant_id = p.id)
  AND NOT EXISTS (SELECT FROM participants_comment AS c WHERE c.participant_id = p.id)
  AND NOT EXISTS (SELECT FROM participants_duplicatecandidate AS d
                  WHERE p.id IN (d.first_id, d.second_id) AND d.state <> 'open')
  AND NOT EXISTS (SELECT FROM participants_participant AS m WHERE m.merged_into_id = p.id)
"""
_FORGET_CANDIDATES = f"""
DELETE FROM participants_duplicatecandidate AS d
USING participants_batchrow AS r, participants_participant AS p
WHERE {_ROWS} AND p.batch_id = %(batch)s AND {_PERSON} AND p.id IN (d.first_id, d.second_id)
  AND d.state = 'open'
"""
_LEFT = "SELECT count(*) FROM participants_enrolment WHERE region_id = %(region)s AND batch_id = %(batch)s"


@dataclass(frozen=True)
class BatchUndone:
    """How many spells of the batch were taken back, and how many stay because of what came since."""

    removed: int
    kept: int


@transaction.atomic
def undo_batch(*, pk: int, by: User, reason: str) -> BatchUndone:
    """Take back all a stored batch brought. Raises BatchRefused, OutsideScope or NotPermitted.

    One's own batch may be taken back by those who enter, that of a colleague by those who decide.
    """
    batch = lock_batch(pk)
    require_batch(by, batch)
    if batch.entered_by_id != by.pk:
        require(by, Permission.DECIDE_PERSONS, batch.region_id)
    if batch.state != BatchState.STORED:
        raise BatchRefused(
            _("Hanya unggahan yang sudah tersimpan dapat ditarik kembali. Muat ulang halamannya.")
        )
    if _is_emptied(batch):
        raise BatchRefused(
            _(
                "Isi baris unggahan ini sudah dihapus menurut masa simpannya atau atas permintaan orangnya, "
                "sehingga tidak dapat ditarik kembali. Akhiri masa kepesertaannya di halaman orangnya."
            )
        )
    with pghistory.context(user=by.pk, reason=reason):
        undone = _take_back(batch, by=by)
    batch.state, batch.undone_at = BatchState.UNDONE, now()
    batch.save(update_fields=["state", "undone_at"])
    record_act(
        by=by,
        verb=Verb.UNDONE,
        subject=_("unggahan #%(number)s") % {"number": batch.pk},
        region_code=batch.region_id,
        detail={
            **{"category": batch.category_id, "funding": batch.funding_id},
            **{"removed": undone.removed, "kept": undone.kept, "reason": reason},
        },
        months=[batch.first_month],
    )
    return undone


def _is_emptied(batch: Batch) -> bool:
    """Whether nothing tells any more what its rows brought; without them all of it would look like theirs."""
    good = batch.rows.filter(state__in=[RowState.NEW, RowState.CHANGED, RowState.SAME])
    return good.exists() and not good.exclude(nik_digest=None).exists()


def _take_back(batch: Batch, *, by: User) -> BatchUndone:
    parameters: dict[str, Any] = {
        "batch": batch.pk,
        "region": batch.region_id,
        "by": by.pk,
        "now": now(),
    }
    with connection.cursor() as cursor:
        plan_for_many(cursor)
        cursor.execute(_REMOVE_SPELLS, parameters)
        removed = cursor.rowcount
        cursor.execute(_NARROW_SPELLS, parameters)
        removed += cursor.rowcount
        cursor.execute(_RESTORE_PERSONS, parameters)
        cursor.execute(_FORGET_CANDIDATES, parameters)
        cursor.execute(_REMOVE_PERSONS, parameters)
        cursor.execute(_LEFT, parameters)
        row = cursor.fetchone()
    span = (batch.first_month, batch.last_month)
    record_changes([(batch.region_id, span)], report=ReportKind.PERSONS)
    return BatchUndone(removed, row[0] if row else 0)
