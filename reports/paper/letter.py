"""What a letter to the second payer says."""

from datetime import date
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from budgets.selectors.double_funding import Doubled, Line
from budgets.selectors.double_funding_steps import addressee, stays_words
from participants.models import Participant
from regions.formats import month_name, rupiah, whole
from regions.models import User
from reports.paper.letter_frame import greeted, letter_frame, thanks


def letter_data(
    person: Participant, doubled: Doubled, line: Line, *, month: date, told: dict[str, Any], by: User
) -> dict[str, Any]:
    """`told` is what the form asked for. The NIK is masked."""
    lines = [one for one in doubled.lines if one.drops == line.drops]
    return letter_frame(
        title=_("Permintaan penghentian iuran ganda"),
        sender=_("Pemerintah %(region)s") % {"region": person.region.full_label},
        to=[capfirst(addressee(line.drops))],
        told=told,
        by=by,
        caution=_("NIK disamarkan."),
    ) | {
        "opening": _opening(month),
        "facts": _facts(person, lines),
        "head": [
            *(_("Bulan"), _("Seharusnya berhenti"), _("Tetap membayar")),
            *(_("Jumlah bulan"), _("Rupiah")),
        ],
        "rows": [_row(one) for one in lines],
        "wishes": _wishes(line),
        "closing": _closing(lines),
    }


def _opening(month: date) -> list[str]:
    words = _(
        "Menurut data kepesertaan BPJS Ketenagakerjaan yang kami catat sampai %(month)s, iuran peserta "
        "berikut ditanggung lebih dari satu pihak pada bulan yang sama."
    )
    return greeted(words % {"month": month_name(month)})


def _facts(person: Participant, lines: list[Line]) -> list[tuple[str, str]]:
    categories = dict.fromkeys(line.drops.category for line in lines if line.drops.category)
    found = [
        (_("Nama"), person.name),
        (_("NIK"), person.nik.masked),
        (_("Wilayah"), person.region.full_label),
        (_("Nomor catatan"), f"#{person.pk}"),
    ]
    return [*found, (_("Kategori"), ", ".join(categories))] if categories else found


def _row(line: Line) -> list[str]:
    months = "–"
    if line.first_month and line.last_month:
        months = month_name(line.first_month)
        if line.last_month != line.first_month:
            months = f"{months} – {month_name(line.last_month)}"
    drops = line.drops.called if line.drops.is_hidden else line.drops.words
    return [months, drops, stays_words(line), whole(line.months), rupiah(line.rupiah)]


def _wishes(line: Line) -> list[str]:
    return [
        _("memeriksa apakah iuran peserta ini memang Saudara bayar;"),
        _("menghentikannya mulai bulan berikutnya; iurannya tetap dibayar dari %(stays)s;")
        % {"stays": stays_words(line)},
        _("memberitahukan hasilnya kepada kami secara tertulis."),
    ]


def _closing(lines: list[Line]) -> list[str]:
    paid = sum(line.rupiah or 0 for line in lines)
    words = [
        _("NIK disamarkan untuk melindungi data pribadi; NIK utuh kami berikan atas permintaan resmi."),
        thanks(),
    ]
    if not paid:
        return words
    money = _(
        "Iuran yang terlanjur dibayar berjumlah %(rupiah)s. Apakah jumlah itu dapat diperhitungkan pada "
        "tagihan berikutnya dapat ditanyakan kepada kantor cabang BPJS Ketenagakerjaan."
    )
    return [money % {"rupiah": rupiah(paid)}, *words]
