"""Every measure of the house, declared once; the page of definitions is rendered from here.

A measure turns the quantities of one region and month (`reports.quantities.Quantities`) into figures.
It adds and subtracts; the only division is the generated column of `MeasureValue`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from participants.enums import CountedSegment
from reports.enums import Direction, Unit, Window
from reports.quantities import Amount, Quantities

# Raised by hand whenever a measure or the gathering of its quantities computes something else.
COMPUTATION_VERSION = "2026.11.3"


@dataclass(frozen=True)
class Figure:
    """One value before it is stored; `basis` fills the definition's blanks."""

    numerator: int
    denominator: int | None = None
    segment: str = ""
    category: str = ""
    funding: str = ""
    target: str = ""
    reported: int | None = None
    expected: int | None = None
    basis: str = ""


@dataclass(frozen=True)
class Measure:
    """`code` is cited in letters and reports, so it is never used again for something else."""

    code: str
    label: str | Promise
    meaning: str | Promise
    numerator: str | Promise
    denominator: str | Promise
    unit: Unit
    direction: Direction
    window: Window
    figures: Callable[[Quantities], Iterable[Figure]]


def _coverage(q: Quantities) -> Iterable[Figure]:
    if q.coverage is not None:
        covered, eligible = q.coverage.members, q.coverage.eligible
        yield Figure(
            covered.value,
            eligible.value,
            reported=covered.reported,
            expected=covered.expected,
            basis=q.coverage.basis,
        )


def _coverage_by_segment(q: Quantities) -> Iterable[Figure]:
    for segment, pair in q.segment_coverage.items():
        yield _of(
            pair.members,
            denominator=pair.eligible.value,
            segment=segment,
            basis=pair.basis,
        )
    for segment, members in q.members.items():
        if segment not in q.segment_coverage and segment != CountedSegment.ALL:
            yield _of(members, segment=segment, basis=str(_("penyebut segmen ini belum ada")))


def _gap(q: Quantities) -> Iterable[Figure]:
    if q.coverage is not None:
        covered, eligible = q.coverage.members, q.coverage.eligible
        yield _of(covered, value=eligible.value - covered.value, basis=q.coverage.basis)


def _gap_to_targets(q: Quantities) -> Iterable[Figure]:
    if q.coverage is None:
        return
    covered, eligible = q.coverage.members, q.coverage.eligible
    for frame, target in q.targets.items():
        needed = people_for(target.percent, eligible.value) - covered.value
        yield _of(covered, value=needed, denominator=eligible.value, target=frame, basis=target.words)


def people_for(percent: Decimal, eligible: int) -> int:
    """The least number of members with which coverage reaches a target percent."""
    return int((percent * eligible / 100).to_integral_value(ROUND_CEILING))


def _funded(q: Quantities) -> Iterable[Figure]:
    for (category, funding), people in q.funded.items():
        yield _of(people, category=category, funding=funding)


def _funded_total(q: Quantities) -> Iterable[Figure]:
    if q.funded:
        yield _total(q, "funded")


def _contributions(q: Quantities) -> Iterable[Figure]:
    if q.contributions:
        yield _total(q, "contributions")


def _claims(q: Quantities) -> Iterable[Figure]:
    if q.claims:
        yield _total(q, "claims")


def _balance(q: Quantities) -> Iterable[Figure]:
    if q.contributions and q.claims:
        received, paid = _total(q, "contributions"), _total(q, "claims")
        yield replace(_weaker(received, paid), numerator=received.numerator - paid.numerator)


def _claim_ratio(q: Quantities) -> Iterable[Figure]:
    if q.contributions and q.claims:
        received, paid = _total(q, "contributions"), _total(q, "claims")
        weaker = _weaker(received, paid)
        yield replace(weaker, numerator=paid.numerator, denominator=received.numerator)


def _completeness(q: Quantities) -> Iterable[Figure]:
    yield Figure(q.complete, q.complete_of)


def _of(
    amount: Amount,
    *,
    value: int | None = None,
    denominator: int | None = None,
    basis: str = "",
    **dimensions: str,
) -> Figure:
    return Figure(
        numerator=amount.value if value is None else value,
        denominator=denominator,
        reported=amount.reported,
        expected=amount.expected,
        basis=basis,
        **dimensions,
    )


def _total(q: Quantities, name: str) -> Figure:
    amounts: Mapping[object, Amount] = getattr(q, name)
    reported, expected = q.reporters.get(name, (None, None))
    whole = sum(amount.value for amount in amounts.values())
    return Figure(whole, reported=reported, expected=expected)


def _weaker(one: Figure, other: Figure) -> Figure:
    """The figure fewer regions reported; what is made of both rests on no more than that."""
    if one.reported is None or other.reported is None:
        return one if other.reported is None else other
    return min(one, other, key=lambda figure: figure.reported or 0)


