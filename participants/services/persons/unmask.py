"""Showing a person's numbers whole, to those who may and say why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from participants.enums import ExtraAbout
from participants.errors import PersonRefused
from participants.models import Participant
from participants.nik import mask_digits
from participants.selectors.extra_field import list_fields, shown_extra, told_extra
from regions.access import require
from regions.enums import Verb
from regions.models import User
from regions.roles import Permission
from regions.services.act import record_act


@dataclass(frozen=True)
class Unmasked:
    """The numbers whole; none of them shows itself in a log of this value."""

    nik: str = field(repr=False)
    kpj: str = field(repr=False)
    phone: str = field(repr=False)
    # What fields of the office's own hold, where they are personal: by name, and by key for programs.
    extra: Mapping[str, str] = field(repr=False, default_factory=dict)
    told: Mapping[str, Any] = field(repr=False, default_factory=dict)


@transaction.atomic
def unmask_person(*, participant_id: int, reason: str, by: User) -> Unmasked:
    """Raises PersonRefused without a reason, OutsideScope or NotPermitted."""
    person = Participant.objects.get(pk=participant_id)
    require(by, Permission.UNMASK, person.region_id)
    record_act(
        by=by,
        verb=Verb.UNMASKED,
        subject=f"{Participant._meta.verbose_name} #{person.pk}",
        region_code=person.region_id,
        detail={"reason": stated(reason), "person": person.pk},
    )
    fields = list_fields(by, person.region_id, ExtraAbout.PERSON, ended=True)
    fields = [one for one in fields if one.is_personal and one.key in person.extra]
    return Unmasked(
        person.nik.digits,
        person.kpj,
        person.phone,
        {one.name: shown_extra(one, person, whole=True) for one in fields},
        told_extra(fields, person, whole=True),
    )


def stated(reason: str) -> str:
    """The reason as the ledger keeps it, without digits that could be somebody's. Raises PersonRefused."""
    words = mask_digits(" ".join(reason.split()))[:250]
    if len(words) < 5:
        raise PersonRefused(_("Tulis alasannya, misalnya nomor surat yang memintanya."))
    return words
