"""What a letter to the office says that looks after people whose cover ends."""

from datetime import date, timedelta
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from regions.formats import day_name, month_name, rupiah, whole
from regions.models import Region, User
from regions.month import add_months, last_day
from reports.paper.letter_frame import greeted, letter_frame, thanks
from reports.selectors.cover_endings import EndingLine

NO_OFFICE = "-"
# An office is given so long to answer, also where the month is nearly or long over.
_ANSWERED_IN = timedelta(days=14)


def office_of(line: EndingLine) -> str:
    """The office that looks after the category, where one is known."""
    return line.category.owner or NO_OFFICE


def ending_letter_data(
    region: Region, month: date, lines: list[EndingLine], *, told: dict[str, Any], by: User
) -> dict[str, Any]:
    """`told` is what the form asked for. Nobody is named in it."""
    return letter_frame(
        title=_("Perlindungan pekerja yang berakhir pada %(month)s") % {"month": month_name(month)},
        sender=_("Pemerintah %(region)s") % {"region": region.full_label},
        to=[_("Perangkat Daerah pengampu") if told["office"] == NO_OFFICE else told["office"]],
        told=told,
        by=by,
        caution=_("Jumlahnya perkiraan."),
    ) | {
        "opening": _opening(month),
        "facts": _facts(month, lines),
        "head": [_("Kategori"), _("Sumber dana"), _("Berakhir karena"), _("Orang"), _("Iuran sebulan")],
        "rows": [_row(line) for line in lines],
        "wishes": [
            _("memeriksa apakah perlindungan mereka dilanjutkan dan dari sumber dana mana;"),
            _("mengusulkan anggarannya, atau memberi tahu peserta bahwa perlindungannya berakhir;"),
            _("memberitahukan hasilnya kepada kami secara tertulis paling lambat %(day)s.")
            % {"day": day_name(max(last_day(month), localdate() + _ANSWERED_IN))},
        ],
        "closing": [thanks()],
    }


def _opening(month: date) -> list[str]:
    words = _(
        "Menurut daftar nama, masa tugas, dan anggaran yang kami catat, perlindungan jaminan sosial "
        "ketenagakerjaan pekerja berikut berakhir dengan bulan %(month)s."
    )
    return greeted(words % {"month": month_name(month)})


def _facts(month: date, lines: list[EndingLine]) -> list[tuple[str, str]]:
    known = [line.monthly for line in lines if line.monthly is not None]
    cost = rupiah(sum(known)) if len(known) == len(lines) else _("belum diketahui")
    return [
        (_("Bulan terakhir"), month_name(month)),
        (_("Tidak terlindungi sejak"), month_name(add_months(month, 1))),
        (_("Jumlah orang"), whole(sum(line.people for line in lines))),
        (_("Biaya melanjutkan, per bulan"), cost),
    ]


def _row(line: EndingLine) -> list[str]:
    price = _("belum diketahui") if line.monthly is None else rupiah(line.monthly)
    return [str(line.category), str(line.funding), str(line.cause.label), whole(line.people), price]
