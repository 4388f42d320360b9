"""The list of persons paid for twice leaves the application: who took it, noted before the first row goes."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from participants.services.persons.unmask import stated
from participants.services.watermark import watermark
from regions.access import require
from regions.enums import Verb
from regions.models import User
from regions.month import iso_month
from regions.roles import Permission
from regions.services.act import record_act


@dataclass(frozen=True)
class DoubledExport:
    """`whole` says whether NIK are written whole, `watermark` who took them and why."""

    whole: bool
    watermark: str


@transaction.atomic
def start_doubled_export(
    *, region_code: str, month: date, count: int, kind: str, by: User, reason: str | None = None
) -> DoubledExport:
    """With a reason the NIK are whole, only where that is permitted. Raises PersonRefused or NotPermitted."""
    whole = reason is not None
    require(by, Permission.UNMASK if whole else Permission.VIEW_PERSONS, region_code)
    words = stated(reason) if reason is not None else ""
    record_act(
        by=by,
        verb=Verb.EXPORTED,
        subject=_("daftar pendanaan ganda %(month)s") % {"month": iso_month(month)},
        region_code=region_code,
        detail={"count": count, "format": kind, "whole_nik": whole, "reason": words},
        months=[month],
    )
    return DoubledExport(whole, watermark(by=by, reason=words) if whole else "")
