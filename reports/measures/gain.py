"""Measures of what a gain of coverage cost, compared with December of the year before."""

from collections.abc import Iterable
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from regions.rate import rate_of
from reports.enums import Direction, Unit, Window
from reports.measures.codes import MeasureCode
from reports.measures.measure import BoardLine, Measure, MeasurePart, MeasureSection, Moment
from reports.measures.quantities import CoveragePair, Quantities
from reports.measures.result import MeasureResult, total_of


def cost_per_worker(q: Quantities) -> Iterable[MeasureResult]:
    for paid, before, now in _compared(q):
        gained = now.members.value - before.members.value
        if gained > 0:
            yield replace(paid, denominator=gained)


def cost_per_point(q: Quantities) -> Iterable[MeasureResult]:
    for paid, before, now in _compared(q):
        rates = [rate_of(pair.members.value, pair.eligible.value) for pair in (before, now)]
        if rates[0] is not None and rates[1] is not None and rates[1] > rates[0]:
            yield replace(paid, denominator=int((rates[1] - rates[0]).scaleb(2)))


def _compared(q: Quantities) -> Iterable[tuple[MeasureResult, CoveragePair, CoveragePair]]:
    """What was paid this year, coverage before it and now, where all three are known of as many regions."""
    if not q.realised or q.year_end is None or q.coverage is None:
        return
    if not (q.year_end.is_whole and q.coverage.is_whole):
        return
    paid, told = total_of(q, "realised"), q.coverage.members.reported
    if q.year_end.members.reported == told and paid.reported in (None, told or paid.expected):
        yield paid, q.year_end, q.coverage


_BEFORE = MeasurePart(MeasureCode.COVERAGE, Moment.YEAR_END)

DECLARED = (
    Measure(
        code=MeasureCode.COST_PER_WORKER,
        label=_("Realisasi per tambahan peserta aktif"),
        meaning=_("Realisasi tahun itu dibagi tambahan peserta aktif sejak Desember tahun sebelumnya."),
        numerator=_("realisasi (BUD-02)"),
        denominator=_("peserta aktif bulan itu dikurangi peserta aktif Desember tahun sebelumnya"),
        unit=Unit.RUPIAH_PER_PERSON,
        direction=Direction.DOWN,
        window=Window.FISCAL_YEAR,
        section=MeasureSection.BUDGET,
        compute=cost_per_worker,
        shown=BoardLine(_("peserta aktif bertambah %(n)s sejak %(year_end)s")),
        parts=(MeasurePart(MeasureCode.REALISED), MeasurePart(MeasureCode.COVERAGE), _BEFORE),
        rests_on=("realised", "coverage"),
    ),
    Measure(
        code=MeasureCode.COST_PER_POINT,
        label=_("Realisasi per poin persentase UCJ"),
        meaning=_(
            "Realisasi tahun itu dibagi kenaikan UCJ sejak Desember tahun sebelumnya, per poin persentase."
        ),
        numerator=_("realisasi (BUD-02)"),
        denominator=_("UCJ bulan itu dikurangi UCJ Desember tahun sebelumnya, dalam poin persentase"),
        unit=Unit.RUPIAH_PER_POINT,
        direction=Direction.DOWN,
        window=Window.FISCAL_YEAR,
        section=MeasureSection.BUDGET,
        compute=cost_per_point,
        shown=BoardLine(_("UCJ naik %(n)s sejak %(year_end)s")),
        parts=(MeasurePart(MeasureCode.REALISED), MeasurePart(MeasureCode.COVERAGE), _BEFORE),
        rests_on=("realised", "coverage"),
    ),
)
