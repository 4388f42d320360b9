"""Finding rows that may be one person, and settling each pair."""

from typing import Any

from django.db import connection, transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from participants.enums import CandidateState, Decision, DuplicateReason
from participants.models import DuplicateCandidate
from participants.services.persons.merge import merge_participants, unmerge_participant
from regions.access import require
from regions.advisory_lock import AdvisoryLock
from regions.enums import Verb
from regions.errors import ChangedMeanwhile, FactRefused, OutsideScope, Problem
from regions.models import User
from regions.roles import Permission
from regions.services.act import record_act
from regions.services.advisory_lock import lock_region

_ALIKE = 0.5
# Persons born on one day in one region are few: all pairs are compared. Where a list gave many the same
# day (1 January, 31 December) only those are who share the beginning of a word of their names.
_CROWD = 200
_BEGINNING = 4

_PEOPLE = """
CREATE TEMPORARY TABLE duplicate_search ON COMMIT DROP AS
SELECT id, birth_date, kpj_digest,
       trim(regexp_replace(lower(name), '[^[:alnum:]]+', ' ', 'g')) AS name,
       trim(regexp_replace(lower(district_name), '[^[:alnum:]]+', ' ', 'g')) AS district,
       count(*) OVER (PARTITION BY birth_date) AS crowd
FROM participants_participant
WHERE region_id = %(region)s AND merged_into_id IS NULL
"""

# The planner knows nothing of a table made a moment ago, and would walk it row by row.
_COUNTED = "ANALYZE duplicate_search"

_FOUND = """
CREATE TEMPORARY TABLE duplicate_found ON COMMIT DROP AS
WITH words AS (
    SELECT DISTINCT id, birth_date, name, left(word, %(beginning)s) AS beginning
    FROM duplicate_search, unnest(string_to_array(name, ' ')) AS word
    WHERE birth_date IS NOT NULL AND crowd > %(crowd)s
),
born_alike AS (
    SELECT a.id AS first_id, b.id AS second_id
    FROM duplicate_search a JOIN duplicate_search b ON b.birth_date = a.birth_date AND b.id > a.id
    WHERE a.crowd <= %(crowd)s AND b.crowd <= %(crowd)s AND similarity(a.name, b.name) >= %(alike)s
    UNION
    SELECT a.id, b.id
    FROM words a JOIN words b
      ON b.birth_date = a.birth_date AND b.beginning = a.beginning AND b.id > a.id
    WHERE similarity(a.name, b.name) >= %(alike)s
),
named_alike AS (
    SELECT a.id AS first_id, b.id AS second_id, a.birth_date AS one, b.birth_date AS two
    FROM duplicate_search a JOIN duplicate_search b
      ON b.name = a.name AND b.district = a.district AND b.id > a.id
    WHERE a.district <> '' AND a.name <> '' AND a.birth_date IS DISTINCT FROM b.birth_date
    UNION ALL
    SELECT a.id, b.id, NULL, NULL
    FROM duplicate_search a JOIN duplicate_search b
      ON b.name = a.name AND b.district = a.district AND b.id > a.id
    WHERE a.district <> '' AND a.name <> '' AND a.birth_date IS NULL AND b.birth_date IS NULL
),
suspected AS (
    SELECT first_id, second_id, %(similar_name)s::text AS reason FROM born_alike
    UNION ALL
    SELECT first_id, second_id, %(no_birth_date)s FROM named_alike WHERE one IS NULL OR two IS NULL
    UNION ALL
    SELECT first_id, second_id, %(day_month_swapped)s FROM named_alike
    WHERE extract(year FROM one) = extract(year FROM two)
      AND extract(day FROM one) = extract(month FROM two)
      AND extract(month FROM one) = extract(day FROM two)
    UNION ALL
    SELECT a.id, b.id, %(same_kpj)s
    FROM duplicate_search a JOIN duplicate_search b ON b.kpj_digest = a.kpj_digest AND b.id > a.id
)
SELECT s.first_id, s.second_id, jsonb_agg(DISTINCT s.reason ORDER BY s.reason) AS reasons,
       round(similarity(a.name, b.name)::numeric, 2) AS similarity
FROM suspected s
JOIN duplicate_search a ON a.id = s.first_id
JOIN duplicate_search b ON b.id = s.second_id
GROUP BY s.first_id, s.second_id, a.name, b.name
"""

