"""Taking a reporting month along its way in tests."""

from datetime import date, timedelta

from django.utils.timezone import localdate

from participants.enums import EmptyReason
from participants.month_entry_key import MonthEntryKey, Section
from participants.services.month_entry.empty_cell import leave_empty
from regions.enums import ReportKind
from regions.month_steps import CLOSE, COMPLETE, SUBMIT, VERIFY
from regions.services.reopening import ask_reopening, decide_reopening
from regions.services.reporting_month import move_month
from tests.cast import KOTA_A

JULY = date(2025, 7, 1)
WAY = ((COMPLETE, "wayan"), (SUBMIT, "siti"), (VERIFY, "anton"), (CLOSE, "anton"))


def close(cast, month=JULY, code=KOTA_A, by=None):
    """The whole way; with `by` names other than the usual ones of Kota A."""
    for transition, who in WAY:
        user = getattr(cast, (by or {}).get(who, who))
        move_month(transition, region_code=code, month=month, by=user)


def submit(cast, month=JULY):
    for transition, who in WAY[:2]:
        move_month(transition, region_code=KOTA_A, month=month, by=getattr(cast, who))


def reopen(cast, month=JULY, open_for=tuple(ReportKind)):
    wish = ask_reopening(
        region_code=KOTA_A,
        month=month,
        reason="salah ketik",
        open_for=list(open_for),
        open_until=localdate() + timedelta(days=5),
        by=cast.siti,
    )
    return decide_reopening(pk=wish.pk, is_granted=True, answer="", by=cast.anton)


def without_money(by, month=JULY, code=KOTA_A):
    """The word that neither contributions nor claims were paid in the month."""
    for section in (Section.CONTRIBUTIONS, Section.CLAIMS):
        key = MonthEntryKey(section)
        leave_empty(by=by, region_code=code, month=month, key=key, reason=EmptyReason.NOBODY)
