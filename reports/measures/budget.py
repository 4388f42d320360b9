"""Measures of budgets: ceilings, what was paid of them, for how long the rest lasts, and who pays."""

from collections.abc import Iterable

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from participants.enums import PayerKind
from reports.enums import Direction, Unit, Window
from reports.measures.codes import MeasureCode
from reports.measures.evidence import Costs, Evidence
from reports.measures.measure import BoardLine, Measure, MeasurePart, MeasureSection, PackTable, TableColumn
from reports.measures.pairs import ABSORBED, absorbed_in, absorbed_key, lasting_in, lasting_key, pairs_of
from reports.measures.quantities import Amount, Quantities
from reports.measures.result import MeasureResult, result_of, total_of


def allocated_total(q: Quantities) -> Iterable[MeasureResult]:
    if q.allocated:
        yield total_of(q, "allocated")


def realised_total(q: Quantities) -> Iterable[MeasureResult]:
    if q.realised:
        yield total_of(q, "realised")


def absorption(q: Quantities) -> Iterable[MeasureResult]:
    """Of a ceiling of which nothing was paid yet nothing was absorbed, which is known to be so."""
    if ABSORBED in (pairs := pairs_of(q, absorbed_in)):
        ceiling, paid, *_told = pairs[ABSORBED]
        yield total_of(q, "allocated").made_into(paid, ceiling)


def billed_total(q: Quantities) -> Iterable[MeasureResult]:
    yield from _stage(q, "billed")


def posted_total(q: Quantities) -> Iterable[MeasureResult]:
    yield from _stage(q, "posted")


def _stage(q: Quantities, stage: str) -> Iterable[MeasureResult]:
    if stage in q.bills:
        yield result_of(q.bills[stage])


def allocated(q: Quantities) -> Iterable[MeasureResult]:
    for (category, funding), amount in q.allocated.items():
        yield result_of(amount, category=category, funding=funding, basis=_untold(category))


def realised(q: Quantities) -> Iterable[MeasureResult]:
    for (category, funding), amount in q.realised.items():
        yield result_of(amount, category=category, funding=funding, basis=_untold(category))


def absorption_by_line(q: Quantities) -> Iterable[MeasureResult]:
    pairs = pairs_of(q, absorbed_in)
    for (category, funding), amount in q.allocated.items():
        if absorbed_key(category, funding) in pairs:
            ceiling, paid, *_told = pairs[absorbed_key(category, funding)]
            yield result_of(
                amount,
                value=paid,
                denominator=ceiling,
                category=category,
                funding=funding,
                basis=_untold(category),
            )


def _untold(category: str) -> str:
    return "" if category else gettext("kategori tidak dirinci")


def months_left(q: Quantities) -> Iterable[MeasureResult]:
    """Of the regions that have both the line and people whom it pays for."""
    pairs = pairs_of(q, lasting_in)
    for (category, funding), ceiling in q.allocated.items():
        if lasting_key(category, funding) in pairs:
            left, cost, reported, expected = pairs[lasting_key(category, funding)]
            told = ceiling if reported is None else Amount(0, reported, expected)
            yield result_of(told, value=left, denominator=cost, category=category, funding=funding)


def payer_shares(q: Quantities) -> Iterable[MeasureResult]:
    whole = sum(amount.value for amount in q.payers.values())
    for payer, people in q.payers.items():
        yield result_of(people, denominator=whole, variant=payer, basis=PayerKind(payer))


