"""The tables of money of a monitoring report, made of stored figures; nothing here is divided."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from budgets.enums import BalanceBasis, ProgrammeGroup
from reports.enums import Window
from reports.measures.codes import MeasureCode
from reports.measures.measure import Measure, PackTable
from reports.pack.content import Cell, Kind, Table
from reports.pack.figure_book import Key, key_of
from reports.pack.place import (
    PackPlace,
    columns,
    columns_among,
    more_cells,
    others_of,
    summed,
    whole_column,
    written_as,
)

# What has a place of its own in each table; whatever else is declared for it follows.
_BUDGET = (
    MeasureCode.ALLOCATED_BY_CELL,
    MeasureCode.REALISED_BY_CELL,
    MeasureCode.ABSORPTION_BY_CELL,
    MeasureCode.MONTHS_LEFT,
)
_BUDGET_TOTALS = (MeasureCode.ALLOCATED, MeasureCode.REALISED, MeasureCode.ABSORPTION)
_BALANCE = (
    MeasureCode.CONTRIBUTIONS,
    MeasureCode.CLAIMS,
    MeasureCode.BALANCE,
    MeasureCode.CLAIM_RATIO,
    MeasureCode.ARREARS,
    MeasureCode.BALANCE_BY_BASIS,
)


def budget(place: PackPlace, number: str = "") -> Table:
    keys = {key[1:] for measure in _BUDGET[:2] for key in place.keys(measure)}
    more = columns_among(others_of(PackTable.BUDGET, (*_BUDGET, *_BUDGET_TOTALS)))
    rows: list[tuple[Cell, ...]] = []
    for dimensions in sorted(keys):
        allocated, paid, absorbed, left = ((measure, *dimensions) for measure in _BUDGET)
        category = place.book.name(dimensions[1]) if dimensions[1] else _("tidak dirinci")
        money = (place.now(allocated, Kind.RUPIAH), place.now(paid, Kind.RUPIAH))
        rates = (place.now(absorbed, Kind.PERCENT, "rate"), place.now(left, Kind.MONTHS, "rate"))
        others = more_cells(place, more, allocated)
        rows.append((category, place.book.name(dimensions[2]), *money, *rates, *others))
    headings = [
        _("Pagu"),
        _("Realisasi"),
        _("Serapan"),
        _("Sisa pagu setara (bulan)"),
        *(words for _one, words in more),
    ]
    words = _("Angka dihitung sejak Januari sampai akhir %(month)s.")
    note = (
        words % {"month": date_format(place.month, "F Y")} if rows else _("Belum ada anggaran yang dicatat.")
    )
    return Table(
        "budget",
        number,
        _("Anggaran dan realisasi"),
        columns([_("Kategori"), _("Sumber dana")], headings),
        tuple(rows),
        (*_budget_totals(place), *("" for _one in more)) if rows else (),
        note,
    )


def _budget_totals(place: PackPlace) -> tuple[Cell, ...]:
    allocated, paid, absorbed = (key_of(code) for code in _BUDGET_TOTALS)
    sums = (place.now(allocated, Kind.RUPIAH), place.now(paid, Kind.RUPIAH))
    return (_("Jumlah"), "", *sums, place.now(absorbed, Kind.PERCENT, "rate"), "")


def balance(place: PackPlace, number: str = "", *, by_basis: bool = True, is_noted: bool = True) -> Table:
    def money(label: str, key: Key) -> tuple[Cell, ...]:
        return (label, place.flow(key, Kind.RUPIAH), place.now(key, Kind.RUPIAH))

    rows: list[tuple[Cell, ...]] = [
        money(_("Iuran diterima"), key_of(MeasureCode.CONTRIBUTIONS)),
        money(_("Klaim dibayarkan"), key_of(MeasureCode.CLAIMS)),
        money(_("Saldo iuran dikurangi klaim"), key_of(MeasureCode.BALANCE)),
        (_("Rasio klaim"), "", place.now(key_of(MeasureCode.CLAIM_RATIO), Kind.PERCENT, "rate")),
        money(_("Selisih iuran"), key_of(MeasureCode.ARREARS)),
        *(_year_to_date(place, one) for one in others_of(PackTable.BALANCE, _BALANCE)),
    ]
    whole, alike = place.now(key_of(MeasureCode.BALANCE), Kind.RUPIAH).value, False
    for key in place.keys(MeasureCode.BALANCE_BY_BASIS) if by_basis else ():
        if place.now(key, Kind.RUPIAH).value == whole:
            alike = True
        else:
            rows.append(money(_("Saldo: %s") % BalanceBasis(key[5]).label, key))
    headed = columns(
        [_("Uraian")], [place.period.label, _("Sejak Januari %(year)s") % {"year": place.month.year}]
    )
    note = _("Selisih iuran negatif bila iuran yang diterima melebihi iuran terutang.")
    if alike:
        same = _("Saldo menurut dasar pencatatan yang tidak dirinci di sini sama besar.")
        note = f"{note} {same}"
    if is_noted and not place.period.begins_the_year:
        note = f"{_of_the_period(place)} {note}"
    return Table("balance", number, _("Iuran, klaim, dan saldo"), headed, tuple(rows), note=note)


def _of_the_period(place: PackPlace) -> str:
    words = _(
        "Angka %(period)s adalah jumlah Januari sampai dengan %(last)s dikurangi jumlah Januari sampai "
        "dengan "
        "%(before)s. Angka itu dikosongkan apabila salah satu jumlah tersebut tidak tersedia."
    )
    return words % {
        "period": place.period.label,
        "last": date_format(place.month, "F Y"),
        "before": date_format(place.period.before, "F Y"),
    }


def _year_to_date(place: PackPlace, measure: Measure) -> tuple[Cell, ...]:
    """What adds up over the year also by what came in the period."""
    kind, part = written_as(measure)
    key = key_of(measure.code)
    adds_up = measure.window == Window.FISCAL_YEAR and part == "numerator"
    return (str(measure.label), place.flow(key, kind) if adds_up else "", place.now(key, kind, part))


def claims(place: PackPlace, number: str = "") -> Table:
    rows: list[tuple[Cell, ...]] = []
    for key in place.keys(MeasureCode.CLAIMS_BY_PROGRAMME):
        cases = (MeasureCode.CASES_BY_PROGRAMME, *key[1:])
        counts = (place.flow(cases, Kind.COUNT), place.now(cases))
        money = (place.flow(key, Kind.RUPIAH), place.now(key, Kind.RUPIAH))
        rows.append((str(ProgrammeGroup(key[5]).label), *counts, *money))
    told = {"period": place.period.label, "year": place.month.year}
    headed = columns(
        [_("Program")],
        [
            _("Kasus, %(period)s") % told,
            _("Kasus sejak Januari %(year)s") % told,
            _("Nilai, %(period)s") % told,
            _("Nilai sejak Januari %(year)s") % told,
        ],
    )
    whole: tuple[Cell, ...] = ()
    if rows:
        counted = place.now(key_of(MeasureCode.CASES))
        whole = (_("Jumlah"), whole_column(rows, 1), counted, whole_column(rows, 3), summed(rows, 4))
    note = "" if rows else _("Belum ada klaim yang dicatat.")
    return Table("claims", number, _("Klaim per program"), headed, tuple(rows), whole, note)
