"""Correcting what is known of a person, cell by cell as it was typed; the NIK stays."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from participants.enums import RowState
from participants.importers.checks import ERASE, Member
from participants.importers.faults import Reason, doubt_sentence, reason_sentences
from participants.importers.header import Field
from participants.models import Participant
from participants.nik import mask_digits
from participants.services.entry import CellFault, Entered, judge_cells
from participants.services.participant import correct_participant
from regions.access import require
from regions.models import User
from regions.roles import Permission

_FIELD_OF = {
    Reason.NAME_MISSING: Field.NAME,
    Reason.NAME_NOT_A_NAME: Field.NAME,
    Reason.DATE_IMPOSSIBLE: Field.BIRTH_DATE,
}


@transaction.atomic
def correct_person(
    *, participant_id: int, revision: int, cells: Mapping[Field, str], reason: str, by: User
) -> Entered:
    """Take over the typed cells; blank empties, but a blank KPJ or telephone, not shown, stays.

    Raises ChangedMeanwhile, OutsideScope or NotPermitted.
    """
    person = Participant.objects.get(pk=participant_id)
    require(by, Permission.ENTER_PERSONS, person.region_id)
    hidden = {Field.KPJ, Field.PHONE}
    given = {field: text for field, text in cells.items() if text.strip() or field not in hidden}
    given.pop(Field.NIK, None)
    judged = judge_cells({Field.NIK: person.nik.digits, **given}, number=1, region=person.region_id)
    if judged.member is None:
        faults = [_fault(fault.reason) for fault in judged.faults]
        return Entered(RowState.REFUSED, participant=person, faults=tuple(faults))
    if lost := _lost(judged.member, given):
        return Entered(RowState.REFUSED, participant=person, faults=lost)
    changed = correct_participant(
        pk=person.pk,
        revision=revision,
        member=judged.member,
        given=set(given),
        by=by,
        reason=mask_digits(reason),
    )
    state = RowState.SAME if changed.revision == revision else RowState.CHANGED
    doubts = tuple(doubt_sentence(warned.reason) for warned in judged.warnings)
    return Entered(state, participant=changed, doubts=doubts)


def _fault(reason: Reason) -> CellFault:
    return CellFault(_FIELD_OF.get(reason, Field.NAME), " ".join(reason_sentences(reason)))


def _lost(member: Member, given: Mapping[Field, str]) -> tuple[CellFault, ...]:
    """Numbers that were typed but cannot be kept; storing would empty what is there."""
    kept = {Field.KPJ: member.kpj, Field.PHONE: member.phone}
    sentences = {
        Field.KPJ: _("Nomor KPJ terdiri atas 11 angka. Periksa kartunya."),
        Field.PHONE: _("Ini bukan nomor telepon. Contoh: 0812 3456 7890."),
    }
    return tuple(
        CellFault(field, sentences[field])
        for field, value in kept.items()
        if not value and given.get(field, "").strip() not in {"", ERASE}
    )
