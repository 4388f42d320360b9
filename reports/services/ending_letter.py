"""Noting that somebody made a letter about people whose cover ends."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from regions.access import require
from regions.enums import Verb
from regions.models import Act, User
from regions.month import iso_month
from regions.roles import Permission
from regions.services.act import record_act


@transaction.atomic
def note_ending_letter(*, region_code: str, month: date, office: str, people: int, by: User) -> Act:
    """Raises OutsideScope or NotPermitted."""
    require(by, Permission.ENTER_WORKFORCE, region_code)
    return record_act(
        by=by,
        verb=Verb.EXPORTED,
        subject=_("surat akhir perlindungan %s") % iso_month(month),
        region_code=region_code,
        detail={"office": office, "people": people},
    )
