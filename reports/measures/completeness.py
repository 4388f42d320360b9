"""How much of what a month asks for was reported."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from reports.enums import Direction, Unit, Window
from reports.measures.codes import MeasureCode
from reports.measures.evidence import Evidence
from reports.measures.measure import Measure, MeasureSection
from reports.measures.quantities import Quantities
from reports.measures.result import MeasureResult


def completeness(q: Quantities) -> Iterable[MeasureResult]:
    yield MeasureResult(q.complete, q.complete_of)


DECLARED = (
    Measure(
        code=MeasureCode.COMPLETENESS,
        label=_("Kelengkapan laporan"),
        meaning=_("Persentase laporan yang sudah masuk dari lima laporan setiap kabupaten/kota."),
        numerator=_("laporan yang ada: peserta aktif, jumlah pekerja, orang per kategori, iuran, klaim"),
        denominator=_("lima laporan dikali jumlah kabupaten/kota"),
        unit=Unit.PERCENT,
        direction=Direction.UP,
        window=Window.MONTH,
        section=MeasureSection.COMPLETENESS,
        compute=completeness,
        evidence=(Evidence.REPORTS,),
        rests_on=("reports",),
    ),
)
