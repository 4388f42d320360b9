from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.IntegerChoices):
    NATION = 0, _("negara")
    PROVINCE = 1, _("provinsi")
    REGENCY = 2, _("kabupaten/kota")
    DISTRICT = 3, _("kecamatan")
    VILLAGE = 4, _("desa/kelurahan")


class RegionKind(models.TextChoices):
    NATION = "negara", _("Negara")
    PROVINCE = "provinsi", _("Provinsi")
    KABUPATEN = "kabupaten", _("Kabupaten")
    KOTA = "kota", _("Kota")
    KABUPATEN_ADMINISTRASI = "kabupaten_administrasi", _("Kabupaten Administrasi")
    KOTA_ADMINISTRASI = "kota_administrasi", _("Kota Administrasi")
    DISTRICT = "kecamatan", _("Kecamatan")
    KELURAHAN = "kelurahan", _("Kelurahan")
    DESA = "desa", _("Desa")
    DESA_ADAT = "desa_adat", _("Desa Adat")


class OfficeKind(models.TextChoices):
    KANWIL = "kanwil", _("Kantor Wilayah")
    KACAB = "kacab", _("Kantor Cabang")


class InstitutionKind(models.TextChoices):
    OPD = "opd", _("Organisasi perangkat daerah")
    DESA = "desa", _("Pemerintah desa")
    KELURAHAN = "kelurahan", _("Kelurahan")
    KPU = "kpu", _("KPU")
    BAWASLU = "bawaslu", _("Bawaslu")
    COMPANY = "perusahaan", _("Perusahaan")
    BAZNAS = "baznas", _("Baznas")
    BUMD = "bumd", _("BUMD")
    BUMDES = "bumdes", _("BUMDes")
    GROUP = "kelompok", _("Kelompok atau wadah")
    OTHER = "lainnya", _("Lainnya")


class Acting(models.TextChoices):
    """In whose stead somebody holds an office for a time; empty for those who hold it themselves."""

    PLT = "plt", _("Plt. (pelaksana tugas)")
    PLH = "plh", _("Plh. (pelaksana harian)")
    PJ = "pj", _("Pj. (penjabat)")


class LinkKind(models.TextChoices):
    INVITATION = "invitation", _("undangan")
    RESET = "reset", _("kata sandi baru")


class LinkState(models.TextChoices):
    """Computed from the dates of an invitation, never stored."""

    OPEN = "open", _("menunggu")
    USED = "used", _("dipakai")
    REVOKED = "revoked", _("dibatalkan")
    EXPIRED = "expired", _("kedaluwarsa")


class Origin(models.TextChoices):
    FORM = "form", _("formulir")
    FILE = "file", _("berkas")
    API = "api", _("API")
    PUBLISHED = "published", _("publikasi resmi atau media")
    EXAMPLE = "example", _("data contoh")


