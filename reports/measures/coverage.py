"""Measures of who is covered, of all workers and by segment, and of what is missing to the targets."""

from collections.abc import Iterable
from functools import lru_cache

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from participants.enums import CountedSegment
from participants.pace import needed_members
from reports.enums import Direction, Unit, Window
from reports.measures.codes import MeasureCode
from reports.measures.evidence import Evidence
from reports.measures.measure import Measure, MeasurePart, MeasureSection, PackTable
from reports.measures.quantities import CoveragePair, Quantities
from reports.measures.result import MeasureResult, result_of


def coverage(q: Quantities) -> Iterable[MeasureResult]:
    """Of what is no whole only the members that are known: a percentage would look like a fall."""
    if q.coverage is not None:
        yield _result_of_pair(q.coverage)


def coverage_by_segment(q: Quantities) -> Iterable[MeasureResult]:
    for segment, pair in q.segment_coverage.items():
        yield _result_of_pair(pair, segment)
    for segment, members in q.members.items():
        if segment not in q.segment_coverage and segment != CountedSegment.ALL:
            yield result_of(members, segment=segment, basis=str(_("penyebut segmen ini belum ada")))


def _result_of_pair(pair: CoveragePair, segment: str = "") -> MeasureResult:
    summed = pair.eligible if pair.is_uneven and pair.members.reported is None else pair.members
    return MeasureResult(
        numerator=pair.members.value,
        denominator=pair.eligible.value if pair.is_whole else None,
        segment=segment,
        reported=summed.reported,
        expected=summed.expected,
        basis=_divided_by(pair.basis, get_language()),
        missing=pair.missing,
        partial=pair.partial,
    )


@lru_cache(maxsize=1024)
def _divided_by(basis: str, _language: str | None) -> str:
    """A rebuild says it a million times."""
    return gettext("penyebut: %(basis)s") % {"basis": basis}


def gap(q: Quantities) -> Iterable[MeasureResult]:
    if q.coverage is not None and q.coverage.is_whole:
        covered, eligible = q.coverage.members, q.coverage.eligible
        basis = _divided_by(q.coverage.basis, get_language())
        yield result_of(covered, value=eligible.value - covered.value, basis=basis)


def gap_to_targets(q: Quantities) -> Iterable[MeasureResult]:
    if q.coverage is None or not q.coverage.is_whole:
        return
    covered, eligible = q.coverage.members, q.coverage.eligible
    for frame, target in q.targets.items():
        needed = needed_members(target.percent, eligible.value) - covered.value
        yield result_of(covered, value=needed, denominator=eligible.value, target=frame, basis=target.words)


_ELIGIBLE = _("jumlah pekerja menurut data resmi terbaru, yang tahun datanya tidak melewati tahun laporan")

DECLARED = (
    Measure(
        code=MeasureCode.COVERAGE,
        label=_("Universal Coverage Jamsostek (UCJ)"),
        meaning=_(
            "Persentase pekerja, atau angkatan kerja sesuai penyebut yang digunakan, yang terlindungi "
            "jaminan sosial "
            "ketenagakerjaan sebagai peserta aktif."
        ),
        numerator=_("peserta aktif BPJS Ketenagakerjaan pada bulan itu, segmen menurut definisi cakupan"),
        denominator=_ELIGIBLE,
        unit=Unit.PERCENT,
        direction=Direction.UP,
        window=Window.MONTH,
        section=MeasureSection.COVERAGE,
        compute=coverage,
        pack_table=PackTable.COVERAGE,
        evidence=(Evidence.COVERAGE,),
        rests_on=("coverage",),
    ),
    Measure(
        code=MeasureCode.SEGMENT_COVERAGE,
        label=_("UCJ per segmen"),
        meaning=_("UCJ PU, BPU, Jakon, dan PMI, masing-masing terhadap pekerja segmennya sendiri."),
        numerator=_("peserta aktif segmen itu pada bulan itu"),
        denominator=_(
            "jumlah pekerja segmen itu menurut data resmi; bila tidak tersedia, hanya jumlah peserta yang "
            "dicantumkan"
        ),
        unit=Unit.PERCENT,
        direction=Direction.UP,
        window=Window.MONTH,
        section=MeasureSection.COVERAGE,
        compute=coverage_by_segment,
        pack_table=PackTable.SEGMENTS,
        evidence=(Evidence.SEGMENT,),
    ),
    Measure(
        code=MeasureCode.UNCOVERED,
        label=_("Belum terlindungi"),
        meaning=_("Jumlah pekerja yang belum terlindungi."),
        numerator=_("jumlah pekerja dikurangi peserta aktif"),
        denominator=_("tidak ada"),
        unit=Unit.PEOPLE,
        direction=Direction.DOWN,
        window=Window.MONTH,
        section=MeasureSection.COVERAGE,
        compute=gap,
        pack_table=PackTable.COVERAGE,
        parts=(MeasurePart(MeasureCode.COVERAGE),),
        rests_on=("coverage",),
    ),
    Measure(
        code=MeasureCode.GAP_TO_TARGET,
        label=_("Kekurangan terhadap target"),
        meaning=_(
            "Jumlah pekerja yang masih harus menjadi peserta aktif agar target tercapai; "
            "negatif berarti terlampaui."
        ),
        numerator=_("jumlah pekerja dikali persentase target, dibulatkan ke atas, dikurangi peserta aktif"),
        denominator=_("tidak ada"),
        unit=Unit.PEOPLE,
        direction=Direction.DOWN,
        window=Window.MONTH,
        section=MeasureSection.COVERAGE,
        compute=gap_to_targets,
        pack_table=PackTable.TARGETS,
        parts=(MeasurePart(MeasureCode.COVERAGE),),
        evidence=(Evidence.TARGET,),
        rests_on=("coverage",),
    ),
)