DECLARED = (
    Measure(
        code=MeasureCode.ALLOCATED,
        label=_("Pagu"),
        meaning=_(
            "Nilai yang dianggarkan untuk iuran tahun itu, menurut tahap anggaran terakhir yang ditetapkan."
        ),
        numerator=_("jumlah pagu tiap baris anggaran yang berlaku pada akhir bulan itu"),
        denominator=_("tidak ada"),
        unit=Unit.RUPIAH,
        direction=Direction.UP,
        window=Window.FISCAL_YEAR,
        section=MeasureSection.BUDGET,
        compute=allocated_total,
        shown=BoardLine(),
        pack_table=PackTable.BUDGET,
        evidence=(Evidence.ALLOCATIONS,),
        rests_on=("allocated",),
    ),
    Measure(
        code=MeasureCode.REALISED,
        label=_("Realisasi"),
        meaning=_("Nilai yang telah dibayar dari anggaran (SP2D atau bukti setor) sejak Januari."),
        numerator=_("jumlah tagihan yang dibayar, menurut tanggal bayarnya"),
        denominator=_("tidak ada"),
        unit=Unit.RUPIAH,
        direction=Direction.NEUTRAL,
        window=Window.FISCAL_YEAR,
        section=MeasureSection.BUDGET,
        compute=realised_total,
        shown=BoardLine(),
        pack_table=PackTable.BUDGET,
        evidence=(Evidence.REALISATIONS,),
        rests_on=("realised",),
    ),
    Measure(
        code=MeasureCode.ABSORPTION,
        label=_("Serapan"),
        meaning=_("Persentase pagu yang telah direalisasikan."),
        numerator=_("realisasi (BUD-02)"),
        denominator=_("pagu (BUD-01)"),
        unit=Unit.PERCENT,
        direction=Direction.UP,
        window=Window.FISCAL_YEAR,
        section=MeasureSection.BUDGET,
        compute=absorption,
        shown=BoardLine(),
        pack_table=PackTable.BUDGET,
        parts=(MeasurePart(MeasureCode.REALISED), MeasurePart(MeasureCode.ALLOCATED)),
        rests_on=("allocated", "realised"),
    ),
    Measure(
        code=MeasureCode.ALLOCATED_BY_CELL,
        label=_("Pagu per kategori dan sumber dana"),
        meaning=_(
            "Pagu yang berlaku pada akhir bulan itu; “tidak dirinci” bila barisnya tidak menyebut kategori."
        ),
        numerator=_("jumlah pagu tiap baris anggaran"),
        denominator=_("tidak ada"),
        unit=Unit.RUPIAH,
        direction=Direction.NEUTRAL,
        window=Window.FISCAL_YEAR,
        section=MeasureSection.BUDGET,
        compute=allocated,
        shown=TableColumn(_("Pagu"), 1),
        pack_table=PackTable.BUDGET,
        evidence=(Evidence.ALLOCATIONS_OF_CELL,),
        rests_on=("allocated",),
    ),
    Measure(
        code=MeasureCode.REALISED_BY_CELL,
        label=_("Realisasi per kategori dan sumber dana"),
        meaning=_("Nilai yang sudah dibayar dari anggaran sejak Januari, menurut kategori dan sumber dana."),
        numerator=_("jumlah tagihan yang dibayar"),
        denominator=_("tidak ada"),
        unit=Unit.RUPIAH,
        direction=Direction.NEUTRAL,
        window=Window.FISCAL_YEAR,
        section=MeasureSection.BUDGET,
        compute=realised,
        shown=TableColumn(_("Realisasi"), 2),
        pack_table=PackTable.BUDGET,
        evidence=(Evidence.REALISATIONS_OF_CELL,),
        rests_on=("realised",),
    ),
    Measure(
        code=MeasureCode.MONTHS_LEFT,
        label=_("Sisa pagu setara (bulan)"),
        meaning=_(
            "Jumlah bulan yang masih dapat dibiayai dengan sisa pagu menurut jumlah orang dan tarif bulan "
            "laporan."
        ),
        numerator=_("pagu dikurangi realisasi"),
        denominator=_("orang bulan itu dikali tarifnya"),
        unit=Unit.MONTHS,
        direction=Direction.UP,
        window=Window.FISCAL_YEAR,
        section=MeasureSection.BUDGET,
        compute=months_left,
        shown=TableColumn(_("Sisa pagu setara (bulan)"), 4),
        pack_table=PackTable.BUDGET,
        evidence=(Evidence.ALLOCATIONS_OF_CELL, Evidence.REALISATIONS_OF_CELL),
        costs=Costs.THIS_MONTH,
        rests_on=("allocated", "funded"),
    ),
    Measure(
        code=MeasureCode.PAYER_SHARE,
        label=_("Proporsi peserta menurut pembayar iuran"),
        meaning=_("Persentase peserta yang iurannya ditanggung oleh setiap jenis pembayar."),
        numerator=_("peserta yang iurannya ditanggung oleh jenis pembayar itu"),
        denominator=_("peserta yang iurannya ditanggung, semua kategori (CAT-02)"),
        unit=Unit.PERCENT,
        direction=Direction.NEUTRAL,
        window=Window.MONTH,
        section=MeasureSection.BUDGET,
        compute=payer_shares,
        evidence=(Evidence.HEADCOUNTS, Evidence.NAMED_AND_COVERED),
        rests_on=("funded",),
    ),
    Measure(
        code=MeasureCode.ABSORPTION_BY_CELL,
        label=_("Serapan per kategori dan sumber dana"),
        meaning=_("Persentase pagu setiap kategori dan sumber dana yang telah direalisasikan."),
        numerator=_("realisasi kategori dan sumber dana itu (BUD-05)"),
        denominator=_("pagunya (BUD-04)"),
        unit=Unit.PERCENT,
        direction=Direction.UP,
        window=Window.FISCAL_YEAR,
        section=MeasureSection.BUDGET,
        compute=absorption_by_line,
        shown=TableColumn(_("Serapan"), 3),
        pack_table=PackTable.BUDGET,
        parts=(MeasurePart(MeasureCode.REALISED_BY_CELL), MeasurePart(MeasureCode.ALLOCATED_BY_CELL)),
        rests_on=("allocated", "realised"),
    ),
    Measure(
        code=MeasureCode.BILLED,
        label=_("Ditagih"),
        meaning=_("Nilai tagihan iuran yang diterbitkan sejak Januari atas anggaran, lunas maupun belum."),
        numerator=_("jumlah tagihan, menurut tanggal tagihnya"),
        denominator=_("tidak ada"),
        unit=Unit.RUPIAH,
        direction=Direction.NEUTRAL,
        window=Window.FISCAL_YEAR,
        section=MeasureSection.BUDGET,
        compute=billed_total,
        evidence=(Evidence.BILLS,),
        rests_on=("bills",),
    ),
    Measure(
        code=MeasureCode.POSTED,
        label=_("Dibukukan BPJS"),
        meaning=_("Nilai yang telah dibukukan BPJS Ketenagakerjaan sejak Januari sebagai iuran peserta."),
        numerator=_("jumlah yang dibukukan, menurut tanggal dibukukannya"),
        denominator=_("tidak ada"),
        unit=Unit.RUPIAH,
        direction=Direction.NEUTRAL,
        window=Window.FISCAL_YEAR,
        section=MeasureSection.BUDGET,
        compute=posted_total,
        evidence=(Evidence.POSTINGS,),
        rests_on=("bills",),
    ),
)
