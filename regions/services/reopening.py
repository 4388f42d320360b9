"""Opening a locked month again: asked by one person with a reason, decided by another, locked by itself."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from regions.enums import LOCKED_STATES, MonthState, ReportKind, Verb
from regions.errors import MonthRefused
from regions.models import Reopening, ReportingMonth, User
from regions.month import iso_month
from regions.month_steps import CLOSE, SUBMIT
from regions.personal_numbers import masked_numbers
from regions.selectors.month_way import get_way, require_step
from regions.selectors.reporting_month import get_lock
from regions.services.act import record_act
from regions.services.month_lock import take_region_lock
from regions.services.reporting_month import locked_row, step

# A month is opened to mend something, not to be left open.
LONGEST = timedelta(days=60)


@transaction.atomic
def ask_reopening(
    *, region_code: str, month: date, reason: str, open_for: list[ReportKind], open_until: date, by: User
) -> Reopening:
    """Raises OutsideScope, NotPermitted or MonthRefused."""
    require_step(by, SUBMIT, region_code, get_way(region_code, month))
    take_region_lock(region_code)
    _check_wish(region_code, month, reason, open_for, open_until)
    if Reopening.objects.filter(region_id=region_code, month=month, decided_at=None).exists():
        raise MonthRefused(_("Permintaan untuk bulan ini sudah ada dan masih menunggu putusan."))
    wish = Reopening.objects.create(
        region_id=region_code,
        month=month,
        reason=masked_numbers(reason.strip())[:500],
        open_for=sorted(open_for),
        open_until=open_until,
        asked_by=by,
        asked_at=now(),
    )
    _note(wish, Verb.REOPENING_ASKED, by, wish.reason)
    return wish


@transaction.atomic
def decide_reopening(*, pk: int, is_granted: bool, answer: str, by: User) -> Reopening:
    """Grant or refuse what somebody else asked for. Raises OutsideScope, NotPermitted or MonthRefused."""
    wish = Reopening.objects.select_for_update(of=("self",)).get(pk=pk)
    require_step(by, CLOSE, wish.region_id, get_way(wish.region_id, wish.month))
    take_region_lock(wish.region_id)
    if wish.decided_at is not None:
        raise MonthRefused(_("Permintaan ini sudah diputuskan."))
    if wish.asked_by_id == by.pk:
        raise MonthRefused(_("Yang memutuskan harus orang lain daripada yang meminta."))
    if not is_granted and not answer.strip():
        raise MonthRefused(_("Tulis alasan penolakannya."))
    if is_granted and wish.open_until < localdate():
        raise MonthRefused(_("Tanggal terakhirnya sudah lewat. Tolak, lalu minta diajukan lagi."))
    wish.decided_by, wish.decided_at = by, now()
    wish.is_granted, wish.answer = is_granted, masked_numbers(answer.strip())[:500]
    wish.save()
    if is_granted:
        row = locked_row(wish.region_id, wish.month)
        row.open_until, row.open_for = wish.open_until, wish.open_for
        step(row, Verb.REOPENED, MonthState.REOPENED, by=by, reason=wish.reason)
    else:
        _note(wish, Verb.REOPENING_REFUSED, by, wish.answer)
    return wish


def relock_months() -> int:
    """Hand in what was reopened and not handed in by its last day; the branch checks and closes it again."""
    over = ReportingMonth.objects.filter(
        state__in=(MonthState.REOPENED, MonthState.COMPLETE, MonthState.OPEN),
        closing__gt=0,
        open_until__lt=localdate(),
    )
    pairs = list(over.values_list("region_id", "month"))
    return sum(_relock(code, month) for code, month in pairs)


@transaction.atomic
def _relock(code: str, month: date) -> bool:
    take_region_lock(code)
    row = locked_row(code, month)
    if row.state in LOCKED_STATES or row.open_until is None or row.open_until >= localdate():
        return False
    step(row, Verb.RELOCKED, MonthState.SUBMITTED, by=None, reason=_("batas pembukaan kembali lewat"))
    return True


def _check_wish(code: str, month: date, reason: str, open_for: list[ReportKind], open_until: date) -> None:
    today = localdate()
    if get_lock(code, month) is None:
        raise MonthRefused(_("Bulan ini tidak terkunci; angkanya dapat diisi dan dikoreksi sekarang juga."))
    if not reason.strip():
        raise MonthRefused(_("Tulis alasannya: angka mana yang salah dan apa buktinya."))
    if not open_for:
        raise MonthRefused(_("Pilih laporan mana yang perlu dibuka."))
    if not today <= open_until <= today + LONGEST:
        raise MonthRefused(_("Pilih tanggal terakhir antara hari ini dan 60 hari lagi."))


def _note(wish: Reopening, verb: Verb, by: User, reason: str) -> None:
    record_act(
        by=by,
        verb=verb,
        subject=_("bulan laporan %s") % iso_month(wish.month),
        region_code=wish.region_id,
        detail={"reason": reason, "open_for": wish.open_for, "open_until": str(wish.open_until)},
        months=[wish.month],
    )
