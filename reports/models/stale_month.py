from typing import ClassVar

from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from regions.models import Region


class StaleMonth(models.Model):
    """A region-month whose figures are older than its facts; it waits here until it is recomputed."""

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("wilayah"))
    period = models.DateField(_("bulan"))
    noted_at = models.DateTimeField(_("sejak"), default=now)

    class Meta:
        verbose_name = _("bulan yang menunggu dihitung")
        verbose_name_plural = _("bulan yang menunggu dihitung")
        ordering = ["period", "region"]
        constraints = [models.UniqueConstraint(fields=["period", "region"], name="stalemonth_once")]

    def __str__(self) -> str:
        return f"{self.region_id} {self.period:%Y-%m}"