_FORGET = """
DELETE FROM participants_duplicatecandidate c
WHERE c.region_id = %(region)s AND c.state = %(open)s
  AND NOT EXISTS (
      SELECT FROM duplicate_found f WHERE f.first_id = c.first_id AND f.second_id = c.second_id)
"""

_KEEP = """
INSERT INTO participants_duplicatecandidate
    (region_id, first_id, second_id, similarity, reasons, state, decision_reason, found_at)
SELECT %(region)s, first_id, second_id, similarity, reasons, %(open)s, '', now() FROM duplicate_found
ON CONFLICT (first_id, second_id) DO UPDATE
SET similarity = excluded.similarity, reasons = excluded.reasons
WHERE participants_duplicatecandidate.state = %(open)s
"""


@transaction.atomic
def find_duplicates(*, region_code: str, by: User) -> int:
    """Search a region for persons who may be one; how many pairs wait for a decision afterwards.

    What was decided stays decided; what waits and no longer looks alike is forgotten.
    """
    require(by, Permission.ENTER_PERSONS, region_code)
    values: dict[str, Any] = {
        "region": region_code,
        "open": CandidateState.OPEN.value,
        "alike": _ALIKE,
        "crowd": _CROWD,
        "beginning": _BEGINNING,
        **{reason.value: reason.value for reason in DuplicateReason},
    }
    with connection.cursor() as cursor:
        lock_region(AdvisoryLock.DUPLICATE_SEARCH, region_code)
        cursor.execute("DROP TABLE IF EXISTS duplicate_search, duplicate_found")
        for statement in (_PEOPLE, _COUNTED, _FOUND, _FORGET, _KEEP):
            cursor.execute(statement, values)
    return DuplicateCandidate.objects.filter(region=region_code, state=CandidateState.OPEN).count()


@transaction.atomic
def decide_different(*, pk: int, by: User, reason: str) -> DuplicateCandidate:
    """Note that a suspected pair are two persons; the search leaves it alone from now on."""
    candidate = DuplicateCandidate.objects.select_for_update().filter(pk=pk).first()
    if candidate is None:
        raise OutsideScope(pk)
    require(by, Permission.DECIDE_PERSONS, candidate.region_id)
    if candidate.state != CandidateState.OPEN:
        raise ChangedMeanwhile(candidate)
    if not reason.strip():
        message = _("Tulis alasannya, misalnya “ayah dan anak, KTP berbeda”.")
        raise FactRefused([Problem(0, "reason", message)])
    candidate.state, candidate.decided_by, candidate.decided_at = CandidateState.DIFFERENT, by, now()
    candidate.decision_reason = reason
    candidate.save()
    record_act(
        by=by,
        verb=Verb.CORRECTED,
        subject=_("dugaan ganda nomor %(pk)s: orang berbeda") % {"pk": candidate.pk},
        region_code=candidate.region_id,
        detail={"reason": reason},
    )
    return candidate


def settle_candidate(
    *, pk: int, decision: str, keep: int | None, revisions: tuple[int, int], by: User, reason: str
) -> None:
    """What an officer decided of a suspected pair: the same person, two persons, or parted again.

    `keep` names the row whose particulars hold, `revisions` those of the first and the second row that
    the officer saw.
    """
    candidate = DuplicateCandidate.objects.select_related("first", "second").filter(pk=pk).first()
    if candidate is None:
        raise OutsideScope(pk)
    if decision == Decision.DIFFERENT:
        decide_different(pk=pk, by=by, reason=reason)
    elif decision == Decision.PART:
        merged = candidate.second if candidate.second.merged_into_id else candidate.first
        unmerge_participant(pk=merged.pk, by=by, reason=reason)
    else:
        rows = [(candidate.first_id, revisions[0]), (candidate.second_id, revisions[1])]
        (kept, kept_revision), (other, other_revision) = rows if keep != candidate.second_id else rows[::-1]
        merge_participants(
            keep=kept,
            other=other,
            keep_revision=kept_revision,
            other_revision=other_revision,
            by=by,
            reason=reason,
        )
