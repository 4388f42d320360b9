"""The tables of people and coverage of a monitoring report, made of stored figures; nothing is divided."""

from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from participants.enums import CountedSegment, TargetFrame
from regions.month import add_months
from reports.measures.codes import MeasureCode
from reports.measures.measure import PackTable
from reports.pack.content import Cell, Kind, Number, Table
from reports.pack.figure_book import Key, key_of, subtracted
from reports.pack.grading import lacking_words
from reports.pack.place import (
    PackPlace,
    columns,
    columns_among,
    more_cells,
    moved,
    others_of,
    summed,
    written_as,
)

_UCJ = key_of(MeasureCode.COVERAGE)
_MONTHS = 12
# What has a place of its own in each table; whatever else is declared for it follows.
_COVERAGE = (MeasureCode.COVERAGE, MeasureCode.UNCOVERED)
_CATEGORIES = (
    MeasureCode.FUNDED_BY_CELL,
    MeasureCode.FUNDED,
    MeasureCode.NAMED_BY_CELL,
    MeasureCode.UNNAMED_BY_CELL,
)


def coverage(place: PackPlace, number: str = "") -> Table:
    headed = columns(
        [_("Uraian")],
        [date_format(place.period.before, "F Y"), date_format(place.month, "F Y"), _("Perubahan")],
    )
    rows = (
        moved(place, _("Peserta aktif (orang)"), _UCJ, Kind.COUNT, "numerator"),
        moved(place, _("Jumlah pekerja (penyebut)"), _UCJ, Kind.COUNT, "denominator"),
        moved(place, _("Universal Coverage Jamsostek (UCJ)"), _UCJ, Kind.PERCENT, "rate"),
        moved(place, _("Belum terlindungi (orang)"), key_of(MeasureCode.UNCOVERED), Kind.COUNT, "numerator"),
        *(
            moved(place, str(one.label), key_of(one.code), *written_as(one))
            for one in others_of(PackTable.COVERAGE, _COVERAGE)
        ),
    )
    stored = place.book.stored(place.code, place.month, _UCJ)
    note = lacking_words(stored, place) if stored else _("Belum ada laporan.")
    return Table("coverage", number, _("Cakupan dan perubahannya"), headed, rows, note=note)


def targets(place: PackPlace, percents: Sequence[tuple[str, int, Number]], number: str = "") -> Table:
    """`percents`: frame, year and percentage of every target that binds the region."""
    rows: list[tuple[Cell, ...]] = []
    for frame, year, percent in percents:
        gap = place.now(key_of(MeasureCode.GAP_TO_TARGET, target=frame))
        rows.append(
            (f"{TargetFrame(frame).label} {year}", percent, place.now(_UCJ, Kind.PERCENT, "rate"), gap)
        )
    headed = columns([_("Dasar target")], [_("Target UCJ"), _("Capaian UCJ"), _("Kekurangan (orang)")])
    note = _("Angka negatif berarti target terlampaui.") if rows else _none_set(place)
    return Table("targets", number, _("Capaian terhadap target"), headed, tuple(rows), note=note)


def _none_set(place: PackPlace) -> str:
    """National targets bind no region, so none of them is in the table."""
    return _("Belum ada target daerah yang dicatat untuk %(place)s.") % {"place": place.label}


def segments(place: PackPlace, number: str = "") -> Table:
    rows: list[tuple[Cell, ...]] = []
    for key in place.keys(MeasureCode.SEGMENT_COVERAGE):
        label = str(CountedSegment(key[1]).label)
        now, before = place.now(key), place.then(key)
        rate = place.now(key, Kind.PERCENT, "rate")
        rows.append((label, before, now, place.change(key), place.now(key, part="denominator"), rate))
    headed = columns(
        [_("Segmen")],
        [
            date_format(place.period.before, "M Y"),
            date_format(place.month, "M Y"),
            _("Perubahan"),
            _("Pekerja segmen"),
            _("UCJ segmen"),
        ],
    )
    whole: tuple[Cell, ...] = ()
    if rows:
        whole = (_("Jumlah"), summed(rows, 1), summed(rows, 2), "", "", "")
    note = _segment_note(place)
    return Table("segments", number, _("Peserta aktif per segmen"), headed, tuple(rows), whole, note)


