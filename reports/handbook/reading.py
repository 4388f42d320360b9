"""What readers of figures do: tasks, boards, where a figure comes from, the meeting, documents."""

from django.utils.translation import gettext_lazy as _

from regions.roles import Permission
from reports.handbook.chapter import Chapter, HandbookStep, Proof

SEE_TASKS = Chapter(
    key="tugas",
    title=_("Cara melihat apa yang menunggu Anda"),
    aim=_("Tidak ada bulan, daftar, atau pertanyaan yang terlewat."),
    page="inbox",
    permission=Permission.VIEW_COVERAGE,
    seen="inbox",
    picture="tugas",
    taken=("siti", "/tugas/"),
    steps=(
        HandbookStep(
            _("Tekan %(press)s di kanan atas; ada di setiap halaman."), press=_("Tugas"), place="home"
        ),
        HandbookStep(
            _(
                "Yang terlambat berada di atas. Setiap baris menyebut apa yang harus dilakukan, oleh "
                "siapa, dan sampai kapan."
            )
        ),
        HandbookStep(_("Tekan barisnya untuk langsung ke halaman tempat mengerjakannya.")),
    ),
)
READ_THE_BOARD = Chapter(
    key="papan",
    title=_("Cara membaca papan cakupan"),
    aim=_("Dalam satu menit Anda tahu di mana kesenjangannya."),
    page="region_board",
    permission=Permission.VIEW_COVERAGE,
    seen="region_board",
    picture="papan",
    taken=("dewi", "/wilayah/36.72/"),
    steps=(
        HandbookStep(
            _("Tekan %(press)s di menu. Kalimat teratas menyimpulkan bulan itu."),
            press=_("Cakupan"),
            place="home",
        ),
        HandbookStep(
            _("Turun dari nasional ke provinsi, lalu ke kabupaten atau kota, dengan menekan nama wilayah.")
        ),
        HandbookStep(
            _(
                "Huruf di samping angka menyebut kelengkapannya; “belum utuh” berarti ada segmen "
                "yang belum dilaporkan."
            )
        ),
        HandbookStep(
            _("Tekan %(press)s untuk kartu gambar dan tiga kalimat yang siap dikirim lewat WhatsApp."),
            press=_("Bagikan"),
            place="region_board",
        ),
    ),
)
READ_AN_ORIGIN = Chapter(
    key="asal-angka",
    title=_("Cara membuka asal sebuah angka"),
    aim=_("Setiap angka dapat Anda pertanggungjawabkan: rumus, baris, dan sumbernya."),
    page="region_board",
    permission=Permission.VIEW_DRAFTS,
    seen="explanation",
    picture="asal-angka",
    taken=("dewi", "/angka/36.72/2025-07/COV-01/"),
    steps=(
        HandbookStep(_("Di papan cakupan, tekan angka yang bergaris bawah, misalnya UCJ.")),
        HandbookStep(
            _("Baca %(press)s: pembilang, penyebut, dan hasil baginya."),
            press=_("Rumus dan angkanya"),
            place="explanation",
        ),
        HandbookStep(_("Di bawahnya ada setiap baris data dengan sumber, tanggal, dan nama pencatatnya.")),
    ),
)
MAKE_A_PACK = Chapter(
    key="paket",
    title=_("Cara membuat paket monev"),
    aim=_("PDF, Excel, Word, dan PowerPoint dengan angka yang sama, siap dibawa ke rapat."),
    page="pack_make",
    permission=Permission.MAKE_PACK,
    proof=Proof.PACK_ASKED,
    picture="paket",
    taken=("anton", "/paket/buat/"),
    steps=(
        HandbookStep(
            _("Buka %(page)s, lalu tekan %(press)s."),
            page="pack_list",
            press=_("Buat paket"),
            place="pack_list",
        ),
        HandbookStep(
            _("Pilih wilayah, periode, dan bahasa berkas, lalu tekan %(press)s."),
            press=_("Lanjut ke isi teks"),
            place="pack_make",
        ),
        HandbookStep(
            _("Periksa regulasi, kendala, dan penanda tangan di halaman berikutnya, lalu buat paketnya.")
        ),
        HandbookStep(_("Unduh berkas yang diperlukan. Selama bulannya belum ditutup, paket bertanda draf.")),
        HandbookStep(_("Kode di kaki setiap halaman dapat diperiksa siapa pun di /verifikasi/.")),
    ),
)
MEETING = Chapter(
    key="rapat",
    title=_("Cara memakai mode rapat"),
    aim=_("Satu pertanyaan pada satu layar, untuk ruang rapat."),
    page="meeting",
    permission=Permission.VIEW_COVERAGE,
    seen="meeting",
    picture="rapat",
    taken=("ratna", "/wilayah/36/rapat/?tanya=3"),
    steps=(
        HandbookStep(_("Di papan cakupan, tekan %(press)s."), press=_("Mode rapat"), place="region_board"),
        HandbookStep(
            _("Tekan %(press)s atau tombol panah untuk pertanyaan berikutnya."),
            press=_("Berikutnya"),
            place="meeting",
        ),
        HandbookStep(_("Hanya bulan yang sudah ditutup yang tampil bagi pimpinan.")),
    ),
)
CHECK_A_DOCUMENT = Chapter(
    key="periksa-dokumen",
    title=_("Cara memeriksa keaslian sebuah laporan"),
    aim=_("Anda tahu apakah laporan di tangan Anda asli dan angkanya masih berlaku."),
    page="verify_index",
    permission=Permission.VIEW_COVERAGE,
    seen="verify_index",
    steps=(
        HandbookStep(
            _("Ketik kode dari kaki halaman laporan, lalu tekan %(press)s."),
            press=_("Periksa kode"),
            place="verify_index",
        ),
        HandbookStep(
            _("Atau pilih berkasnya dan tekan %(press)s; berkas tidak disimpan."),
            press=_("Periksa berkas"),
            place="verify_index",
        ),
    ),
)
READ_THE_LOG = Chapter(
    key="log",
    title=_("Cara membaca log aktivitas"),
    aim=_("Siapa melakukan apa, di mana, dan kapan."),
    page="ledger",
    permission=Permission.VIEW_LEDGER,
    seen="ledger",
    steps=(
        HandbookStep(
            _("Buka %(page)s, isi orang, wilayah, atau bulan yang dicari, lalu tekan %(press)s."),
            page="ledger",
            press=_("Saring"),
            place="ledger",
        ),
        HandbookStep(_("Setiap baris menyebut nilai sebelum dan sesudahnya.")),
    ),
)
VIEWER = (READ_THE_BOARD, MEETING, CHECK_A_DOCUMENT)
AUDITOR = (READ_AN_ORIGIN, READ_THE_LOG, CHECK_A_DOCUMENT)
