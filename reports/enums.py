from django.db import models
from django.utils.translation import gettext_lazy as _


class Unit(models.TextChoices):
    PERCENT = "percent", _("persen")
    PEOPLE = "people", _("orang")
    RUPIAH = "rupiah", _("rupiah")


class Direction(models.TextChoices):
    """Which way is good; none where the number only tells."""

    UP = "up", _("makin besar makin baik")
    DOWN = "down", _("makin kecil makin baik")
    NEUTRAL = "neutral", _("keterangan saja")


class Window(models.TextChoices):
    MONTH = "month", _("bulan itu")
    FISCAL_YEAR = "fiscal_year", _("tahun anggaran berjalan sampai bulan itu")
