"""Proposed spells: taken up, so that they count, or turned down with a reason."""

from collections.abc import Collection

import pghistory
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from participants.enums import EnrolmentState
from participants.errors import PersonRefused
from participants.models import Enrolment
from participants.nik import mask_digits
from regions.access import require
from regions.enums import ReportKind, Verb
from regions.models import User
from regions.roles import Permission
from regions.services.act import record_act
from regions.services.change import record_changes


@transaction.atomic
def accept_proposals(*, enrolment_ids: Collection[int], by: User, reason: str = "") -> int:
    """Proposed spells become active and count from their first month; how many did.

    What is not proposed any more is left alone. Raises PersonRefused, OutsideScope or NotPermitted.
    """
    spells = _proposed(enrolment_ids, by)
    _store(spells, EnrolmentState.ACTIVE, mask_digits(reason), by)
    told = [(spell.region_id, (spell.first_month, spell.last_month)) for spell in spells]
    record_changes(told, report=ReportKind.PERSONS)
    _note(spells, Verb.ENROLLED, EnrolmentState.ACTIVE, mask_digits(reason), by)
    return len(spells)


@transaction.atomic
def reject_proposals(*, enrolment_ids: Collection[int], reason: str, by: User) -> int:
    """Turn proposed spells down; they stay to be seen, with the reason."""
    reason = mask_digits(reason.strip())
    if not reason:
        raise PersonRefused(_("Tulis alasan penolakannya."))
    spells = _proposed(enrolment_ids, by)
    _store(spells, EnrolmentState.REJECTED, reason, by)
    _note(spells, Verb.CORRECTED, EnrolmentState.REJECTED, reason, by)
    return len(spells)


def _proposed(enrolment_ids: Collection[int], by: User) -> list[Enrolment]:
    rows = list(Enrolment.objects.select_for_update(of=("self",)).filter(pk__in=enrolment_ids).order_by("pk"))
    for code in {spell.region_id for spell in rows}:
        require(by, Permission.ENTER_PERSONS, code)
    if not rows:
        raise PersonRefused(_("Pilih sedikitnya satu usulan."))
    return [spell for spell in rows if spell.state == EnrolmentState.PROPOSED]


def _store(spells: list[Enrolment], state: EnrolmentState, reason: str, by: User) -> None:
    for spell in spells:
        spell.state, spell.reason, spell.entered_by = state, reason[:250], by
        spell.revision, spell.changed_at = spell.revision + 1, now()
    columns = ["state", "reason", "entered_by", "revision", "changed_at"]
    with pghistory.context(user=by.pk, reason=reason):
        Enrolment.objects.bulk_update(spells, columns, batch_size=2000)


def _note(spells: list[Enrolment], verb: Verb, state: EnrolmentState, reason: str, by: User) -> None:
    """One act per region, with the persons it concerns."""
    persons: dict[str, list[int]] = {}
    for spell in spells:
        persons.setdefault(spell.region_id, []).append(spell.participant_id)
    for code, ids in persons.items():
        record_act(
            by=by,
            verb=verb,
            subject=str(Enrolment._meta.verbose_name),
            region_code=code,
            detail={"state": state.value, "count": len(ids), "persons": ids[:1000], "reason": reason},
        )
