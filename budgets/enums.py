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
