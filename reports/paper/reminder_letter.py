"""What a letter says that reminds somebody of duties whose state is not yet done."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from regions.formats import day_name
from regions.models import Region, User
from reports.paper.letter import LANGUAGE
from reports.selectors.regulations.duty_board import DutyCell


def reminder_data(
    region: Region, addressee: str, cells: Sequence[DutyCell], *, told: dict[str, Any], by: User
) -> dict[str, Any]:
    """`told` is what the form asked for."""
    return {
        "lang": LANGUAGE,
        "title": _("Pengingat pelaksanaan kewajiban jaminan sosial ketenagakerjaan"),
        "sender": told["sender"],
        "place_date": told["place_date"] or "………………………………",
        "number": told["letter_number"] or "………………………………",
        "words": {"number": _("Nomor"), "subject": _("Hal"), "to": _("Kepada Yth.")},
        "to": [addressee],
        "opening": [
            _("Dengan hormat,"),
            _("Menurut catatan kami per %(day)s, kewajiban berikut di %(region)s belum dipenuhi seluruhnya.")
            % {"day": day_name(localdate()), "region": region.full_label},
        ],
        "head": [_("Kewajiban"), _("Dasar"), _("Tenggat"), _("Keadaan")],
        "rows": [_row(cell) for cell in cells],
        "asking": _("Sehubungan dengan itu kami mohon:"),
        "wishes": [
            _("memenuhi kewajiban tersebut, atau menyampaikan kendala dan rencana penyelesaiannya;"),
            _("memberitahukan hasilnya kepada kami secara tertulis dalam 14 hari sejak surat ini diterima."),
        ],
        "closing": [_("Atas kerja sama Saudara kami ucapkan terima kasih.")],
        "signer_title": told["signer_title"],
        "signer": told["signer"],
        "foot": _("Dibuat dengan Jamsostek Monitor oleh %(who)s pada %(day)s.")
        % {"who": by, "day": day_name(localdate())},
        "warning": _("Data contoh, sebagian rekaan") if settings.EXAMPLE_DATA else "",
    }


def _row(cell: DutyCell) -> list[str]:
    due = day_name(cell.due) if cell.due else _("tanpa tenggat")
    basis = " · ".join(part for part in (str(cell.duty.regulation), cell.duty.clause) if part)
    return [cell.duty.title, basis, due, " ".join(part for part in (cell.why, cell.late_words) if part)]
