"""Handing a person all that is stored about them, with the reason in the ledger."""

from typing import Any

from django.db import transaction

from participants.models import Participant
from participants.selectors.persons.disclosure import all_about
from participants.services.persons.unmask import stated
from regions.access import require
from regions.enums import Verb
from regions.errors import OutsideScope
from regions.models import User
from regions.roles import Permission
from regions.services.act import record_act


@transaction.atomic
def disclose_person(*, participant_id: int, reason: str, by: User) -> dict[str, Any]:
    """Raises PersonRefused without a reason, OutsideScope or NotPermitted."""
    person = Participant.objects.filter(pk=participant_id).first()
    if person is None:
        raise OutsideScope(participant_id)
    require(by, Permission.UNMASK, person.region_id)
    record_act(
        by=by,
        verb=Verb.EXPORTED,
        subject=f"{Participant._meta.verbose_name} #{person.pk}",
        region_code=person.region_id,
        detail={"reason": stated(reason), "person": person.pk, "whole_nik": True},
    )
    return all_about(person)
