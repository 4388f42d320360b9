"""Ending the spells of persons who are past the age limit, many at once."""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from participants.enums import EnrolmentState, Occurrence
from participants.errors import PersonRefused
from participants.models import Enrolment, Participant
from participants.nik import mask_digits
from participants.selectors.persons.person import is_past_limit
from participants.services.persons.participant import record_life_event
from regions.access import require
from regions.enums import Verb
from regions.models import User
from regions.month import first_of
from regions.roles import Permission
from regions.services.act import record_act


@transaction.atomic
def end_for_age(*, participant_ids: Collection[int], ended_on: date, reason: str, by: User) -> int:
    """End every running spell of these persons with the month of the day; how many persons were ended.

    All or none: raises PersonRefused where one is not past the limit, OutsideScope or NotPermitted.
    Persons for whom nothing runs any more are passed over, so that sending twice is safe.
    """
    reason = mask_digits(reason.strip())
    if not reason:
        raise PersonRefused(_("Tulis alasannya, misalnya nomor surat pemberitahuan."))
    persons = list(Participant.objects.filter(pk__in=participant_ids).order_by("pk"))
    for code in {person.region_id for person in persons}:
        require(by, Permission.ENTER_PERSONS, code)
    young = [person for person in persons if not is_past_limit(person, ended_on)]
    if young:
        raise PersonRefused(
            _("%(count)s orang belum melewati batas usia pada tanggal itu. Keluarkan dari pilihan.")
            % {"count": len(young)}
        )
    ended = _still_running(persons, ended_on)
    for person in ended:
        record_life_event(
            participant_id=person.pk,
            kind=Occurrence.AGE_LIMIT,
            happened_on=ended_on,
            source=reason[:250],
            by=by,
        )
    _note(ended, ended_on, reason, by)
    return len(ended)


def _still_running(persons: list[Participant], on: date) -> list[Participant]:
    month = first_of(on)
    open_spells = Enrolment.objects.filter(
        Q(last_month=None) | Q(last_month__gte=month),
        Q(participant__in=persons) | Q(participant__merged_into__in=persons),
        state__in=[EnrolmentState.ACTIVE, EnrolmentState.PROPOSED],
    )
    pairs = open_spells.values_list("participant_id", "participant__merged_into_id")
    running = {pk for pair in pairs for pk in pair}
    return [person for person in persons if person.pk in running]


def _note(persons: list[Participant], on: date, reason: str, by: User) -> None:
    by_region: dict[str, list[int]] = {}
    for person in persons:
        by_region.setdefault(person.region_id, []).append(person.pk)
    for code, ids in by_region.items():
        record_act(
            by=by,
            verb=Verb.ENDED,
            subject=str(Occurrence.AGE_LIMIT.label),
            region_code=code,
            detail={"count": len(ids), "persons": ids, "on": on.isoformat(), "reason": reason},
        )
