"""Every measure of the house, declared once; the page of definitions is rendered from here.

What each of them computes stands in `reports.figures`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reports import figures
from reports.enums import Direction, Unit, Window
from reports.figures import Figure
from reports.quantities import Quantities

# Raised by hand whenever a measure or the gathering of its quantities computes something else.
COMPUTATION_VERSION = "2026.11.4"


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
            figures.coverage,
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
            figures.coverage_by_segment,
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
            figures.gap,
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
            figures.gap_to_targets,
        ),
        Measure(
            "CAT-01",
            _("Orang yang dibayari per kategori dan sumber dana"),
            _("Berapa orang dari tiap kategori yang iurannya dibayar tiap sumber dana."),
            _("jumlah orang yang dilaporkan; tanpa laporan, orang yang tercantum dalam daftar nama"),
            _NONE,
            Unit.PEOPLE,
            Direction.UP,
            Window.MONTH,
            figures.funded,
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
            figures.funded_total,
        ),
        Measure(
            "CAT-03",
            _("Orang menurut daftar nama, per kategori dan sumber dana"),
            _("Berapa orang yang tercantum dengan nama, tiap orang sekali dalam tiap kategori."),
            _("orang berbeda yang kepesertaannya meliputi bulan itu"),
            _NONE,
            Unit.PEOPLE,
            Direction.UP,
            Window.MONTH,
            figures.named,
        ),
        Measure(
            "CAT-04",
            _("Selisih laporan dan daftar nama"),
            _("Berapa orang dilaporkan tanpa nama; negatif bila nama lebih banyak daripada laporan."),
            _("jumlah yang dilaporkan dikurangi orang dalam daftar nama, di wilayah yang punya keduanya"),
            _NONE,
            Unit.PEOPLE,
            Direction.NEUTRAL,
            Window.MONTH,
            figures.differences,
        ),
        Measure(
            "CAT-05",
            _("Orang berbeda menurut daftar nama"),
            _("Seorang dalam dua kategori terhitung sekali; dijumlahkan dari tiap kabupaten/kota."),
            _("orang berbeda yang kepesertaannya meliputi bulan itu"),
            _NONE,
            Unit.PEOPLE,
            Direction.UP,
            Window.MONTH,
            figures.persons,
        ),
        Measure(
            "CAT-06",
            _("Pekerja rentan terlindungi menurut daftar nama"),
            _("Orang berbeda dalam kategori pekerja rentan, tiap orang sekali."),
            _("orang berbeda dalam kategori pekerja rentan yang kepesertaannya meliputi bulan itu"),
            _NONE,
            Unit.PEOPLE,
            Direction.UP,
            Window.MONTH,
            figures.vulnerable,
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
            figures.contributions,
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
            figures.claims,
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
            figures.balance,
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
            figures.claim_ratio,
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
            figures.completeness,
        ),
    )
}


def figures_of(quantities: Quantities) -> list[tuple[Measure, Figure]]:
    return [(measure, figure) for measure in MEASURES.values() for figure in measure.figures(quantities)]
