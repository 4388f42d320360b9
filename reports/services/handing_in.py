"""A month's step as the whole house allows it: what is said to be complete has no silent gaps."""

from datetime import date

from django.utils.translation import gettext as _

from participants.selectors.month_entry.cells import count_cells
from regions.access import require
from regions.enums import Level
from regions.errors import MonthRefused
from regions.models import ReportingMonth, User
from regions.models.region import level_of
from regions.month_steps import COMPLETE, Transition
from regions.services.reporting_month import move_month


def take_step(
    step: Transition, *, region_code: str, month: date, by: User, reason: str = ""
) -> ReportingMonth:
    """Raises OutsideScope, NotPermitted or MonthRefused."""
    require(by, step.permission, region_code)
    if step is COMPLETE and level_of(region_code) == Level.REGENCY:
        missing = count_cells(region_code, month).missing
        if missing:
            raise MonthRefused(
                _(
                    "%(count)s angka belum diisi. Isi di tabel isian, atau tulis di sana mengapa "
                    "kosong, lalu nyatakan lengkap."
                )
                % {"count": missing}
            )
    return move_month(step, region_code=region_code, month=month, by=by, reason=reason)
