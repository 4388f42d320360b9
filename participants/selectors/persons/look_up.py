"""Look-ups by NIK that were refused: who tries numbers out."""

from collections import Counter
from datetime import timedelta

from django.utils.timezone import now

from participants.enums import LookUpOutcome
from participants.models import LookUp
from regions.access import within_codes
from regions.models import User
from regions.roles import Permission

_RECENT = timedelta(days=1)


def count_refused(user: User) -> dict[tuple[str, str], int]:
    """(Region code, who) → refusals of the last day, where the user may read the ledger."""
    mine = within_codes(user, column="region_code", permission=Permission.VIEW_LEDGER)
    rows = LookUp.objects.filter(mine, at__gt=now() - _RECENT, outcome=LookUpOutcome.REFUSED)
    return Counter((row.region_code, str(row.reader)) for row in rows.select_related("reader"))
