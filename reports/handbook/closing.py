"""What a branch head does: verify, close, agree with the region, report; and what an administrator "
"prepares."""

from django.utils.translation import gettext_lazy as _

from regions.month_steps import CLOSE, RETURN, VERIFY
from regions.roles import Permission
from reports.handbook.chapter import Chapter, HandbookStep, Proof
from reports.handbook.reading import MAKE_A_PACK, READ_THE_LOG, SEE_TASKS

VERIFY_MONTH = Chapter(
    key="verifikasi",
    title=_("Cara memverifikasi atau mengembalikan bulan"),
    aim=_("Angka yang diajukan Pemda diperiksa oleh kantor cabang."),
    page="month_matrix",
    permission=Permission.VERIFY_MONTH,
    proof=Proof.MONTH_VERIFIED,
    picture="matriks",
    taken=("anton", "/bulan/"),
    steps=(
        HandbookStep(_("Buka %(page)s dan pilih bulan yang diajukan."), page="month_matrix"),
        HandbookStep(
            _("Bandingkan dengan bulan sebelumnya; setiap angka dapat dibuka sampai ke baris asalnya.")
        ),
        HandbookStep(_("Bila benar, tekan %(press)s."), press=VERIFY),
        HandbookStep(_("Bila salah, tulis apa yang salah lalu tekan %(press)s."), press=RETURN),
    ),
)
CLOSE_MONTH = Chapter(
    key="tutup",
    title=_("Cara menutup bulan"),
    aim=_("Angkanya tetap; pimpinan dan laporan resmi memakainya."),
    page="month_matrix",
    permission=Permission.VERIFY_MONTH,
    proof=Proof.MONTH_CLOSED,
    steps=(
        HandbookStep(_("Buka %(page)s dan pilih bulan yang sudah diverifikasi."), page="month_matrix"),
        HandbookStep(
            _("Tekan %(press)s. Setelah itu tidak ada yang diisi tanpa permintaan buka kembali."), press=CLOSE
        ),
        HandbookStep(_("Berita acara penutupan dapat dibuat dari halaman bulan itu.")),
    ),
)
RECONCILE = Chapter(
    key="rekonsiliasi",
    title=_("Cara merekonsiliasi data dengan Pemda"),
    aim=_("Nama dan iuran kedua pihak dicocokkan dan disepakati dalam berita acara."),
    page="reconciliation_list",
    permission=Permission.ENTER_CONTRIBUTION,
    proof=Proof.RECONCILED,
    picture="rekonsiliasi",
    taken=("anton", "/rekonsiliasi/buat/"),
    steps=(
        HandbookStep(
            _("Buka %(page)s, lalu tekan %(press)s."),
            page="reconciliation_list",
            press=_("Buat rekonsiliasi"),
            place="reconciliation_list",
        ),
        HandbookStep(
            _("Pilih bulan dan berkas peserta dari cabang, lalu tekan %(press)s."),
            press=_("Bandingkan"),
            place="reconciliation_make",
        ),
        HandbookStep(
            _(
                "Tulis apa yang disepakati tentang selisihnya; kedua pihak menyetujui, lalu cetak "
                "berita acara."
            )
        ),
    ),
)
PREPARE = Chapter(
    key="persiapan",
    title=_("Cara menyiapkan wilayah sampai dapat menutup bulan pertama"),
    aim=_("Orang, penyebut, dan aturan bulan lengkap."),
    page="preparation",
    permission=Permission.MANAGE_USERS,
    proof=Proof.PREPARED,
    picture="persiapan",
    taken=("admin", "/persiapan/"),
    steps=(
        HandbookStep(_("Buka %(page)s."), page="preparation"),
        HandbookStep(_("Setiap baris yang belum ada disertai tautan untuk melengkapinya.")),
    ),
)
INVITE = Chapter(
    key="undang",
    title=_("Cara mengundang orang"),
    aim=_("Setiap orang memiliki akun sendiri dengan peran dan wilayahnya."),
    page="user_invite",
    permission=Permission.MANAGE_USERS,
    proof=Proof.PERSON_INVITED,
    steps=(
        HandbookStep(
            _("Buka %(page)s, lalu tekan %(press)s."),
            page="user_list",
            press=_("Undang orang"),
            place="user_list",
        ),
        HandbookStep(
            _("Isi nama, peran, dan tempatnya, lalu tekan %(press)s."),
            press=_("Buat undangan"),
            place="user_invite",
        ),
        HandbookStep(_("Tautannya berlaku sekali. Kirim lewat surel, atau salin dan kirim sendiri.")),
    ),
)
BRANCH_HEAD = (SEE_TASKS, VERIFY_MONTH, CLOSE_MONTH, RECONCILE, MAKE_A_PACK)
ADMINISTRATOR = (PREPARE, INVITE, READ_THE_LOG)