_ACTIVE = _("peserta aktif BPJS Ketenagakerjaan pada bulan itu, segmen menurut definisi cakupan")
_ELIGIBLE = _("jumlah pekerja resmi terbaru yang tahunnya tidak melewati bulan itu")
_NONE = _("tidak ada")

MEASURES: dict[str, Measure] = {
    measure.code: measure
    for measure in (
        Measure(
            "COV-01",
            _("Cakupan semesta (UCJ)"),
            _("Berapa persen pekerja yang aktif terlindungi jaminan sosial ketenagakerjaan."),
            _ACTIVE,
            _ELIGIBLE,
            Unit.PERCENT,
            Direction.UP,
            Window.MONTH,
            _coverage,
        ),
        Measure(
            "COV-02",
            _("UCJ per segmen"),
            _("Cakupan PU, BPU, Jakon dan PMI, masing-masing terhadap pekerja segmennya sendiri."),
            _("peserta aktif segmen itu pada bulan itu"),
            _("jumlah pekerja resmi segmen itu; tanpa penyebut hanya jumlah orang yang ditulis"),
            Unit.PERCENT,
            Direction.UP,
            Window.MONTH,
            _coverage_by_segment,
        ),
        Measure(
            "COV-03",
            _("Kesenjangan ke 100 %"),
            _("Berapa orang pekerja yang belum terlindungi."),
            _("jumlah pekerja dikurangi peserta aktif"),
            _NONE,
            Unit.PEOPLE,
            Direction.DOWN,
            Window.MONTH,
            _gap,
        ),
        Measure(
            "COV-04",
            _("Kesenjangan ke target"),
            _("Berapa orang lagi yang harus aktif agar target tercapai; negatif berarti terlampaui."),
            _("target persen kali jumlah pekerja, dibulatkan ke atas, dikurangi peserta aktif"),
            _ELIGIBLE,
            Unit.PEOPLE,
            Direction.DOWN,
            Window.MONTH,
            _gap_to_targets,
        ),
        Measure(
            "CAT-01",
            _("Orang yang dibayari per kategori dan sumber dana"),
            _("Berapa orang dari tiap kategori yang iurannya dibayar tiap sumber dana."),
            _("jumlah orang yang dilaporkan untuk kategori dan sumber dana itu"),
            _NONE,
            Unit.PEOPLE,
            Direction.UP,
            Window.MONTH,
            _funded,
        ),
        Measure(
            "CAT-02",
            _("Orang yang dibayari, semua kategori"),
            _("Jumlah seluruh kategori. Seorang dalam dua kategori terhitung dua kali."),
            _("jumlah seluruh CAT-01"),
            _NONE,
            Unit.PEOPLE,
            Direction.UP,
            Window.MONTH,
            _funded_total,
        ),
        Measure(
            "BAL-01",
            _("Iuran diterima"),
            _("Rupiah iuran yang dibayar sejak Januari sampai akhir bulan itu."),
            _("jumlah iuran menurut tanggal bayar, semua program yang dicatat"),
            _NONE,
            Unit.RUPIAH,
            Direction.UP,
            Window.FISCAL_YEAR,
            _contributions,
        ),
        Measure(
            "BAL-02",
            _("Klaim dibayarkan"),
            _("Rupiah klaim yang dibayarkan sejak Januari sampai akhir bulan itu."),
            _("jumlah klaim menurut tanggal bayar, semua program yang dicatat"),
            _NONE,
            Unit.RUPIAH,
            Direction.NEUTRAL,
            Window.FISCAL_YEAR,
            _claims,
        ),
        Measure(
            "BAL-03",
            _("Saldo iuran dikurangi klaim"),
            _("Positif bila iuran melebihi klaim. Klaim JHT adalah tabungan peserta yang kembali."),
            _("BAL-01 dikurangi BAL-02; dihitung hanya bila keduanya dilaporkan"),
            _NONE,
            Unit.RUPIAH,
            Direction.NEUTRAL,
            Window.FISCAL_YEAR,
            _balance,
        ),
        Measure(
            "BAL-04",
            _("Rasio klaim"),
            _("Berapa persen iuran yang kembali sebagai klaim."),
            _("klaim dibayarkan (BAL-02)"),
            _("iuran diterima (BAL-01)"),
            Unit.PERCENT,
            Direction.NEUTRAL,
            Window.FISCAL_YEAR,
            _claim_ratio,
        ),
        Measure(
            "CMP-01",
            _("Kelengkapan laporan"),
            _("Berapa dari lima laporan bulan itu yang sudah masuk, dijumlahkan ke atas."),
            _("laporan yang ada: peserta aktif, jumlah pekerja, orang per kategori, iuran, klaim"),
            _("lima laporan kali banyaknya kabupaten/kota"),
            Unit.PERCENT,
            Direction.UP,
            Window.MONTH,
            _completeness,
        ),
    )
}


def figures_of(quantities: Quantities) -> list[tuple[Measure, Figure]]:
    return [(measure, figure) for measure in MEASURES.values() for figure in measure.figures(quantities)]
