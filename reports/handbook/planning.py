"""What a planner does: from the gap to a plan, its money and the paper for the meeting."""

from django.utils.translation import gettext_lazy as _

from regions.roles import Permission
from reports.handbook.chapter import Chapter, HandbookStep, Proof
from reports.handbook.reading import MAKE_A_PACK, READ_AN_ORIGIN, READ_THE_BOARD

SEE_THE_NEED = Chapter(
    key="kebutuhan",
    title=_("Cara melihat siapa yang belum terlindungi dan biayanya"),
    aim=_(
        "Jumlah pekerja rentan yang belum terlindungi, per kategori, dengan biaya sebulan dan sampai "
        "Desember."
    ),
    page="category_need",
    permission=Permission.VIEW_COVERAGE,
    seen="category_need",
    picture="kebutuhan",
    taken=("dewi", "/wilayah/36.72/kebutuhan/"),
    steps=(
        HandbookStep(
            _("Di papan cakupan, buka tab Kategori, lalu tekan %(press)s."),
            press=_("Kebutuhan per kategori: siapa yang belum terlindungi"),
            place="region_tab",
        ),
        HandbookStep(
            _("Kategori yang jumlah pekerjanya belum diketahui: catat melalui %(press)s."),
            press=_("Daftar jumlah pekerja"),
            place="category_need",
        ),
        HandbookStep(
            _("Lihat juga %(press)s: perlindungan siapa yang berakhir dalam dua belas bulan."),
            press=_("Akhir perlindungan"),
            place="category_need",
        ),
    ),
)
RECORD_A_BUDGET = Chapter(
    key="pagu",
    title=_("Cara mencatat pagu dan tahapnya"),
    aim=_("Murni, pergeseran, dan perubahan tercatat sebagai tahap satu baris anggaran."),
    page="allocation_list",
    permission=Permission.ENTER_BUDGET,
    proof=Proof.BUDGET_RECORDED,
    picture="pagu",
    taken=("dewi", "/anggaran/"),
    steps=(
        HandbookStep(
            _("Buka %(page)s, lalu tekan %(press)s."),
            page="allocation_list",
            press=_("Catat baris baru"),
            place="allocation_list",
        ),
        HandbookStep(
            _(
                "Isi wilayah, tahun, kategori, sumber dana, dan tahapnya. Tahap berikutnya dicatat "
                "pada baris yang sama."
            )
        ),
        HandbookStep(_("Halaman itu langsung menyebut berapa bulan yang masih dapat dibiayai.")),
    ),
)
MAKE_A_PLAN = Chapter(
    key="rencana",
    title=_("Cara menyusun rencana tahun depan"),
    aim=_(
        "Siapa yang dibiayai, berapa bulan, dari dana mana, dalam batas pagu; siap menjadi lampiran "
        "usulan anggaran."
    ),
    page="plan_list",
    permission=Permission.ENTER_BUDGET,
    proof=Proof.PLAN_MADE,
    picture="rencana",
    taken=("dewi", "/rencana/baru/?wilayah=36.72&tahun=2027"),
    steps=(
        HandbookStep(
            _("Buka %(page)s, lalu tekan %(press)s."),
            page="plan_list",
            press=_("Buat rencana"),
            place="plan_list",
        ),
        HandbookStep(
            _(
                "Pilih wilayah dan tahun; isi pagu atau target, sumber dana, dan kategori; lalu tekan "
                "%(press)s."
            ),
            press=_("Hitung rencana"),
            place="plan_create",
        ),
        HandbookStep(
            _(
                "Hasilnya menyebut pagu mana yang habis, dan di bagian “Bila pagunya lain” berapa orang "
                "terjangkau dengan pagu yang lebih kecil atau lebih besar."
            )
        ),
        HandbookStep(_("Unduh lampiran anggaran dalam Excel atau Word dari halaman rencana.")),
    ),
)
PLANNER = (READ_THE_BOARD, READ_AN_ORIGIN, SEE_THE_NEED, RECORD_A_BUDGET, MAKE_A_PLAN, MAKE_A_PACK)
