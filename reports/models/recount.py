from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from regions.models import Region


class Recount(models.Model):
    """The last time a month of a region was counted a second time, apart from the engine, and what differed.

    `run_number` is the run that was compared; once another took its place, the finding is about the past.
    Of many differences the first few are kept in `differences`, the count of all in `different`.
    """

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("wilayah"))
    period = models.DateField(_("bulan"))
    run_number = models.BigIntegerField(_("nomor perhitungan"))
    at = models.DateTimeField(_("dihitung ulang pada"))
    figures = models.PositiveIntegerField(_("angka yang dibandingkan"))
    different = models.PositiveIntegerField(_("angka yang berbeda"))
    differences = models.JSONField(_("perbedaan"), default=list)

    class Meta:
        verbose_name = _("hitungan kedua")
        verbose_name_plural = _("hitungan kedua")
        ordering = ["-at"]
        constraints = [models.UniqueConstraint(fields=["region", "period"], name="recount_once")]

    def __str__(self) -> str:
        return f"{self.region_id} {self.period:%Y-%m}: {self.different}"
