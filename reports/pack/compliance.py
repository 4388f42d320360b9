"""The tables of what others owe the scheme: employers and construction projects, made of stored figures;
nothing is divided."""

from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from reports.measures.codes import MeasureCode
from reports.measures.measure import PackTable
from reports.pack.content import Kind, Table
from reports.pack.figure_book import key_of
from reports.pack.place import PackPlace, columns, moved, others_of, written_as

# Code, part of the figure, how it is written.
_Lines = Sequence[tuple[MeasureCode, str, Kind]]
_EMPLOYERS: _Lines = (
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
_PROJECTS: _Lines = (
    (MeasureCode.PROJECTS_REGISTERED, "denominator", Kind.COUNT),
    (MeasureCode.PROJECTS_REGISTERED, "numerator", Kind.COUNT),
    (MeasureCode.PROJECTS_REGISTERED, "rate", Kind.PERCENT),
    (MeasureCode.PROJECT_VALUE_REGISTERED, "denominator", Kind.RUPIAH),
    (MeasureCode.PROJECT_VALUE_REGISTERED, "numerator", Kind.RUPIAH),
    (MeasureCode.PROJECT_VALUE_REGISTERED, "rate", Kind.PERCENT),
)
# What is told only where a region has both a reported count and projects listed one by one.
_BESIDE: _Lines = (
    (MeasureCode.PROJECTS_BESIDE, "denominator", Kind.COUNT),
    (MeasureCode.PROJECTS_BESIDE, "numerator", Kind.COUNT),
    (MeasureCode.PROJECTS_BESIDE, "rate", Kind.PERCENT),
)


def employers(place: PackPlace, number: str = "") -> Table:
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
    note = _(
        "Laporan berlaku sejak bulan laporan, paling lama 12 bulan; angka yang tidak diketahui tidak "
        "dianggap "
        "nol."
    )
    return _table(
        place,
        ("employers", number, _("Kepatuhan pemberi kerja")),
        list(zip(words, _EMPLOYERS, strict=True)),
        PackTable.EMPLOYERS,
        (note, _("Belum ada laporan pemberi kerja.")),
    )


def construction_projects(place: PackPlace, number: str = "") -> Table:
    words = (
        _("Paket diketahui"),
        _("Paket terdaftar"),
        _("Paket terdaftar (persen)"),
        _("Nilai kontrak sebelum PPN"),
        _("Nilai paket terdaftar"),
        _("Nilai paket terdaftar (persen)"),
    )
    lines = list(zip(words, _PROJECTS, strict=True))
    note = _(
        "Paket tahun anggaran ini yang pekerjaannya dimulai paling lambat pada akhir bulan laporan. Jumlah "
        "yang dilaporkan tanpa rincian "
        "menggantikan paket satu per satu; angka yang tidak diketahui tidak dianggap nol."
    )
    if place.book.stored(place.code, place.month, key_of(MeasureCode.PROJECTS_BESIDE)):
        beside = (
            _("Pembanding: paket yang tercatat satu per satu"),
            _("Pembanding: di antaranya terdaftar"),
            _("Pembanding: terdaftar (persen)"),
        )
        lines += zip(beside, _BESIDE, strict=True)
    return _table(
        place,
        ("construction_projects", number, _("Proyek jasa konstruksi terdaftar")),
        lines,
        PackTable.PROJECTS,
        (note, _("Belum ada laporan proyek jasa konstruksi.")),
    )


def _table(
    place: PackPlace,
    named: tuple[str, str, str],
    lines: Sequence[tuple[str, tuple[MeasureCode, str, Kind]]],
    table: PackTable,
    notes: tuple[str, str],
) -> Table:
    """Key, number and title; the lines before and now; the note, and what it says where nothing is known.

    Its first line is of the measure without which there is no report.
    """
    before, now = (date_format(month, "F Y") for month in (place.period.before, place.month))
    headed = columns([_("Uraian")], [before, now, _("Perubahan")])
    (_words, (first, _part, _kind)), (note, nothing) = lines[0], notes
    if not place.book.stored(place.code, place.month, key_of(first)):
        return Table(*named, headed, (), note=nothing)
    rows = tuple(moved(place, label, key_of(code), kind, part) for label, (code, part, kind) in lines)
    placed = [*(code for _label, (code, _part, _kind) in lines), *(code for code, _part, _kind in _BESIDE)]
    more = tuple(
        moved(place, str(one.label), key_of(one.code), *written_as(one)) for one in others_of(table, placed)
    )
    return Table(*named, headed, (*rows, *more), note=note)
