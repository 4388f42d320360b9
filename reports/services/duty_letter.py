"""Noting that somebody made a letter that reminds of duties."""

from django.db import transaction
from django.utils.translation import gettext as _

from regions.access import require
from regions.enums import Verb
from regions.models import Act, User
from regions.roles import Permission
from regions.services.act import record_act


@transaction.atomic
def note_duty_letter(*, region_code: str, addressee: str, duties: int, by: User) -> Act:
    """Raises OutsideScope or NotPermitted."""
    require(by, Permission.REMIND, region_code)
    return record_act(
        by=by,
        verb=Verb.REMINDED,
        subject=_("surat pengingat kewajiban %s") % region_code,
        region_code=region_code,
        detail={"office": addressee, "rows": duties},
    )
