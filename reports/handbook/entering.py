"""What whoever enters and checks a region's figures does: the officer and the verifier."""

from django.utils.translation import gettext_lazy as _

from regions.month_steps import COMPLETE, SUBMIT
from regions.roles import Permission
from reports.handbook.chapter import Chapter, HandbookStep, Proof
from reports.handbook.reading import MAKE_A_PACK, READ_AN_ORIGIN, SEE_TASKS

UPLOAD = Chapter(
    key="unggah",
    title=_("Cara mengunggah daftar peserta, misalnya daftar Linmas"),
    aim=_("Daftar nama dari kelurahan atau perangkat daerah masuk ke sistem tanpa diketik ulang."),
    page="batch_send",
    permission=Permission.ENTER_PERSONS,
    proof=Proof.LIST_SENT,
    for_bound=True,
    picture="unggah",
    taken=("wayan", "/kiriman/kirim/"),
    steps=(
        HandbookStep(
            _("Buka %(page)s, lalu tekan %(press)s."),
            page="batch_list",
            press=_("Kirim daftar"),
            place="batch_list",
        ),
        HandbookStep(
            _(
                "Pilih berkas apa adanya (xlsx, xls, ods, atau csv). Judul dan baris jumlah tidak "
                "perlu dihapus."
            )
        ),
        HandbookStep(
            _(
                "Isi wilayah, kategori, sumber dana, bulan, dan sumbernya (misalnya nomor SK), lalu tekan "
                "%(press)s."
            ),
            press=_("Kirim dan periksa"),
            place="batch_send",
        ),
        HandbookStep(
            _("Belum memiliki daftar? Di halaman yang sama, tekan %(press)s dan isi dengan Excel."),
            press=_("Unduh daftar kosong"),
            place="batch_send",
        ),
        HandbookStep(_("Tidak ada yang tersimpan sebelum Anda menyetujuinya di langkah berikutnya.")),
    ),
)
MEND = Chapter(
    key="perbaiki",
    title=_("Cara memperbaiki baris yang salah dan menyimpan daftar"),
    aim=_("Baris yang baik tersimpan; baris yang salah diperbaiki atau dikembalikan kepada pengirimnya."),
    page="batch_list",
    permission=Permission.ENTER_PERSONS,
    proof=Proof.LIST_STORED,
    for_bound=True,
    picture="perbaiki",
    taken=("wayan", "/kiriman/1/"),
    steps=(
        HandbookStep(_("Buka %(page)s dan pilih unggahan Anda."), page="batch_list"),
        HandbookStep(
            _("Baca %(press)s: setiap sebab disertai jumlah baris dan cara memperbaikinya."),
            press=_("Yang perlu diperbaiki"),
            place="batch_detail",
        ),
        HandbookStep(
            _(
                "Tekan tombol Perbaiki … baris dalam satu tabel. Ketik atau tempel isian yang benar; "
                "setiap sel dinilai saat itu juga."
            )
        ),
        HandbookStep(
            _("Baris yang tidak dapat diperbaiki sendiri: pilih %(press)s dan kirim kepada pengirimnya."),
            press=_("Unduh berkas bertanda untuk pengirimnya"),
            place="batch_detail",
        ),
        HandbookStep(
            _("Tekan tombol Simpan … baris baik. Baris yang belum diperbaiki tetap menunggu di sini.")
        ),
    ),
)
ENTER_MONTH = Chapter(
    key="isi-bulan",
    title=_("Cara mengisi angka satu bulan"),
    aim=_("Peserta aktif per segmen dan peserta per kategori tercatat untuk bulan itu."),
    page="month_entry_index",
    permission=Permission.ENTER_HEADCOUNT,
    proof=Proof.MONTH_ENTERED,
    for_bound=True,
    picture="isi-bulan",
    taken=("wayan", "/isian/"),
    steps=(
        HandbookStep(
            _("Buka %(page)s; bulan terakhir yang sudah berakhir langsung tampil."), page="month_entry_index"
        ),
        HandbookStep(
            _(
                "Ketik angkanya, atau salin kolom dari Excel dan tempel di sel pertama. Setiap baris "
                "tersimpan sendiri."
            )
        ),
        HandbookStep(
            _(
                "Sel yang memang kosong: buka “Rincian” pada barisnya dan pilih alasannya. Isi 0 hanya bila "
                "memang tidak ada orangnya."
            )
        ),
        HandbookStep(
            _("Angka yang jauh berbeda dari bulan sebelumnya diberi tanda. Periksa kelebihan angka nol.")
        ),
        HandbookStep(
            _("Lanjutkan dengan tombol %(press)s."), press=_("Iuran dan klaim"), place="month_entry_grid"
        ),
    ),
)
COMPLETE_MONTH = Chapter(
    key="lengkap",
    title=_("Cara menyatakan bulan lengkap"),
    aim=_("Verifikator tahu bahwa bulan itu siap diperiksa."),
    page="month_matrix",
    permission=Permission.COMPLETE_MONTH,
    proof=Proof.MONTH_COMPLETED,
    picture="bulan",
    taken=("wayan", "/bulan/"),
    steps=(
        HandbookStep(_("Buka %(page)s dan pilih bulan wilayah Anda."), page="month_matrix"),
        HandbookStep(
            _("Periksa apakah masih ada yang belum dilaporkan; halaman itu menyebutnya satu per satu.")
        ),
        HandbookStep(
            _("Di bagian %(press)s, tulis catatan bila perlu."),
            press=_("Langkah berikutnya"),
            place="month_page",
        ),
        HandbookStep(_("Tekan %(press)s."), press=COMPLETE),
    ),
)
SUBMIT_MONTH = Chapter(
    key="ajukan",
    title=_("Cara memeriksa dan mengajukan bulan"),
    aim=_("Angka bulan itu diperiksa orang kedua sebelum sampai ke kantor cabang."),
    page="month_matrix",
    permission=Permission.SUBMIT_MONTH,
    proof=Proof.MONTH_SUBMITTED,
    picture="bulan",
    steps=(
        HandbookStep(_("Buka %(page)s dan pilih bulan yang sudah dinyatakan lengkap."), page="month_matrix"),
        HandbookStep(
            _("Bandingkan setiap angka dengan bulan sebelumnya. Angka bergaris bawah menunjukkan asalnya.")
        ),
        HandbookStep(
            _("Bila ada yang salah, kembalikan ke draf dengan catatan; operator melihatnya di halaman Tugas.")
        ),
        HandbookStep(
            _("Bila benar, tekan %(press)s. Setelah itu bulan terkunci bagi pengisian."), press=SUBMIT
        ),
    ),
)
DECIDE_DUPLICATES = Chapter(
    key="data-ganda",
    title=_("Cara memutuskan data ganda"),
    aim=_("Satu orang tercatat sekali, sehingga iurannya tidak dibayar dua kali."),
    page="duplicate_list",
    permission=Permission.DECIDE_PERSONS,
    proof=Proof.DUPLICATE_DECIDED,
    steps=(
        HandbookStep(
            _("Buka %(page)s. Bila kosong, pilih wilayah lalu tekan %(press)s."),
            page="duplicate_list",
            press=_("Cari data ganda"),
            place="duplicate_list",
        ),
        HandbookStep(_("Buka satu pasang dan bandingkan NIK, nama, tanggal lahir, dan kepesertaannya.")),
        HandbookStep(_("Gabungkan bila satu orang, atau nyatakan berbeda. Penggabungan dapat dibatalkan.")),
    ),
)
OPERATOR = (UPLOAD, MEND, ENTER_MONTH, READ_AN_ORIGIN, COMPLETE_MONTH)
SUPERVISOR = (SEE_TASKS, DECIDE_DUPLICATES, SUBMIT_MONTH, READ_AN_ORIGIN, MAKE_A_PACK)
