"""Correcting what is known of a person, cell by cell as it was typed; the NIK stays."""

from collections.abc import Mapping

from django.db import transaction

from participants.enums import RowState
from participants.importers.faults import doubt_sentence
from participants.importers.header import Field
from participants.models import Participant
from participants.nik import mask_digits
from participants.person_columns import SEALED_COLUMNS
from participants.selectors.extra_field import person_extras
from participants.selectors.persons.person import require_person
from participants.services.persons.entry import Entered, judge_entry
from participants.services.persons.participant import correct_participant
from regions.models import User
from regions.roles import Permission


@transaction.atomic
def correct_person(
    *, participant_id: int, revision: int, cells: Mapping[Field, str], reason: str, by: User
) -> Entered:
    """Take over the typed cells; blank empties, but a blank cell of what is not shown leaves it.

    Raises ChangedMeanwhile, OutsideScope or NotPermitted.
    """
    person = Participant.objects.get(pk=participant_id)
    require_person(by, person, Permission.ENTER_PERSONS)
    extras = person_extras(by, person.region_id)
    hidden: set[str] = {column.field for column in SEALED_COLUMNS}
    hidden |= {one.key for one in extras if one.is_personal and one.key in person.extra}
    given = {field: text for field, text in cells.items() if text.strip() or field not in hidden}
    given.pop(Field.NIK, None)
    judged, faults = judge_entry({Field.NIK: person.nik.digits, **given}, 1, person.region_id, extras)
    if judged.member is None or faults:
        return Entered(RowState.REFUSED, participant=person, faults=faults)
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
