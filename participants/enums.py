from django.db import models
from django.utils.translation import gettext_lazy as _


class Segment(models.TextChoices):
    """How BPJS Ketenagakerjaan divides its members."""

    PU = "pu", _("Penerima Upah (PU)")
    BPU = "bpu", _("Bukan Penerima Upah (BPU)")
    JAKON = "jakon", _("Jasa Konstruksi (Jakon)")
    PMI = "pmi", _("Pekerja Migran Indonesia (PMI)")


def short_segment(code: str) -> str:
    """`PU`, `Jakon`: how tables and notes name a segment."""
    return "Jakon" if code == Segment.JAKON else code.upper()


class CountedSegment(models.TextChoices):
    """A segment, or all of them where a report does not tell them apart."""

    PU = "pu", _("Penerima Upah (PU)")
    BPU = "bpu", _("Bukan Penerima Upah (BPU)")
    JAKON = "jakon", _("Jasa Konstruksi (Jakon)")
    PMI = "pmi", _("Pekerja Migran Indonesia (PMI)")
    ALL = "all", _("Semua segmen (tidak dirinci)")


class WorkforceKind(models.TextChoices):
    """What a denominator counts; no single formula of UCJ exists, so several stand side by side."""

    EMPLOYED = "penduduk_bekerja", _("penduduk bekerja")
    LABOUR_FORCE = "angkatan_kerja", _("angkatan kerja")
    POTENTIAL = "potensi_tenaga_kerja", _("potensi tenaga kerja")
    TARGET_POOL = "target_pool", _("semesta target")
    UNSTATED = "tidak_disebut", _("dasar tidak disebut")


class TargetFrame(models.TextChoices):
    """Who set the target."""

    RPJPN = "rpjpn", _("RPJPN")
    RPJMN = "rpjmn", _("RPJMN")
    RKP = "rkp", _("RKP")
    KEMENDAGRI = "kemendagri", _("Kemendagri")
    RPJMD = "rpjmd", _("RPJMD")
    DAERAH = "daerah", _("Target daerah")


class PopulationKind(models.TextChoices):
    """How somebody knows how many workers of a category there are."""

    REGISTER = "register", _("pendataan (register)")
    CENSUS = "sensus", _("sensus atau survei")
    ESTIMATE = "perkiraan", _("perkiraan")


class PayerKind(models.TextChoices):
    LOCAL_GOVERNMENT = "pemerintah_daerah", _("Pemerintah daerah")
    CENTRAL_GOVERNMENT = "pemerintah_pusat", _("Pemerintah pusat")
    VILLAGE = "desa", _("Pemerintah desa")
    ELECTION_BODY = "penyelenggara_pemilu", _("Penyelenggara pemilu")
    COMPANY = "perusahaan", _("Perusahaan")
    CHARITY = "lembaga_amal", _("Lembaga sosial/amil zakat")
    WORKER = "pekerja", _("Peserta sendiri (mandiri)")


class Programme(models.TextChoices):
    """The programmes a person may be enrolled in, each by itself."""

    JKK = "jkk", _("Jaminan Kecelakaan Kerja (JKK)")
    JKM = "jkm", _("Jaminan Kematian (JKM)")
    JHT = "jht", _("Jaminan Hari Tua (JHT)")
    JP = "jp", _("Jaminan Pensiun (JP)")
    JKP = "jkp", _("Jaminan Kehilangan Pekerjaan (JKP)")


class Sex(models.TextChoices):
    MALE = "L", _("laki-laki")
    FEMALE = "P", _("perempuan")


class ExtraAbout(models.TextChoices):
    """What an office adds a field of its own to."""

    PERSON = "person", _("peserta")
    MONTH = "month", _("bulan laporan")


class ExtraKind(models.TextChoices):
    TEXT = "text", _("teks")
    NUMBER = "number", _("bilangan bulat")
    DAY = "day", _("tanggal")
    CHOICE = "choice", _("pilihan")


class EnrolmentState(models.TextChoices):
    PROPOSED = "proposed", _("diusulkan")
    REJECTED = "rejected", _("ditolak")
    ACTIVE = "active", _("aktif")
    ENDED = "ended", _("berakhir")


class Occurrence(models.TextChoices):
    """What happens to a person so that somebody else, or nobody, pays from the next month on."""

    DIED = "died", _("meninggal")
    BECAME_ASN = "became_asn", _("diangkat menjadi ASN atau PPPK")
    MOVED = "moved", _("pindah wilayah")
    AGE_LIMIT = "age_limit", _("melewati batas usia")
    DUTY_ENDED = "duty_ended", _("tugas berakhir")
    CHANGED_CATEGORY = "changed_category", _("pindah kategori")
    OTHER_PAYER = "other_payer", _("dibayar pihak lain")
    RESIGNED = "resigned", _("berhenti atau mengundurkan diri")


class MatchResult(models.TextChoices):
    """What Dukcapil or BPJS Ketenagakerjaan answered when a list was sent to be matched."""

    NONE = "", _("belum dipadankan")
    VALID = "valid", _("padan")
    NAME_DIFFERS = "name_differs", _("nama berbeda")
    BIRTH_DIFFERS = "birth_differs", _("tanggal lahir berbeda")
    NOT_MATCHING = "not_matching", _("tidak sesuai")
    NOT_RECORDED = "not_recorded", _("belum rekam KTP-el")
    NOT_FOUND = "not_found", _("tidak ditemukan")
    DECEASED = "deceased", _("tercatat meninggal")