class Verb(models.TextChoices):
    SIGNED_IN = "signed_in", _("masuk")
    SIGN_IN_FAILED = "sign_in_failed", _("gagal masuk")
    SIGNED_OUT = "signed_out", _("keluar")
    PASSWORD_CHANGED = "password_changed", _("mengganti kata sandi")
    RECORDED = "recorded", _("mencatat")
    CORRECTED = "corrected", _("mengoreksi")
    LOADED = "loaded", _("memuat")
    ASSIGNED = "assigned", _("memberi tugas")
    EXPORTED = "exported", _("mengunduh")
    UNMASKED = "unmasked", _("membuka NIK")
    IMPORTED = "imported", _("menyimpan daftar")
    UNDONE = "undone", _("menarik kembali")
    CARRIED = "carried", _("membawa ke bulan berikutnya")
    DROPPED = "dropped", _("membuang baris")
    ENROLLED = "enrolled", _("mendaftarkan")
    ENDED = "ended", _("mengakhiri")
    MERGED = "merged", _("menggabungkan")
    UNMERGED = "unmerged", _("memisahkan")
    KEYS_ROTATED = "keys_rotated", _("mengganti kunci")
    COMPLETED = "completed", _("menyatakan lengkap")
    UNCOMPLETED = "uncompleted", _("mengembalikan ke draf")
    SUBMITTED = "submitted", _("mengajukan")
    VERIFIED = "verified", _("memverifikasi")
    RECONCILED = "reconciled", _("mencocokkan")
    APPROVED = "approved", _("menyetujui")
    RETURNED = "returned", _("mengembalikan")
    CLOSED = "closed", _("menutup")
    REOPENING_ASKED = "reopening_asked", _("meminta dibuka kembali")
    REOPENED = "reopened", _("membuka kembali")
    REOPENING_REFUSED = "reopening_refused", _("menolak membuka kembali")
    RELOCKED = "relocked", _("mengunci kembali")
    READ = "read", _("membaca data")
    REMINDED = "reminded", _("mengingatkan")
    DEFINITION_PROPOSED = "definition_proposed", _("mengusulkan definisi")
    DEFINITION_GRANTED = "definition_granted", _("memberlakukan definisi")
    DEFINITION_REFUSED = "definition_refused", _("menolak definisi")
    UNASSIGNED = "unassigned", _("mengakhiri tugas")
    INVITED = "invited", _("mengundang")
    INVITATION_REVOKED = "invitation_revoked", _("membatalkan tautan")
    INVITATION_USED = "invitation_used", _("menerima undangan")
    RESET_OFFERED = "reset_offered", _("membuat tautan kata sandi")
    DEACTIVATED = "deactivated", _("menonaktifkan akun")
    REACTIVATED = "reactivated", _("mengaktifkan kembali akun")
    VIEWING_BEGUN = "viewing_begun", _("mulai melihat sebagai")
    VIEWING_ENDED = "viewing_ended", _("selesai melihat sebagai")
    FORKED = "forked", _("menyatakan pemulihan dari cadangan")
    ERASURE_ASKED = "erasure_asked", _("meminta penghapusan data")
    ERASURE_REFUSED = "erasure_refused", _("menolak penghapusan data")
    ERASED = "erased", _("menghapus data orang")
    RETENTION_ENDED = "retention_ended", _("menghapus menurut masa simpan")
    PRACTICE_BEGUN = "practice_begun", _("memulai latihan")
    PRACTICE_ENDED = "practice_ended", _("mengakhiri latihan")


class MonthState(models.TextChoices):
    """Where a region's reporting month stands; what has no row is a draft."""

    OPEN = "open", _("Draf")
    COMPLETE = "complete", _("Lengkap")
    SUBMITTED = "submitted", _("Diajukan")
    VERIFIED = "verified", _("Terverifikasi")
    RECONCILED = "reconciled", _("Dicocokkan")
    APPROVED = "approved", _("Disetujui")
    CLOSED = "closed", _("Ditutup")
    RETURNED = "returned", _("Dikembalikan")
    REOPENED = "reopened", _("Dibuka kembali")


# What was said of figures by somebody other than who entered them.
APPROVED_STATES = frozenset(
    {MonthState.VERIFIED, MonthState.RECONCILED, MonthState.APPROVED, MonthState.CLOSED}
)
LOCKED_STATES = frozenset({MonthState.SUBMITTED, *APPROVED_STATES})


class ReportKind(models.TextChoices):
    """What a month's facts are of; a month may be reopened for some of them only."""

    MEMBERS = "members", _("peserta aktif")
    HEADCOUNTS = "headcounts", _("orang per kategori")
    PERSONS = "persons", _("peserta dengan nama")
    CONTRIBUTIONS = "contributions", _("iuran")
    CLAIMS = "claims", _("klaim")
    BUDGET = "budget", _("anggaran dan realisasi")


class Happened(models.TextChoices):
    """What other programs can be told of."""

    MONTH_CLOSED = "month.closed", _("bulan laporan ditutup")
    MONTH_RESTATED = "month.restated", _("angka bulan disajikan kembali")
    PACK_MADE = "pack.made", _("paket monev jadi")
    LIST_JUDGED = "list.judged", _("daftar peserta selesai diperiksa")


class DeliveryState(models.TextChoices):
    WAITING = "waiting", _("menunggu")
    DELIVERED = "delivered", _("terkirim")
    GIVEN_UP = "given_up", _("gagal, tidak dicoba lagi")
    # The address was switched off, or its owner's role reaches there no longer.
    WITHHELD = "withheld", _("tidak dikirim: di luar hak pemilik atau sudah dihentikan")


class AttemptCause(models.TextChoices):
    """Why a call had no answer."""

    TARGET = "target", _("alamat tidak boleh dipanggil atau tidak ditemukan")
    CONNECTION = "connection", _("tidak tersambung")
    TIMEOUT = "timeout", _("terlalu lama")
    TLS = "tls", _("sertifikat TLS tidak sah")


class HookEnd(models.TextChoices):
    OWNER = "owner", _("dihentikan pemilik")
    FAILING = "failing", _("terlalu lama gagal")
    GONE = "gone", _("penerima menjawab 410")
