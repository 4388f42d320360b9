"""A month's step as the whole house allows it: no silent gaps, no unexplained jump, no row left behind."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participants.errors import BatchRefused
from participants.selectors.extra_field import missing_in_month
from participants.selectors.month_entry.cells import count_cells
from participants.selectors.month_entry.questions import count_unanswered
from participants.services.batches.carry import settle_waiting
from regions.enums import Level, ReportKind
from regions.errors import MonthRefused
from regions.models import Region, ReportingMonth, User
from regions.models.region import level_of
from regions.month_steps import CLOSE, COMPLETE, Transition
from regions.selectors.month_way import get_way, require_step
from regions.services.reporting_month import move_month
from reports.selectors.months.reporting import month_cells

# Asked for by payments or the word that there are none; people are asked for figure by figure.
_MONEY = (ReportKind.CONTRIBUTIONS, ReportKind.CLAIMS)


@dataclass(frozen=True)
class WaitingRows:
    """What becomes of rows that wait when a month is closed: a WaitingAnswer, and why they are dropped."""

    answer: str = ""
    reason: str = ""


@transaction.atomic
def take_step(
    step: Transition,
    *,
    region_code: str,
    month: date,
    by: User,
    reason: str = "",
    waiting: WaitingRows | None = None,
) -> ReportingMonth:
    """Raises OutsideScope, NotPermitted or MonthRefused."""
    require_step(by, step, region_code, get_way(region_code, month))
    if level_of(region_code) == Level.REGENCY:
        if step is COMPLETE:
            _demand_whole(region_code, month)
            _demand_extras(region_code, month)
        elif step is CLOSE:
            _settle(region_code, month, waiting or WaitingRows(), by)
    return move_month(step, region_code=region_code, month=month, by=by, reason=reason)


def _settle(region_code: str, month: date, waiting: WaitingRows, by: User) -> None:
    try:
        settle_waiting(
            region_code=region_code, month=month, answer=waiting.answer, reason=waiting.reason, by=by
        )
    except BatchRefused as refused:
        raise MonthRefused(refused.sentence) from refused


def _demand_extras(region_code: str, month: date) -> None:
    missing = missing_in_month(region_code, month)
    if missing:
        raise MonthRefused(
            _("Isian tambahan yang wajib masih kosong: %(names)s. Isi di Isian bulan → Isian tambahan.")
            % {"names": ", ".join(missing)}
        )


def _demand_whole(region_code: str, month: date) -> None:
    missing = count_cells(region_code, month).missing
    if missing:
        raise MonthRefused(
            _(
                "%(count)s angka belum diisi. Isi di tabel isian, atau tulis di sana mengapa "
                "kosong, lalu nyatakan lengkap."
            )
            % {"count": missing}
        )
    region = Region.objects.get(pk=region_code)
    cell = month_cells([region], [month])[region_code, month]
    money = [kind for kind in cell.missing_kinds if kind in _MONEY]
    if money:
        raise MonthRefused(
            _(
                "Belum masuk: %(reports)s. Isi di tabel iuran dan klaim, atau catat di sana bahwa tidak ada, "
                "lalu nyatakan lengkap."
            )
            % {"reports": ", ".join(str(kind.label) for kind in money)}
        )
    unanswered = count_unanswered([region_code], month)[region_code]
    if unanswered:
        raise MonthRefused(
            ngettext(
                "%(count)s angka melonjak tanpa penjelasan, atau tidak berkurang walau ada yang berakhir. "
                "Buka sel yang ditandai di tabel isian, tulis mengapa benar atau perbaiki, lalu nyatakan "
                "lengkap.",
                "%(count)s angka melonjak tanpa penjelasan, atau tidak berkurang walau ada yang berakhir. "
                "Buka sel yang ditandai di tabel isian, tulis mengapa benar atau perbaiki, lalu nyatakan "
                "lengkap.",
                unanswered,
            )
            % {"count": unanswered}
        )
