"""The ten tables of a monitoring report, made of stored figures; nothing here is divided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from budgets.enums import BalanceBasis, ProgrammeGroup
from participants.enums import CountedSegment, TargetFrame
from regions.month import add_months
from reports.pack.content import Cell, Column, Kind, Number, Table
from reports.pack.figure_book import FigureBook, Key, key_of, subtracted, total
from reports.pack.period import Period

_UCJ = key_of("COV-01")


@dataclass(frozen=True)
class Place:
    """The region and period that a table is about."""

    code: str
    label: str
    period: Period
    book: FigureBook

    @property
    def month(self) -> date:
        return self.period.last

    def now(self, key: Key, kind: Kind = Kind.COUNT, part: str = "numerator") -> Number:
        return self.book.number(self.code, self.month, key, kind, part)

    def then(self, key: Key, kind: Kind = Kind.COUNT, part: str = "numerator") -> Number:
        return self.book.number(self.code, self.period.before, key, kind, part)

    def flow(self, key: Key, kind: Kind) -> Number:
        return self.book.flow(self.code, self.period, key, kind)

    def keys(self, measure: str) -> list[Key]:
        return [key for key, _stored in self.book.of(self.code, self.month, measure)]


def _columns(text: Sequence[str], numbers: Sequence[str]) -> tuple[Column, ...]:
    return (*(Column(label) for label in text), *(Column(label, is_number=True) for label in numbers))


def _moved(place: Place, label: str, key: Key, kind: Kind, part: str) -> tuple[Cell, ...]:
    """Before, now and the difference."""
    before, now = place.then(key, kind, part), place.now(key, kind, part)
    return (label, before, now, subtracted(now, before))


def coverage(place: Place, number: str = "1") -> Table:
    columns = _columns(
        [_("Uraian")],
        [date_format(place.period.before, "F Y"), date_format(place.month, "F Y"), _("Perubahan")],
    )
    rows = (
        _moved(place, _("Peserta aktif (orang)"), _UCJ, Kind.COUNT, "numerator"),
        _moved(place, _("Jumlah pekerja (orang)"), _UCJ, Kind.COUNT, "denominator"),
        _moved(place, _("Cakupan semesta (UCJ)"), _UCJ, Kind.PERCENT, "rate"),
        _moved(place, _("Belum terlindungi (orang)"), key_of("COV-03"), Kind.COUNT, "numerator"),
    )
    stored = place.book.stored(place.code, place.month, _UCJ)
    note = _reporting(stored.reported, stored.expected) if stored else _("Belum ada laporan.")
    return Table("coverage", number, _("Cakupan dan perubahannya"), columns, rows, note=note)


def _reporting(reported: int | None, expected: int | None) -> str:
    if reported is None or expected is None:
        return ""
    words = {"reported": reported, "expected": expected}
    return _("Dijumlahkan dari %(reported)s di antara %(expected)s wilayah di bawahnya.") % words


def targets(place: Place, percents: Sequence[tuple[str, int, Number]], number: str = "1a") -> Table:
    """`percents`: frame, year and percentage of every target that binds the region."""
    rows: list[tuple[Cell, ...]] = []
    for frame, year, percent in percents:
        gap = place.now(key_of("COV-04", target=frame))
        rows.append(
            (f"{TargetFrame(frame).label} {year}", percent, place.now(_UCJ, Kind.PERCENT, "rate"), gap)
        )
    columns = _columns([_("Target")], [_("Target UCJ"), _("UCJ tercapai"), _("Kurang (orang)")])
    note = _("Negatif berarti target terlampaui.") if rows else _("Belum ada target yang dicatat.")
    return Table("targets", number, _("Capaian terhadap target"), columns, tuple(rows), note=note)


def segments(place: Place, number: str = "2") -> Table:
    rows: list[tuple[Cell, ...]] = []
    for key in place.keys("COV-02"):
        label = str(CountedSegment(key[1]).label)
        now, before = place.now(key), place.then(key)
        rate = place.now(key, Kind.PERCENT, "rate")
        rows.append((label, before, now, subtracted(now, before), place.now(key, part="denominator"), rate))
    columns = _columns(
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
        whole = (_("Jumlah"), _sum(rows, 1), _sum(rows, 2), "", "", "")
    note = "" if rows else _("Peserta aktif bulan ini tidak dirinci per segmen.")
    return Table("segments", number, _("Peserta aktif per segmen"), columns, tuple(rows), whole, note)


def _sum(rows: Sequence[Sequence[Cell]], column: int) -> Number:
    return total(cell for row in rows if isinstance(cell := row[column], Number))


_MONTHS = 12


def trend(place: Place, number: str = "3", note: str = "") -> Table:
    """For a region of which none below are computed, the months stand in place of a rank."""
    rows: list[tuple[Cell, ...]] = []
    for month in [add_months(place.month, -back) for back in reversed(range(_MONTHS))]:
        rate, earlier = (place.book.rate(place.code, at, _UCJ) for at in (month, add_months(month, -1)))
        members = place.book.number(place.code, month, _UCJ)
        workers = place.book.number(place.code, month, _UCJ, part="denominator")
        if members.value is not None:
            rows.append((date_format(month, "F Y"), members, workers, rate, subtracted(rate, earlier)))
    columns = _columns([_("Bulan")], [_("Peserta aktif"), _("Jumlah pekerja"), _("UCJ"), _("Perubahan")])
    return Table("trend", number, _("Perkembangan cakupan 12 bulan"), columns, tuple(rows), note=note)


def rank(place: Place, below: Sequence[Place], number: str = "3") -> Table:
    """Regions below from the highest coverage to the lowest; those without a figure stand last."""

    def order(one: Place) -> tuple[bool, float, str]:
        rate = one.now(_UCJ, Kind.PERCENT, "rate").value
        return rate is None, -float(rate or 0), one.code

    rows: list[tuple[Cell, ...]] = []
    for at, one in enumerate(sorted(below, key=order), start=1):
        rate = one.now(_UCJ, Kind.PERCENT, "rate")
        where = Number(None if rate.value is None else at, Kind.PLACE)
        change = subtracted(rate, one.then(_UCJ, Kind.PERCENT, "rate"))
        rows.append((one.label, where, one.now(_UCJ), one.now(_UCJ, part="denominator"), rate, change))
    columns = _columns(
        [_("Wilayah")],
        [_("Peringkat"), _("Peserta aktif"), _("Jumlah pekerja"), _("UCJ"), _("Perubahan")],
    )
    whole: tuple[Cell, ...] = (
        place.label,
        "",
        place.now(_UCJ),
        place.now(_UCJ, part="denominator"),
        place.now(_UCJ, Kind.PERCENT, "rate"),
        subtracted(place.now(_UCJ, Kind.PERCENT, "rate"), place.then(_UCJ, Kind.PERCENT, "rate")),
    )
    return Table("rank", number, _("Peringkat wilayah"), columns, tuple(rows), whole)


def categories(place: Place, number: str = "4") -> Table:
    rows: list[tuple[Cell, ...]] = []
    for key in place.keys("CAT-01"):
        named, difference = (("CAT-03", *key[1:]), ("CAT-04", *key[1:]))
        labels = (place.book.name(key[2]), place.book.name(key[3]))
        rows.append((*labels, place.now(key), place.now(named), place.now(difference, Kind.CHANGE)))
    columns = _columns([_("Kategori"), _("Dibayar oleh")], [_("Orang"), _("Dengan nama"), _("Selisih")])
    whole: tuple[Cell, ...] = ()
    if rows:
        whole = (_("Jumlah"), "", place.now(key_of("CAT-02")), _sum(rows, 3), "")
    note = _("Belum ada laporan.")
    if rows:
        note = _(
            "Seorang dalam dua kategori terhitung dua kali. Selisih hanya dari wilayah yang punya laporan "
            "dan daftar nama."
        )
    return Table("categories", number, _("Ekosistem pemda per kategori"), columns, tuple(rows), whole, note)


def budget(place: Place, number: str = "5") -> Table:
    keys = {key[1:] for measure in ("BUD-04", "BUD-05") for key in place.keys(measure)}
    rows: list[tuple[Cell, ...]] = []
    for dimensions in sorted(keys):
        allocated, paid, left, absorbed = (
            (measure, *dimensions) for measure in ("BUD-04", "BUD-05", "BUD-06", "BUD-08")
        )
        category = place.book.name(dimensions[1]) if dimensions[1] else _("tidak dirinci")
        money = (place.now(allocated, Kind.RUPIAH), place.now(paid, Kind.RUPIAH))
        rates = (place.now(absorbed, Kind.PERCENT, "rate"), place.now(left, Kind.MONTHS, "rate"))
        rows.append((category, place.book.name(dimensions[2]), *money, *rates))
    columns = _columns(
        [_("Kategori"), _("Sumber dana")], [_("Pagu"), _("Realisasi"), _("Serapan"), _("Cukup untuk")]
    )
    whole: tuple[Cell, ...] = ()
    if rows:
        sums = (place.now(key_of("BUD-01"), Kind.RUPIAH), place.now(key_of("BUD-02"), Kind.RUPIAH))
        whole = (_("Jumlah"), "", *sums, place.now(key_of("BUD-03"), Kind.PERCENT, "rate"), "")
    note = _("Sejak Januari sampai akhir periode.") if rows else _("Belum ada anggaran yang dicatat.")
    return Table("budget", number, _("Anggaran dan realisasi"), columns, tuple(rows), whole, note)


def balance(place: Place, number: str = "6", *, by_basis: bool = True) -> Table:
    def money(label: str, key: Key) -> tuple[Cell, ...]:
        return (label, place.flow(key, Kind.RUPIAH), place.now(key, Kind.RUPIAH))

    rows: list[tuple[Cell, ...]] = [
        money(_("Iuran diterima"), key_of("BAL-01")),
        money(_("Klaim dibayarkan"), key_of("BAL-02")),
        money(_("Saldo iuran dikurangi klaim"), key_of("BAL-03")),
        (_("Rasio klaim"), "", place.now(key_of("BAL-04"), Kind.PERCENT, "rate")),
        money(_("Tunggakan iuran"), key_of("CON-03")),
    ]
    for key in place.keys("BAL-05") if by_basis else ():
        rows.append(money(_("Saldo: %s") % BalanceBasis(key[5]).label, key))
    columns = _columns([_("Uraian")], [_("Periode ini"), _("Sejak Januari")])
    note = _(
        "Saldo periode dihitung dari selisih jumlah sejak Januari; tanpa bulan sebelumnya tidak diketahui. "
        "Tunggakan negatif berarti yang diterima melebihi yang seharusnya."
    )
    return Table("balance", number, _("Iuran, klaim dan saldo"), columns, tuple(rows), note=note)


def claims(place: Place, number: str = "7") -> Table:
    rows: list[tuple[Cell, ...]] = []
    for key in place.keys("CLM-01"):
        cases = ("CLM-02", *key[1:])
        told = (place.flow(cases, Kind.COUNT), place.now(cases))
        money = (place.flow(key, Kind.RUPIAH), place.now(key, Kind.RUPIAH))
        rows.append((str(ProgrammeGroup(key[5]).label), *told, *money))
    columns = _columns(
        [_("Program")],
        [
            _("Kasus, periode ini"),
            _("Kasus sejak Januari"),
            _("Rupiah, periode ini"),
            _("Rupiah sejak Januari"),
        ],
    )
    whole: tuple[Cell, ...] = ()
    if rows:
        counted = place.now(key_of("CLM-03"))
        whole = (_("Jumlah"), _whole_column(rows, 1), counted, _whole_column(rows, 3), _sum(rows, 4))
    note = "" if rows else _("Belum ada klaim yang dicatat.")
    return Table("claims", number, _("Klaim per program"), columns, tuple(rows), whole, note)


def _whole_column(rows: Sequence[Sequence[Cell]], column: int) -> Number:
    """A sum of all or of none: part of the cases are not the cases."""
    found = _sum(rows, column)
    if any(isinstance(row[column], Number) and row[column].value is None for row in rows):  # type: ignore[union-attr]
        return Number(None, found.kind)
    return found


def entered(key: str, number: str, title: str, labels: Sequence[str], lines: Sequence[str]) -> Table:
    """What people wrote: a line a row, its cells parted by a vertical bar."""
    rows = [tuple(cells_of(line, len(labels))) for line in lines]
    note = "" if rows else _("Belum diisi oleh penyusun.")
    return Table(key, number, title, _columns(labels, []), tuple(rows), note=note)


def cells_of(line: str, width: int) -> list[str]:
    """`Perda 3/2023 | berlaku` → its cells, empty ones at the end."""
    cells = [part.strip() for part in line.split("|", width - 1)]
    return [*cells, *[""] * (width - len(cells))]


def construction(place: Place, number: str = "9a") -> Table:
    key = key_of("COV-02", segment="jakon")
    columns = _columns([_("Uraian")], [date_format(place.month, "F Y")])
    rows: tuple[tuple[Cell, ...], ...] = (
        (_("Peserta aktif Jakon"), place.now(key)),
        (_("Pekerja jasa konstruksi"), place.now(key, part="denominator")),
        (_("UCJ Jakon"), place.now(key, Kind.PERCENT, "rate")),
    )
    return Table("construction", number, _("Perlindungan jasa konstruksi"), columns, rows)


def annex(places: Sequence[Place], number: str = "A") -> Table:
    """One line for every regency: what a long table needs is a head on each page."""
    columns = _columns(
        [_("Kode"), _("Wilayah")],
        [
            _("Peserta aktif"),
            _("Jumlah pekerja"),
            _("UCJ"),
            _("Iuran sejak Januari"),
            _("Klaim sejak Januari"),
        ],
    )
    rows = tuple(
        (
            one.code,
            one.label,
            one.now(_UCJ),
            one.now(_UCJ, part="denominator"),
            one.now(_UCJ, Kind.PERCENT, "rate"),
            one.now(key_of("BAL-01"), Kind.RUPIAH),
            one.now(key_of("BAL-02"), Kind.RUPIAH),
        )
        for one in places
    )
    return Table("annex", number, _("Lampiran: semua wilayah"), columns, rows)