class BatchState(models.TextChoices):
    """WAITING, READING and STORING are work; the others wait for a person or are the end."""

    WAITING = "waiting", _("menunggu dibaca")
    READING = "reading", _("sedang dibaca")
    CHECKED = "checked", _("menunggu persetujuan")
    CONFIRMED = "confirmed", _("menunggu disimpan")
    STORING = "storing", _("sedang disimpan")
    STORED = "stored", _("tersimpan")
    REFUSED = "refused", _("ditolak")
    CANCELLED = "cancelled", _("dibatalkan")
    UNDONE = "undone", _("ditarik kembali")


class WaitingAnswer(models.TextChoices):
    """What becomes of rows that nobody mended before their month is closed."""

    CARRY = "bawa", _("Bawa ke bulan berikutnya")
    DROP = "buang", _("Buang dengan alasan")


class Remedy(models.TextChoices):
    """What opens a file that was refused as it is."""

    PASSWORD = "password", _("kata sandi")
    UNPACK = "unpack", _("buka ZIP")


class RowState(models.TextChoices):
    NEW = "new", _("baru")
    CHANGED = "changed", _("berubah")
    SAME = "same", _("sama")
    REFUSED = "refused", _("perlu diperbaiki")
    SKIPPED = "skipped", _("dilewati")


class CandidateState(models.TextChoices):
    OPEN = "open", _("perlu ditinjau")
    SAME = "same", _("orang yang sama")
    DIFFERENT = "different", _("orang berbeda")


class DuplicateReason(models.TextChoices):
    """Why two rows are suspected to be one person."""

    SIMILAR_NAME = "similar_name", _("tanggal lahir sama dan nama mirip")
    NO_BIRTH_DATE = "no_birth_date", _("nama dan kecamatan sama, tanggal lahir belum diisi")
    DAY_MONTH_SWAPPED = "day_month_swapped", _("nama dan kecamatan sama, tanggal dan bulan lahir tertukar")
    SAME_KPJ = "same_kpj", _("nomor KPJ sama")


class Decision(models.TextChoices):
    """What an officer says of two suspected rows."""

    SAME = "same", _("Orang yang sama")
    DIFFERENT = "different", _("Orang berbeda")
    PART = "part", _("Pisahkan lagi")


class EmptyReason(models.TextChoices):
    """Why a figure of a month is left empty on purpose."""

    NOT_REPORTED = "not_reported", _("belum dilaporkan, menyusul")
    NOBODY = "nobody", _("memang tidak ada orangnya")
    STOPPED = "stopped", _("program atau pembayarannya berhenti")
    NOT_HERE = "not_here", _("tidak berlaku di wilayah ini")
    ELSEWHERE = "elsewhere", _("dicatat di kategori atau sumber dana lain")
    OTHER = "other", _("sebab lain")


class ReadPage(models.TextChoices):
    """Kinds of pages on which persons are seen by name."""

    LIST = "list", _("daftar peserta")
    PERSON = "person", _("halaman peserta")
    SEARCH = "search", _("pencarian")
    LOOK_UP = "look_up", _("pencarian NIK")
    REFUSED_LOOK_UP = "refused_look_up", _("pencarian NIK yang ditolak")
    GRID = "grid", _("tabel peserta")
    DUPLICATES = "duplicates", _("data ganda")
    OVERLAPS = "overlaps", _("tumpang tindih")
    DOUBLE_FUNDING = "double_funding", _("pendanaan ganda")
    BATCH = "batch", _("unggahan daftar peserta")
    BATCH_ROW = "batch_row", _("baris unggahan")
    OPEN_BATCH_ROW = "open_batch_row", _("baris unggahan dengan sel salah yang terbuka")
    RECONCILIATION = "reconciliation", _("rekonsiliasi")
    ENDINGS = "endings", _("akhir perlindungan")


class Stop(models.TextChoices):
    """Where a person's way from proposed to active stops, in the order in which it is asked.

    Each has one who has to do something next; see `StopOwner`.
    """

    # Rows of lists that are no persons yet.
    NIK = "nik", _("NIK tidak sah")
    ROW = "baris", _("baris perlu diperbaiki")
    APPROVAL = "setuju", _("daftarnya belum disetujui")
    # Persons.
    OUT = "keluar", _("ditolak, atau tidak berlaku pada bulan ini")
    UNMATCHED = "belum_padan", _("belum dipadankan")
    DECEASED = "meninggal", _("tercatat meninggal")
    MISMATCHED = "tidak_padan", _("tidak padan")
    DOUBLE = "ganda", _("dibayar pihak lain juga, atau diduga data ganda")
    UNREGISTERED = "tanpa_kpj", _("tanpa nomor KPJ")
    PROPOSED = "usulan", _("usulan belum disetujui")
    PARTIAL = "program", _("program belum lengkap")
    ACTIVE = "aktif", _("aktif")


class StopOwner(models.TextChoices):
    """Who has to do something about a stop."""

    INSTITUTION = "institution", _("Lembaga pengirim")
    OPERATOR = "operator", _("Operator")
    BRANCH = "branch", _("Kantor Cabang BPJS Ketenagakerjaan")
    NOBODY = "nobody", _("tidak ada")


class LookUpOutcome(models.TextChoices):
    FOUND = "found", _("ditemukan")
    MISSED = "missed", _("tidak ditemukan")
    REFUSED = "refused", _("ditolak")
