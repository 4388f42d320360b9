"""Noting that somebody took acts of the ledger away as a file."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from regions.access import home_codes
from regions.enums import Verb
from regions.models import Act, User
from regions.services.act import record_act


def note_ledger_export(*, by: User, filters: Mapping[str, str], count: int) -> Act:
    homes = home_codes(by)
    return record_act(
        by=by,
        verb=Verb.EXPORTED,
        subject=_("log aktivitas"),
        region_code=homes[0] if homes else "",
        detail={"filters": ", ".join(f"{name}={value}" for name, value in filters.items()), "count": count},
    )
