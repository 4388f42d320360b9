from django.db import models
from django.utils.translation import gettext_lazy as _


class ProgrammeGroup(models.TextChoices):
    JKK = "jkk", _("Jaminan Kecelakaan Kerja (JKK)")
    JKM = "jkm", _("Jaminan Kematian (JKM)")
    JHT = "jht", _("Jaminan Hari Tua (JHT)")
    JP = "jp", _("Jaminan Pensiun (JP)")
    JKP = "jkp", _("Jaminan Kehilangan Pekerjaan (JKP)")
    JKK_JKM = "jkk_jkm", _("JKK dan JKM bersama")
    ALL = "all", _("Semua program (tidak dirinci)")


class RateBase(models.TextChoices):
    """What a contribution is counted from."""

    FLAT = "flat", _("tetap per bulan")
    WAGE = "wage", _("persen dari upah")
    BAND = "band", _("persentase dari dasar perhitungan menurut lapisan penghasilan")
    # Set aside from contributions that are paid anyway, and by the state.
    RECOMPOSED = "recomposed", _("persen dari upah, tanpa tambahan iuran")
    CONTRACT = "contract", _("persen dari lapisan nilai kontrak")
    PACKAGE = "package", _("sekali bayar menurut lama perjanjian")
    EXCESS = "excess", _("tiap bulan kelebihan lama perjanjian")


class PayerCondition(models.TextChoices):
    ANY = "any", _("siapa pun pembayarnya")
    NOT_GOVERNMENT = "not_government", _("dibayar di luar APBN/APBD")


class Sector(models.TextChoices):
    ANY = "any", _("semua sektor")
    TRANSPORT = "transport", _("angkutan")
    OTHER = "other", _("selain angkutan")
    LABOUR_INTENSIVE = "labour", _("industri padat karya")


class RuleStatus(models.TextChoices):
    """How firm a rule of law is; what is only expected prices nothing."""

    IN_FORCE = "in_force", _("berlaku")
    DECIDED = "decided", _("sudah ditetapkan")
    EXPECTED = "expected", _("diperkirakan")


class BenefitUnit(models.TextChoices):
    ONCE = "once", _("sekali")
    PER_MONTH = "per_month", _("per bulan")
    PER_CHILD_YEAR = "per_child_year", _("per anak per tahun")


class RuleCode(models.TextChoices):
    """Rules of membership that are a number with a date."""

    LAPSE_MONTHS = "lapse_months", _("Masa tunggakan hingga kepesertaan nonaktif (bulan)")
    FULL_DEATH_BENEFIT = "full_death_benefit", _("Masa kepesertaan minimal untuk manfaat JKM penuh (bulan)")
    SCHOLARSHIP_MONTHS = "scholarship_months", _("Masa iur minimal untuk beasiswa JKM (bulan)")
    DUE_DAY = "due_day", _("Jatuh tempo iuran (bulan sesudah bulan iuran, tanggal)")
    CLAIM_MONTHS = "claim_months", _("Batas waktu pengajuan klaim (bulan)")


class Phase(models.TextChoices):
    """Stages of one budget, in their order; a stage may come several times."""

    ORIGINAL = "murni", _("murni")
    SHIFT = "pergeseran", _("pergeseran")
    AMENDED = "perubahan", _("perubahan")


class ClaimKind(models.TextChoices):
    """In what a benefit consists: money, scholarships too; care and rehabilitation; or a promise of years."""

    CASH = "cash", _("Uang tunai (termasuk beasiswa)")
    IN_KIND = "in_kind", _("Pelayanan (perawatan, rehabilitasi)")
    LIABILITY = "liability", _("Kewajiban tahun-tahun berikut")


class BalanceBasis(models.TextChoices):
    """Which contributions and claims a balance sets against each other, and when each counts."""

    CASH = "kas", _("Kas, semua sumber dana, semua program")
    CASH_WITHOUT_JHT = "kas_tanpa_jht", _("Kas, semua sumber dana, tanpa JHT")
    CASH_JKK_JKM = "kas_jkk_jkm", _("Kas, semua sumber dana, hanya JKK dan JKM")
    CASH_GOVERNMENT = (
        "kas_pemerintah",
        _("Kas, hanya peserta yang iurannya dibayar pemerintah, semua program"),
    )
    CASH_GOVERNMENT_JKK_JKM = (
        "kas_pemerintah_jkk_jkm",
        _("Kas, hanya peserta yang iurannya dibayar pemerintah, hanya JKK dan JKM"),
    )
    ACCRUAL = "akrual", _("Akrual (bulan iuran dan tanggal kejadian), semua sumber dana dan program")
    ACCRUAL_GOVERNMENT = (
        "akrual_pemerintah",
        _("Akrual, hanya peserta yang iurannya dibayar pemerintah, semua program"),
    )


class MoneyKind(models.TextChoices):
    """What a file of money holds, one fact a row; the value is also the word in addresses."""

    CONTRIBUTION = "iuran", _("Iuran")
    CLAIM = "klaim", _("Klaim")
    ALLOCATION = "pagu", _("Pagu anggaran")
    REALISATION = "realisasi", _("Realisasi anggaran")
    EMPLOYER = "pemberi-kerja", _("Pemberi kerja")
    CONSTRUCTION_PROJECT = "proyek-jakon", _("Proyek jasa konstruksi")

    @property
    def fact_name(self) -> str:
        """The name of the kind of fact that a row becomes."""
        return self.name.lower()