def _segment_note(place: PackPlace) -> str:
    """Who reported one number for all segments is in no line of the table."""
    keys = place.keys(MeasureCode.SEGMENT_COVERAGE)
    if not keys:
        return _("Peserta aktif %(month)s tidak dirinci per segmen.") % {
            "month": date_format(place.month, "F Y")
        }
    months = (place.period.before, place.month)
    told = [place.book.stored(place.code, month, key) for month in months for key in keys]
    if any(one is None or one.reported != one.expected for one in told):
        return _(
            "Wilayah yang melaporkan tanpa rincian segmen tidak termasuk. Perubahan hanya dicantumkan bila "
            "jumlah wilayah yang melapor sama pada kedua bulan."
        )
    return ""


def trend(place: PackPlace, number: str = "", note: str = "") -> Table:
    """For a region of which none below are computed, the months stand in place of a rank."""
    rows: list[tuple[Cell, ...]] = []
    for month in [add_months(place.month, -back) for back in reversed(range(_MONTHS))]:
        rate = place.book.rate(place.code, month, _UCJ)
        change = place.book.change(place.code, (add_months(month, -1), month), _UCJ, Kind.PERCENT, "rate")
        members = place.book.number(place.code, month, _UCJ)
        workers = place.book.number(place.code, month, _UCJ, part="denominator")
        if members.value is not None:
            rows.append((date_format(month, "F Y"), members, workers, rate, change))
    headed = columns([_("Bulan")], [_("Peserta aktif"), _("Jumlah pekerja"), _("UCJ"), _("Perubahan")])
    return Table("trend", number, _("Perkembangan UCJ 12 bulan"), headed, tuple(rows), note=note)


def rank(place: PackPlace, below: Sequence[PackPlace], number: str = "") -> Table:
    """Regions below from the highest coverage to the lowest; those without a figure stand last."""

    def order(one: PackPlace) -> tuple[bool, float, str]:
        rate = one.now(_UCJ, Kind.PERCENT, "rate").value
        return rate is None, -float(rate or 0), one.code

    rows: list[tuple[Cell, ...]] = []
    for at, one in enumerate(sorted(below, key=order), start=1):
        rate = one.now(_UCJ, Kind.PERCENT, "rate")
        where = Number(None if rate.value is None else at, Kind.PLACE)
        change = one.change(_UCJ, Kind.PERCENT, "rate")
        rows.append((one.label, where, one.now(_UCJ), one.now(_UCJ, part="denominator"), rate, change))
    since = _("Perubahan sejak %(month)s") % {"month": date_format(place.period.before, "F Y")}
    headed = columns(
        [_("Wilayah")],
        [_("Peringkat"), _("Peserta aktif"), _("Jumlah pekerja"), _("UCJ"), since],
    )
    whole: tuple[Cell, ...] = (
        place.label,
        "",
        place.now(_UCJ),
        place.now(_UCJ, part="denominator"),
        place.now(_UCJ, Kind.PERCENT, "rate"),
        place.change(_UCJ, Kind.PERCENT, "rate"),
    )
    return Table("rank", number, _("Peringkat wilayah"), headed, tuple(rows), whole)


