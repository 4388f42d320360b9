from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Unit(models.TextChoices):
    PERCENT = "percent", _("persen")
    PEOPLE = "people", _("orang")
    RUPIAH = "rupiah", _("rupiah")
    CASES = "cases", _("kasus")
    EMPLOYERS = "employers", _("pemberi kerja")
    PROJECTS = "projects", _("paket")
    # Quotients themselves, not their hundredfold.
    MONTHS = "months", _("bulan")
    RUPIAH_PER_PERSON = "rupiah_per_person", _("rupiah per orang")
    # Of hundredths of a point, so that the hundredfold is the rupiah per point.
    RUPIAH_PER_POINT = "rupiah_per_point", _("rupiah per poin persentase")

    @property
    def is_quotient(self) -> bool:
        """Whether the rate is the value; of the others the numerator is."""
        return self == Unit.PERCENT or self in _QUOTIENTS


_QUOTIENTS = (Unit.MONTHS, Unit.RUPIAH_PER_PERSON, Unit.RUPIAH_PER_POINT)


class BoardTab(models.TextChoices):
    """The parts of a board; the value is also the word in addresses."""

    COVERAGE = "cakupan", _("Cakupan")
    # The regions below, held against each other; of a regency there are none.
    BELOW = "antarwilayah", _("Antarwilayah")
    CATEGORIES = "kategori", _("Kategori")
    MONEY = "uang", _("Uang")
    SOURCES = "sumber", _("Sumber")
    # Everything on one page, to be printed.
    ALL = "semua", _("Semua")


class BoardPicture(StrEnum):
    """The drawings of a board that are given as images; the value is also the word in addresses."""

    TREND = "tren"
    MAP = "peta"
    CATEGORIES = "kategori"
    MONTHS = "bulanan"

    @property
    def tab(self) -> BoardTab:
        """Where it stands."""
        return _PICTURED[self][0]

    @property
    def table(self) -> str:
        """The table on that page with the same figures."""
        return _PICTURED[self][1]


_PICTURED = {
    BoardPicture.TREND: (BoardTab.COVERAGE, "tabel-tren"),
    BoardPicture.MAP: (BoardTab.COVERAGE, "peringkat"),
    BoardPicture.CATEGORIES: (BoardTab.CATEGORIES, "tabel-kategori"),
    BoardPicture.MONTHS: (BoardTab.MONEY, "tabel-bulanan"),
}


class Direction(models.TextChoices):
    """Which way is good; none where the number only tells."""

    UP = "up", _("makin besar makin baik")
    DOWN = "down", _("makin kecil makin baik")
    NEUTRAL = "neutral", _("keterangan saja")


class Grade(models.TextChoices):
    """How whole a figure is; the rule stands in docs/glossary.md."""

    A = "A", _("utuh")
    B = "B", _("hampir utuh")
    C = "C", _("sebagian")
    D = "D", _("belum utuh")


class EndingCause(models.TextChoices):
    """Why cover ends with a month."""

    SPELL = "spell", _("bulan terakhir dalam daftar nama")
    TERM = "term", _("masa tugas atau kontrak")
    BUDGET = "budget", _("anggaran")
    PREPAID = "prepaid", _("iuran yang dibayar di muka")


class DefinitionState(models.TextChoices):
    """Where a proposed definition stands; one person proposes, another decides."""

    PROPOSED = "proposed", _("diusulkan")
    IN_FORCE = "in_force", _("berlaku")
    REFUSED = "refused", _("ditolak")


class Window(models.TextChoices):
    MONTH = "month", _("bulan laporan")
    FISCAL_YEAR = "fiscal_year", _("tahun anggaran berjalan sampai bulan laporan")
    STARTED = "started", _("tahun anggaran berjalan, yang dimulai paling lambat pada akhir bulan laporan")


class HitKind(models.TextChoices):
    """What the search on every page finds, in the order in which it is shown."""

    MONTHS = "bulan", _("Bulan laporan")
    REGIONS = "wilayah", _("Wilayah")
    PERSONS = "peserta", _("Peserta")
    LISTS = "unggahan", _("Unggahan daftar peserta")
    LINES = "anggaran", _("Baris anggaran")
    MONEY_FILES = "berkas", _("Berkas keuangan")
    RECONCILIATIONS = "rekonsiliasi", _("Rekonsiliasi")
    EMPLOYERS = "pemberi-kerja", _("Pemberi kerja")
    PROJECTS = "proyek", _("Proyek jasa konstruksi")
    PACKS = "paket", _("Paket monev")
    PAGES = "halaman", _("Halaman")


class Progress(models.TextChoices):
    """How far the month of a region is, as a matrix of many shows it."""

    COMING = "coming", _("Belum tiba")
    BEFORE = "before", _("Sebelum mulai")
    MISSING = "missing", _("Belum ada laporan")
    LATE = "late", _("Terlambat, belum diajukan")
    OPEN = "open", _("Draf")
    RETURNED = "returned", _("Dikembalikan")
    REOPENED = "reopened", _("Dibuka kembali")
    COMPLETE = "complete", _("Lengkap")
    SUBMITTED = "submitted", _("Diajukan")
    VERIFIED = "verified", _("Terverifikasi")
    RECONCILED = "reconciled", _("Dicocokkan")
    APPROVED = "approved", _("Disetujui")
    CLOSED = "closed", _("Ditutup")

    @property
    def tone(self) -> str:
        return _TONES.get(self, "")


_TONES = {
    Progress.MISSING: "bad",
    Progress.LATE: "bad",
    Progress.RETURNED: "warn",
    Progress.REOPENED: "warn",
    Progress.CLOSED: "good",
    Progress.VERIFIED: "good",
    Progress.RECONCILED: "good",
    Progress.APPROVED: "good",
}


class AlertKind(models.TextChoices):
    CLAIM_RATIO = "claim_ratio", _("Rasio klaim melebihi (%)")
    COVERAGE_DROP = "coverage_drop", _("Penurunan UCJ dalam sebulan melebihi (poin persentase)")
    ARREARS = "arrears", _("Lama tunggakan (minimal, bulan)")
    ENDING = "ending", _("Kepesertaan berakhir dalam (hari)")
    ENDING_NEAR = "ending_near", _("Kepesertaan berakhir segera, dalam (hari)")
    COMMITMENT = "commitment", _("Tindak lanjut terlambat (minimal, hari)")
    PLEDGE_DUE = "pledge_due", _("Janji iuran jatuh tempo dalam (hari)")
    PLEDGE_OVERDUE = "pledge_overdue", _("Janji iuran lewat jatuh tempo (minimal, hari)")
    DUPLICATES = "duplicates", _("Jumlah data ganda yang menunggu (minimal)")
    MOVED = "moved", _("Jumlah bulan tertutup yang masukannya berubah (minimal)")
    LOOK_UPS = "look_ups", _("Jumlah pencarian NIK yang ditolak dalam sehari (minimal)")
    RECOUNT = "recount", _("Jumlah angka yang berbeda dalam hitungan kedua (minimal)")
    LEDGER = "ledger", _("Jumlah kesalahan log aktivitas (minimal)")
