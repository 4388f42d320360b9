from django.db import models
from django.utils.translation import gettext_lazy as _


class Segment(models.TextChoices):
    """How BPJS Ketenagakerjaan divides its members."""

    PU = "pu", _("Penerima Upah (PU)")
    BPU = "bpu", _("Bukan Penerima Upah (BPU)")
    JAKON = "jakon", _("Jasa Konstruksi (Jakon)")
    PMI = "pmi", _("Pekerja Migran Indonesia (PMI)")


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


class PayerKind(models.TextChoices):
    LOCAL_GOVERNMENT = "pemerintah_daerah", _("Pemerintah daerah")
    CENTRAL_GOVERNMENT = "pemerintah_pusat", _("Pemerintah pusat")
    VILLAGE = "desa", _("Pemerintah desa")
    ELECTION_BODY = "penyelenggara_pemilu", _("Penyelenggara pemilu")
    COMPANY = "perusahaan", _("Perusahaan")
    CHARITY = "lembaga_amal", _("Lembaga amal")
    WORKER = "pekerja", _("Pekerja sendiri")
