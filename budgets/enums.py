from django.db import models
from django.utils.translation import gettext_lazy as _


class Programme(models.TextChoices):
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
    BAND = "band", _("persen dari dasar lapis penghasilan")
    CONTRACT = "contract", _("persen dari lapisan nilai kontrak")
    PACKAGE = "package", _("paket sekali bayar")


class PayerCondition(models.TextChoices):
    ANY = "any", _("siapa pun pembayarnya")
    NOT_GOVERNMENT = "not_government", _("bukan uang negara atau daerah")


class Sector(models.TextChoices):
    TRANSPORT = "transport", _("angkutan")
    OTHER = "other", _("selain angkutan")


class BenefitUnit(models.TextChoices):
    ONCE = "once", _("sekali")
    PER_MONTH = "per_month", _("per bulan")
    PER_CHILD_YEAR = "per_child_year", _("per anak per tahun")


class RuleCode(models.TextChoices):
    """Rules of membership that are a number with a date."""

    LAPSE_MONTHS = "lapse_months", _("bulan menunggak sampai tidak aktif")
    FULL_DEATH_BENEFIT = "full_death_benefit", _("bulan kepesertaan sampai santunan JKM penuh")
    SCHOLARSHIP_MONTHS = "scholarship_months", _("bulan iuran sampai beasiswa JKM")
    CLAIM_MONTHS = "claim_months", _("bulan sampai hak klaim gugur")


class Phase(models.TextChoices):
    """Stages of one budget, in their order; a stage may come several times."""

    ORIGINAL = "murni", _("murni")
    SHIFT = "pergeseran", _("pergeseran")
    AMENDED = "perubahan", _("perubahan")
