"""Whom instructions are addressed to, by when a duty is due, and from which data its state can follow."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from regions.enums import InstitutionKind, Level, RegionKind


class AddresseeKind(models.TextChoices):
    GOVERNOR = "gubernur", _("Gubernur")
    REGENT = "bupati", _("Bupati")
    MAYOR = "wali_kota", _("Wali Kota")
    OFFICE = "opd", _("Perangkat Daerah")
    DISTRICT_HEAD = "camat", _("Camat")
    WARD_HEAD = "lurah", _("Lurah")
    VILLAGE_HEAD = "kades", _("Kepala Desa")
    BUMD = "bumd", _("BUMD")
    BUMDES = "bumdes", _("BUMDes")

    @property
    def is_head(self) -> bool:
        """Whether it is the head of a province or a regency: one for each region."""
        return self in HEADS


HEADS = frozenset({AddresseeKind.GOVERNOR, AddresseeKind.REGENT, AddresseeKind.MAYOR})
# Kinds of regions whose heads are addressed.
HEADED: dict[AddresseeKind, frozenset[str]] = {
    AddresseeKind.GOVERNOR: frozenset({RegionKind.PROVINCE}),
    AddresseeKind.REGENT: frozenset({RegionKind.KABUPATEN, RegionKind.KABUPATEN_ADMINISTRASI}),
    AddresseeKind.MAYOR: frozenset({RegionKind.KOTA, RegionKind.KOTA_ADMINISTRASI}),
    AddresseeKind.DISTRICT_HEAD: frozenset({RegionKind.DISTRICT}),
    AddresseeKind.WARD_HEAD: frozenset({RegionKind.KELURAHAN}),
    AddresseeKind.VILLAGE_HEAD: frozenset({RegionKind.DESA, RegionKind.DESA_ADAT}),
}
# Kinds of institutions that are addressed themselves.
BODIES: dict[AddresseeKind, InstitutionKind] = {
    AddresseeKind.OFFICE: InstitutionKind.OPD,
    AddresseeKind.BUMD: InstitutionKind.BUMD,
    AddresseeKind.BUMDES: InstitutionKind.BUMDES,
}
HEAD_LEVELS = (Level.PROVINCE, Level.REGENCY)


class DueKind(models.TextChoices):
    NONE = "none", _("tanpa tenggat")
    ONCE = "once", _("sekali, paling lambat pada tanggal")
    QUARTERLY = "quarterly", _("setiap triwulan, paling lambat tanggal 10 bulan berikutnya")
    YEARLY = "yearly", _("setiap tahun, paling lambat pada tanggal yang sama")


class DutyRule(models.TextChoices):
    """A closed set: what each one looks at stands beside its name in `duty_verdicts`."""

    BUDGETED = "budgeted", _("ada pagu kategori itu dengan bulan yang sudah dibayar pada tahun berjalan")
    ENROLLED = "enrolled", _("laporan bulan terakhir memuat orang kategori itu yang iurannya ditanggung")
    REGULATED = "regulated", _("ada regulasi daerah yang melaksanakan instruksi ini")
    REPORTED = "reported", _("semua bulan triwulan terakhir sudah ditutup")

    @property
    def asks_category(self) -> bool:
        return self in {DutyRule.BUDGETED, DutyRule.ENROLLED}


class EvidenceState(models.TextChoices):
    FILED = "filed", _("menunggu diperiksa")
    ACCEPTED = "accepted", _("diterima")
    RETURNED = "returned", _("dikembalikan")


class DutyState(models.TextChoices):
    """What a duty of one addressee is; computed, never stored."""

    DONE = "done", _("dipenuhi")
    PARTLY = "partly", _("sebagian")
    WAITING = "waiting", _("menunggu diperiksa")
    OPEN = "open", _("belum")
    LATE = "late", _("terlambat")

    @property
    def tone(self) -> str:
        return _TONES[self]


_TONES = {
    DutyState.DONE: "good",
    DutyState.PARTLY: "warn",
    DutyState.WAITING: "warn",
    DutyState.OPEN: "neutral",
    DutyState.LATE: "bad",
}
