"""Erasing what is known of a person: asked for by one, decided by another; the counts stay.

The row of the person and their spells remain, without anything that says who it was, so that figures of open
months count the same people and closed months are left alone. What stood sealed is written over.
"""

from collections.abc import Collection
from typing import Any

import pgtrigger
from django.db import transaction
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext as _

from participants.errors import PersonRefused
from participants.models import (
    BatchFile,
    Comment,
    DuplicateCandidate,
    Erasure,
    LifeEvent,
    Participant,
)
from participants.person_columns import NOTHING
from participants.selectors.persons.traces import family_of, rows_about
from participants.services.batches.emptying import erase_rows
from participants.services.batches.store import lock_persons
from participants.services.persons.family import lock_family
from participants.services.persons.unmask import stated
from regions.access import require
from regions.cipher import digest, seal
from regions.enums import Verb
from regions.errors import ChangedMeanwhile, OutsideScope
from regions.models import User
from regions.roles import Permission
from regions.services.act import record_act

ERASED_NAME = "(dihapus)"
# The history keeps what a row said before; here that is what has to go.
_NO_HISTORY = ("participants.Participant:update_update", "participants.LifeEvent:update_update")


@transaction.atomic
def ask_erasure(*, participant_id: int, reason: str, by: User) -> Erasure:
    """Asked twice while it waits, it is one request. Raises PersonRefused, OutsideScope or NotPermitted."""
    person = _locked(participant_id, by)
    if person.name == ERASED_NAME:
        raise PersonRefused(_("Data orang ini sudah dihapus."))
    words = stated(reason)
    erasure, made = Erasure.objects.get_or_create(
        participant=person, is_granted=None, defaults={"reason": words, "asked_by": by}
    )
    if made:
        _note(person, Verb.ERASURE_ASKED, by, {"reason": words})
    return erasure


@transaction.atomic
def decide_erasure(*, participant_id: int, grant: bool, by: User) -> Erasure:
    """Another person decides. Raises PersonRefused, OutsideScope or NotPermitted."""
    person = _locked(participant_id, by)
    erasure = Erasure.objects.select_for_update().filter(participant=person, is_granted=None).first()
    if erasure is None:
        raise PersonRefused(_("Tidak ada permintaan yang menunggu."))
    if erasure.asked_by_id == (by.viewed_by or by).pk:
        raise PersonRefused(_("Yang meminta tidak memutuskan sendiri. Minta orang lain."))
    erasure.is_granted, erasure.decided_by, erasure.decided_at = grant, by, now()
    erasure.save()
    detail = {"reason": erasure.reason, "asked_by": str(erasure.asked_by)}
    if grant:
        detail |= {name: str(count) for name, count in erase_persons([person.pk]).items()}
    _note(person, Verb.ERASED if grant else Verb.ERASURE_REFUSED, by, detail)
    return erasure


def erase_persons(pks: Collection[int]) -> dict[str, int]:
    """These persons with all rows that count as one with them; what was written over, by kind.

    Call in a transaction. Raises ChangedMeanwhile.
    """
    for code in sorted(set(family_of(pks).order_by().values_list("region_id", flat=True))):
        lock_persons(code)
    people = list(lock_family(pks).values())
    numbers = [person.pk for person in people]
    digests = [bytes(person.nik_digest) for person in people]
    rows = rows_about(people)
    batches = set(rows.values_list("batch_id", flat=True))
    cleared = erase_rows(rows)
    files, _by_model = BatchFile.objects.filter(batch__in=batches).delete()
    with pgtrigger.ignore(*_NO_HISTORY):
        for person in people:
            _write_over(person)
        LifeEvent.objects.filter(participant__in=numbers).exclude(note="").update(note="")
    _forget_history(numbers, digests)
    Comment.objects.filter(participant__in=numbers).delete()
    DuplicateCandidate.objects.filter(Q(first__in=numbers) | Q(second__in=numbers)).delete()
    return {"persons": len(people), "rows": cleared, "files": files}


def _forget_history(numbers: Collection[int], digests: Collection[bytes]) -> None:
    """What was said of the persons before, also of rows that were taken back with a list."""
    persons = Participant.pgh_event_model.objects  # type: ignore[attr-defined]
    regions = Participant.objects.filter(pk__in=numbers).values("region_id")
    persons.filter(pgh_obj_id__in=numbers).delete()
    persons.filter(nik_digest__in=digests, region_id__in=regions).delete()
    events = LifeEvent.pgh_event_model.objects  # type: ignore[attr-defined]
    events.filter(participant_id__in=numbers).exclude(note="").update(note="")


def _write_over(person: Participant) -> None:
    digits = _no_ones_number(person.pk)
    values: dict[str, Any] = {**NOTHING, "name": ERASED_NAME}
    Participant.objects.filter(pk=person.pk).update(
        **values,
        nik_digest=digest(digits),
        nik_sealed=seal(digits),
        match_result="",
        matched_on=None,
        revision=person.revision + 1,
        changed_at=now(),
    )


def _no_ones_number(pk: int) -> str:
    """Of the form of a NIK, one for each row, of a region that does not exist."""
    high, low = divmod(pk, 9999)
    return f"{high:06}010100{low + 1:04}"


def _locked(pk: int, by: User) -> Participant:
    """The row under which all that count as one person stand, all of them locked."""
    try:
        family = lock_family([pk])
    except ChangedMeanwhile as error:
        raise PersonRefused(_("Data orang ini baru saja digabung. Muat ulang halamannya.")) from error
    if pk not in family:
        raise OutsideScope(pk)
    person = family[family[pk].merged_into_id or pk]
    require(by, Permission.DECIDE_PERSONS, person.region_id)
    return person


def _note(person: Participant, verb: Verb, by: User, detail: dict[str, str]) -> None:
    record_act(
        by=by,
        verb=verb,
        subject=f"{Participant._meta.verbose_name} #{person.pk}",
        region_code=person.region_id,
        detail={**detail, "person": person.pk},
    )
