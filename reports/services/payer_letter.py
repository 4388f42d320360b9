"""Noting that somebody made a letter to the second payer of a person."""

from django.db import transaction
from django.utils.translation import gettext as _

from budgets.selectors.double_funding import Payer
from budgets.selectors.double_funding_steps import addressee
from participants.models import Participant
from regions.access import require
from regions.enums import Verb
from regions.models import Act, User
from regions.roles import Permission
from regions.services.act import record_act


@transaction.atomic
def note_letter(*, person: Participant, payer: Payer, by: User) -> Act:
    """The ledger names the record and the payer, not the person. Raises OutsideScope or NotPermitted."""
    require(by, Permission.ENTER_PERSONS, person.region_id)
    return record_act(
        by=by,
        verb=Verb.EXPORTED,
        subject=_("surat pendanaan ganda, peserta #%(number)s") % {"number": person.pk},
        region_code=person.region_id,
        detail={"person": person.pk, "payer": addressee(payer)},
    )