def categories(place: PackPlace, number: str = "") -> Table:
    rows: list[tuple[Cell, ...]] = []
    more = columns_among(others_of(PackTable.CATEGORIES, _CATEGORIES))
    for key in place.keys(MeasureCode.FUNDED_BY_CELL):
        named, difference = ((MeasureCode.NAMED_BY_CELL, *key[1:]), (MeasureCode.UNNAMED_BY_CELL, *key[1:]))
        labels = (place.book.name(key[2]), place.book.name(key[3]))
        people = (place.now(key), place.now(named), _of_the_row(place, key, named, difference))
        rows.append((*labels, *people, *more_cells(place, more, key)))
    headings = [_("Orang"), _("Dengan nama"), _("Tanpa nama"), *(words for _one, words in more)]
    headed = columns([_("Kategori"), _("Sumber dana")], headings)
    whole: tuple[Cell, ...] = ()
    if rows:
        counted = (place.now(key_of(MeasureCode.FUNDED)), summed(rows, 3), "")
        whole = (_("Jumlah"), "", *counted, *("" for _one in more))
    note = _("Belum ada laporan.")
    if rows:
        note = _(
            "Peserta yang tercatat dalam dua kategori dihitung dua kali. “Tanpa nama” hanya diisi bila "
            "laporan dan daftar nama berasal dari wilayah yang sama."
        )
    return Table(
        "categories",
        number,
        _("Peserta yang iurannya ditanggung, per kategori dan sumber dana"),
        headed,
        tuple(rows),
        whole,
        note,
    )


def _of_the_row(place: PackPlace, people: Key, named: Key, difference: Key) -> Number:
    """The difference, where it is that of the two numbers beside it; otherwise it is of fewer regions."""
    told = place.now(difference)
    beside = subtracted(place.now(people), place.now(named))
    return told if told.value == beside.value else Number(None, Kind.COUNT)


def entered(key: str, title: str, labels: Sequence[str], lines: Sequence[str], number: str = "") -> Table:
    """What people wrote: a line a row, its cells parted by a vertical bar."""
    rows = [tuple(cells_of(line, len(labels))) for line in lines]
    note = "" if rows else _("Belum diisi oleh penyusun.")
    return Table(key, number, title, columns(labels, []), tuple(rows), note=note)


def cells_of(line: str, width: int) -> list[str]:
    """`Perda 3/2023 | berlaku` → its cells, empty ones at the end."""
    cells = [part.strip() for part in line.split("|", width - 1)]
    return [*cells, *[""] * (width - len(cells))]


def construction(place: PackPlace, number: str = "") -> Table:
    key = key_of(MeasureCode.SEGMENT_COVERAGE, segment="jakon")
    headed = columns([_("Uraian")], [date_format(place.month, "F Y")])
    rows: tuple[tuple[Cell, ...], ...] = (
        (_("Peserta aktif Jakon"), place.now(key)),
        (_("Pekerja jasa konstruksi"), place.now(key, part="denominator")),
        (_("UCJ Jakon"), place.now(key, Kind.PERCENT, "rate")),
    )
    known = tuple(row for row in rows if isinstance(row[1], Number) and row[1].value is not None)
    return Table("construction", number, _("Perlindungan jasa konstruksi"), headed, known)


def annex(places: Sequence[PackPlace], number: str = "") -> Table:
    """One line for every regency: what a long table needs is a head on each page."""
    year = {"year": places[0].month.year}
    headed = columns(
        [_("Kode"), _("Wilayah")],
        [
            _("Peserta aktif"),
            _("Jumlah pekerja"),
            _("UCJ"),
            _("Iuran sejak Januari %(year)s") % year,
            _("Klaim sejak Januari %(year)s") % year,
        ],
    )
    rows = tuple(
        (
            one.code,
            one.label,
            one.now(_UCJ),
            one.now(_UCJ, part="denominator"),
            one.now(_UCJ, Kind.PERCENT, "rate"),
            one.now(key_of(MeasureCode.CONTRIBUTIONS), Kind.RUPIAH),
            one.now(key_of(MeasureCode.CLAIMS), Kind.RUPIAH),
        )
        for one in places
    )
    return Table("annex", number, _("Semua kabupaten/kota"), headed, rows)
