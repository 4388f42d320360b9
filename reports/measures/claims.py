"""Measures of claims by programme and by kind."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from budgets.enums import ClaimKind, ProgrammeGroup
from reports.enums import Direction, Unit, Window
from reports.measures.codes import MeasureCode
from reports.measures.evidence import Evidence
from reports.measures.measure import Measure, MeasurePart, MeasureSection, PackTable, TableColumn
from reports.measures.quantities import Quantities
from reports.measures.result import MeasureResult, result_of, total_of


def claim_rupiah(q: Quantities) -> Iterable[MeasureResult]:
    for programme, amount in q.claim_rupiah.items():
        yield result_of(amount, variant=programme, basis=ProgrammeGroup(programme))


def claim_cases(q: Quantities) -> Iterable[MeasureResult]:
    for programme, amount in q.claim_cases.items():
        yield result_of(amount, variant=programme, basis=ProgrammeGroup(programme))


def claim_cases_total(q: Quantities) -> Iterable[MeasureResult]:
    """Without the cases of one programme no whole is told; nor above regions that did not tell theirs."""
    told = {programme: amount.reported for programme, amount in q.claim_cases.items()}
    if told and told == {programme: amount.reported for programme, amount in q.claim_rupiah.items()}:
        yield total_of(q, "claim_cases")


def claim_kinds(q: Quantities) -> Iterable[MeasureResult]:
    for kind, amount in q.claim_kinds.items():
        yield result_of(amount, variant=kind, basis=ClaimKind(kind))


DECLARED = (
    Measure(
        code=MeasureCode.CLAIMS_BY_PROGRAMME,
        label=_("Klaim per program"),
        meaning=_("Nilai klaim yang dibayarkan sejak Januari, per program."),
        numerator=_("jumlah klaim menurut tanggal bayar"),
        denominator=_("tidak ada"),
        unit=Unit.RUPIAH,
        direction=Direction.NEUTRAL,
        window=Window.FISCAL_YEAR,
        section=MeasureSection.CLAIMS,
        compute=claim_rupiah,
        shown=TableColumn(_("Rupiah"), 1, total=MeasureCode.CLAIMS),
        pack_table=PackTable.CLAIMS,
        evidence=(Evidence.CLAIMS_OF_PROGRAMME,),
        rests_on=("claims",),
    ),
    Measure(
        code=MeasureCode.CASES_BY_PROGRAMME,
        label=_("Kasus klaim per program"),
        meaning=_("Jumlah kasus; dikosongkan bila ada baris yang tidak mencantumkan jumlah kasus."),
        numerator=_("jumlah kasus klaim menurut tanggal bayar"),
        denominator=_("tidak ada"),
        unit=Unit.CASES,
        direction=Direction.NEUTRAL,
        window=Window.FISCAL_YEAR,
        section=MeasureSection.CLAIMS,
        compute=claim_cases,
        shown=TableColumn(_("Kasus"), 2, total=MeasureCode.CASES),
        pack_table=PackTable.CLAIMS,
        evidence=(Evidence.CASES_OF_PROGRAMME,),
        rests_on=("claims",),
    ),
    Measure(
        code=MeasureCode.CASES,
        label=_("Kasus klaim, semua program"),
        meaning=_("Jumlah kasus semua program, bila jumlah kasus setiap program tersedia."),
        numerator=_("jumlah CLM-02"),
        denominator=_("tidak ada"),
        unit=Unit.CASES,
        direction=Direction.NEUTRAL,
        window=Window.FISCAL_YEAR,
        section=MeasureSection.CLAIMS,
        compute=claim_cases_total,
        pack_table=PackTable.CLAIMS,
        parts=(MeasurePart(MeasureCode.CASES_BY_PROGRAMME),),
        rests_on=("claims",),
    ),
    Measure(
        code=MeasureCode.CLAIMS_BY_KIND,
        label=_("Klaim menurut bentuk manfaat"),
        meaning=_(
            "Nilai klaim menurut bentuk manfaat: uang tunai, pelayanan, dan kewajiban tahun-tahun berikut."
        ),
        numerator=_("jumlah klaim menurut tanggal bayar atau tanggal penetapan kewajiban"),
        denominator=_("tidak ada"),
        unit=Unit.RUPIAH,
        direction=Direction.NEUTRAL,
        window=Window.FISCAL_YEAR,
        section=MeasureSection.CLAIMS,
        compute=claim_kinds,
        evidence=(Evidence.CLAIMS_OF_KIND,),
        rests_on=("claims",),
    ),
)