class EmployerStanding(models.TextChoices):
    """How far an employer is registered; PDS (perusahaan daftar sebagian) are those that keep back a part."""

    FULL = "full", _("Terdaftar penuh")
    PARTIAL_WAGES = "part_wages", _("Terdaftar sebagian (PDS upah)")
    PARTIAL_WORKERS = "part_workers", _("Terdaftar sebagian (PDS tenaga kerja)")
    PARTIAL_PROGRAMMES = "part_programmes", _("Terdaftar sebagian (PDS program)")
    PARTIAL = "part", _("Terdaftar sebagian (PDS, tidak dirinci)")
    UNREGISTERED = "none", _("Belum terdaftar")


PARTLY_REGISTERED = frozenset(
    {
        EmployerStanding.PARTIAL_WAGES,
        EmployerStanding.PARTIAL_WORKERS,
        EmployerStanding.PARTIAL_PROGRAMMES,
        EmployerStanding.PARTIAL,
    }
)


class EmployerSize(models.TextChoices):
    MICRO = "mikro", _("Mikro")
    SMALL = "kecil", _("Kecil")
    MEDIUM = "menengah", _("Menengah")
    LARGE = "besar", _("Besar")


class BusinessSector(models.TextChoices):
    """The sections of KBLI 2020, shortened."""

    A = "A", _("Pertanian, kehutanan, dan perikanan")
    B = "B", _("Pertambangan dan penggalian")
    C = "C", _("Industri pengolahan")
    D = "D", _("Listrik dan gas")
    E = "E", _("Pengelolaan air dan limbah")
    F = "F", _("Konstruksi")
    G = "G", _("Perdagangan dan reparasi kendaraan")
    H = "H", _("Pengangkutan dan pergudangan")
    I = "I", _("Akomodasi dan makan minum")  # noqa: E741 - the letter of the section
    J = "J", _("Informasi dan komunikasi")
    K = "K", _("Keuangan dan asuransi")
    L = "L", _("Real estat")
    M = "M", _("Jasa profesional, ilmiah, dan teknis")
    N = "N", _("Persewaan, ketenagakerjaan, dan penunjang usaha")
    O = "O", _("Administrasi pemerintahan")  # noqa: E741 - the letter of the section
    P = "P", _("Pendidikan")
    Q = "Q", _("Kesehatan dan kegiatan sosial")
    R = "R", _("Kesenian, hiburan, dan rekreasi")
    S = "S", _("Jasa lainnya")
    T = "T", _("Rumah tangga sebagai pemberi kerja")
    U = "U", _("Badan internasional")


class EmployerSum(models.TextChoices):
    """What is summed of the employers of a region that hold in a month.

    TOLD are those of whom both numbers of workers are known, WORKERS and INSURED are those numbers; ANSWERED
    are registered employers of whom it is known whether they are in arrears.
    """

    KNOWN = "known"
    REGISTERED = "registered"
    PARTLY = "partly"
    TOLD = "told"
    WORKERS = "workers"
    INSURED = "insured"
    ANSWERED = "answered"
    IN_ARREARS = "in_arrears"
    ARREARS = "arrears"


class ProjectStanding(models.TextChoices):
    """Whether the workers of a construction project are registered, as a whole, with BPJS Ketenagakerjaan."""

    REGISTERED = "registered", _("Terdaftar")
    UNREGISTERED = "none", _("Belum terdaftar")


class ProjectSum(models.TextChoices):
    """What is summed of the construction projects of a region in the fiscal year to date.

    VALUED are those whose value is known, VALUE and INSURED_VALUE what they come to, all and registered.
    BESIDE are projects listed one by one where a reported count counts in their place.
    """

    KNOWN = "known"
    REGISTERED = "registered"
    VALUED = "valued"
    VALUE = "value"
    INSURED_VALUE = "insured_value"
    BESIDE = "beside"
    BESIDE_REGISTERED = "beside_registered"


class ReconciliationState(models.TextChoices):
    """WAITING and READING are work of a worker, REFUSED is its end where a file is no list."""

    WAITING = "waiting", _("menunggu dibaca")
    READING = "reading", _("sedang dibaca")
    REFUSED = "refused", _("ditolak")
    DRAFT = "draft", _("draf")
    AGREED = "agreed", _("disepakati")
    SUPERSEDED = "superseded", _("digantikan")


class Match(models.TextChoices):
    """On whose list a person stands."""

    BOTH = "both", _("di kedua daftar")
    NAME_DIFFERS = "name_differs", _("di kedua daftar, nama berbeda")
    ONLY_PEMDA = "only_pemda", _("hanya di daftar Pemda")
    ONLY_BPJS = "only_bpjs", _("hanya di daftar BPJS")


class Side(models.TextChoices):
    """Whose file it is, and on whose behalf somebody signs."""

    PEMDA = "pemda", _("Pemerintah daerah")
    BPJS = "bpjs", _("BPJS Ketenagakerjaan")
    BANK = "bank", _("Bank atau kas daerah")


class CommaMeaning(models.TextChoices):
    """What a comma in an amount such as 1,234 is."""

    THOUSANDS = "thousands", _("pemisah ribuan")
    DECIMAL = "decimal", _("pecahan")


class PledgeStage(models.TextChoices):
    """How far an offer to a payer has come, in order; told by its days and payments."""

    OFFERED = "offered", _("ditawarkan")
    PLEDGED = "pledged", _("dijanjikan")
    PART_PAID = "part_paid", _("dibayar sebagian")
    PAID = "paid", _("lunas")
    WITHDRAWN = "withdrawn", _("ditarik")
