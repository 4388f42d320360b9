"""What a letter says that reminds somebody of duties whose state is not yet done."""

from collections.abc import Sequence
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from regions.formats import day_name
from regions.models import Region, User
from reports.paper.letter_frame import greeted, letter_frame, thanks
from reports.selectors.regulations.duty_board import DutyCell


def reminder_data(
    region: Region, addressee: str, cells: Sequence[DutyCell], *, told: dict[str, Any], by: User
) -> dict[str, Any]:
    """`told` is what the form asked for."""
    opening = _(
        "Menurut catatan kami per %(day)s, kewajiban berikut di %(region)s belum dipenuhi seluruhnya."
    )
    return letter_frame(
        title=_("Pengingat pelaksanaan kewajiban jaminan sosial ketenagakerjaan"),
        sender=told["sender"],
        to=[addressee],
        told=told,
        by=by,
    ) | {
        "opening": greeted(opening % {"day": day_name(localdate()), "region": region.full_label}),
        "head": [_("Kewajiban"), _("Dasar"), _("Tenggat"), _("Keadaan")],
        "rows": [_row(cell) for cell in cells],
        "wishes": [
            _("memenuhi kewajiban tersebut, atau menyampaikan kendala dan rencana penyelesaiannya;"),
            _("memberitahukan hasilnya kepada kami secara tertulis dalam 14 hari sejak surat ini diterima."),
        ],
        "closing": [thanks()],
    }


def _row(cell: DutyCell) -> list[str]:
    due = day_name(cell.due) if cell.due else _("tanpa tenggat")
    basis = " · ".join(part for part in (str(cell.duty.regulation), cell.duty.clause) if part)
    return [cell.duty.title, basis, due, " ".join(part for part in (cell.why, cell.late_words) if part)]
