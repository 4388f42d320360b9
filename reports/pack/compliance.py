"""The tables of what others owe the scheme: employers, made of stored figures; nothing is divided."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from reports.measures.codes import MeasureCode
from reports.measures.measure import PackTable
from reports.pack.content import Kind, Table
from reports.pack.figure_book import key_of
from reports.pack.place import PackPlace, columns, moved, others_of, written_as

# Code, part of the figure; the words of a row.
_LINES = (
    (MeasureCode.EMPLOYERS_REGISTERED, "denominator", Kind.COUNT),
    (MeasureCode.EMPLOYERS_REGISTERED, "numerator", Kind.COUNT),
    (MeasureCode.EMPLOYERS_REGISTERED, "rate", Kind.PERCENT),
    (MeasureCode.EMPLOYERS_PARTLY, "numerator", Kind.COUNT),
    (MeasureCode.EMPLOYERS_PARTLY, "rate", Kind.PERCENT),
    (MeasureCode.WORKERS_INSURED, "denominator", Kind.COUNT),
    (MeasureCode.WORKERS_INSURED, "numerator", Kind.COUNT),
    (MeasureCode.WORKERS_INSURED, "rate", Kind.PERCENT),
    (MeasureCode.EMPLOYERS_IN_ARREARS, "numerator", Kind.COUNT),
    (MeasureCode.EMPLOYERS_IN_ARREARS, "rate", Kind.PERCENT),
    (MeasureCode.EMPLOYER_ARREARS, "numerator", Kind.RUPIAH),
)


def employers(place: PackPlace, number: str = "2a") -> Table:
    before, now = (date_format(month, "F Y") for month in (place.period.before, place.month))
    headed = columns([_("Uraian")], [before, now, _("Perubahan")])
    words = (
        _("Pemberi kerja diketahui"),
        _("Terdaftar"),
        _("Terdaftar (persen)"),
        _("Terdaftar sebagian (PDS)"),
        _("PDS terhadap yang terdaftar (persen)"),
        _("Tenaga kerja diketahui (orang)"),
        _("Tenaga kerja terdaftar (orang)"),
        _("Tenaga kerja terdaftar (persen)"),
        _("Pemberi kerja yang menunggak"),
        _("Menunggak terhadap yang diketahui (persen)"),
        _("Tunggakan iuran"),
    )
    rows = tuple(
        moved(place, label, key_of(code), kind, part)
        for label, (code, part, kind) in zip(words, _LINES, strict=True)
    )
    placed = [code for code, _part, _kind in _LINES]
    more = tuple(
        moved(place, str(one.label), key_of(one.code), *written_as(one))
        for one in others_of(PackTable.EMPLOYERS, placed)
    )
    is_told = place.book.stored(place.code, place.month, key_of(MeasureCode.EMPLOYERS_REGISTERED))
    note = _(
        "Laporan satu bulan berlaku paling lama 12 bulan; angka yang tidak diketahui tidak dianggap nol."
    )
    if not is_told:
        return Table(
            "employers",
            number,
            _("Kepatuhan pemberi kerja"),
            headed,
            (),
            note=_("Belum ada laporan pemberi kerja."),
        )
    return Table("employers", number, _("Kepatuhan pemberi kerja"), headed, (*rows, *more), note=note)
