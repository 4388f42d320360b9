"""Measures of contributions that are due, of what came for those months, and of arrears."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from regions.month import parse_month
from reports.enums import Direction, Unit, Window
from reports.measures.codes import MeasureCode
from reports.measures.evidence import Costs, Evidence
from reports.measures.measure import BoardLine, Measure, MeasurePart, MeasureSection, PackTable
from reports.measures.pairs import DUES, dues_in, pairs_of
from reports.measures.quantities import Amount, Quantities
from reports.measures.result import MeasureResult, result_of, total_of


def due_total(q: Quantities) -> Iterable[MeasureResult]:
    if q.due:
        unknown = sum(people.value for people in q.unpriced.values())
        words = gettext("%(people)s orang bulan ini belum bertarif") % {"people": unknown} if unknown else ""
        yield replace(total_of(q, "due"), basis=words)


def received_total(q: Quantities) -> Iterable[MeasureResult]:
    if q.received:
        yield total_of(q, "received")


def arrears_total(q: Quantities) -> Iterable[MeasureResult]:
    """Nothing received is an arrear of all that is due; without people nothing is due."""
    if DUES in (pairs := pairs_of(q, dues_in)):
        due, received, *_told = pairs[DUES]
        yield total_of(q, "due").made_into(due - received)


def arrears_by_month(q: Quantities) -> Iterable[MeasureResult]:
    due, received, language = _by_month(q.due), _by_month(q.received), get_language()
    for (month, funding), rupiah in sorted(due.items()):
        words = _month_words(month, language)
        owed = rupiah - received.get((month, funding), 0)
        yield MeasureResult(owed, funding=funding, variant=month, basis=words)


@lru_cache(maxsize=1024)
def _month_words(month: str, _language: str | None) -> str:
    return date_format(parse_month(month), "F Y")


def _by_month(cells: Mapping[tuple[str, str, str], Amount]) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for (month, _category, funding), amount in cells.items():
        found[month, funding] = found.get((month, funding), 0) + amount.value
    return found


def unpriced(q: Quantities) -> Iterable[MeasureResult]:
    for (category, funding), people in q.unpriced.items():
        yield result_of(people, category=category, funding=funding)


DECLARED = (
    Measure(
        code=MeasureCode.DUE,
        label=_("Iuran terutang"),
        meaning=_(
            "Iuran yang seharusnya dibayar sejak Januari, termasuk yang sudah dibayar. Orang tanpa tarif "
            "yang pasti tidak termasuk."
        ),
        numerator=_("jumlah orang dikali tarif setiap bulan, Januari sampai bulan laporan"),
        denominator=_("tidak ada"),
        unit=Unit.RUPIAH,
        direction=Direction.NEUTRAL,
        window=Window.FISCAL_YEAR,
        section=MeasureSection.CONTRIBUTIONS,
        compute=due_total,
        shown=BoardLine(),
        costs=Costs.YEAR_TO_DATE,
        rests_on=("due",),
    ),
    Measure(
        code=MeasureCode.RECEIVED,
        label=_("Iuran diterima untuk bulan iuran sejak Januari"),
        meaning=_("Iuran untuk Januari sampai bulan itu yang sudah dibayar; bayar di muka dibagi per bulan."),
        numerator=_("bagian tiap iuran untuk bulan-bulan tahun itu"),
        denominator=_("tidak ada"),
        unit=Unit.RUPIAH,
        direction=Direction.UP,
        window=Window.FISCAL_YEAR,
        section=MeasureSection.CONTRIBUTIONS,
        compute=received_total,
        shown=BoardLine(),
        evidence=(Evidence.RECEIVED,),
        rests_on=("due",),
    ),
    Measure(
        code=MeasureCode.ARREARS,
        label=_("Selisih iuran"),
        meaning=_(
            "Iuran terutang dikurangi yang diterima. Angka positif berarti kurang bayar, angka negatif "
            "berarti lebih bayar."
        ),
        numerator=_(
            "iuran terutang dikurangi iuran yang diterima, hanya dari wilayah yang memiliki iuran terutang"
        ),
        denominator=_("tidak ada"),
        unit=Unit.RUPIAH,
        direction=Direction.DOWN,
        window=Window.FISCAL_YEAR,
        section=MeasureSection.CONTRIBUTIONS,
        compute=arrears_total,
        pack_table=PackTable.BALANCE,
        parts=(MeasurePart(MeasureCode.DUE), MeasurePart(MeasureCode.RECEIVED)),
        rests_on=("due",),
    ),
    Measure(
        code=MeasureCode.ARREARS_BY_MONTH,
        label=_("Selisih iuran per bulan dan sumber dana"),
        meaning=_("Iuran terutang dikurangi iuran diterima, menurut bulan dan sumber dana."),
        numerator=_("iuran terutang dikurangi yang diterima, bulan itu dan sumber dana itu"),
        denominator=_("tidak ada"),
        unit=Unit.RUPIAH,
        direction=Direction.DOWN,
        window=Window.FISCAL_YEAR,
        section=MeasureSection.CONTRIBUTIONS,
        compute=arrears_by_month,
        evidence=(Evidence.RECEIVED_FOR_MONTH,),
        costs=Costs.OF_VARIANT_MONTH,
        rests_on=("due",),
    ),
    Measure(
        code=MeasureCode.UNPRICED,
        label=_("Orang tanpa tarif yang pasti"),
        meaning=_(
            "Jumlah orang yang dasar upah atau tarifnya belum dicatat sehingga iuran terutangnya belum dapat "
            "dihitung."
        ),
        numerator=_("orang bulan itu yang tarifnya tidak diketahui"),
        denominator=_("tidak ada"),
        unit=Unit.PEOPLE,
        direction=Direction.DOWN,
        window=Window.MONTH,
        section=MeasureSection.CONTRIBUTIONS,
        compute=unpriced,
        costs=Costs.UNPRICED,
        rests_on=("funded",),
    ),
)
