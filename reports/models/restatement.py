from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from regions.models import Region
from reports.models.run import Run


class Restatement(models.Model):
    """A month that was closed again with other figures: before, after and why. Never changed."""

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("wilayah"))
    period = models.DateField(_("bulan"))
    before = models.ForeignKey(Run, models.PROTECT, related_name="+", verbose_name=_("sebelum"))
    after = models.OneToOneField(Run, models.PROTECT, related_name="+", verbose_name=_("sesudah"))
    reason = models.CharField(_("alasan"), max_length=500)
    at = models.DateTimeField(_("disajikan kembali pada"))

    class Meta:
        verbose_name = _("penyajian kembali")
        verbose_name_plural = _("penyajian kembali")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["region", "period"], name="restatement_region_period")]

    def __str__(self) -> str:
        return f"{self.region_id} {self.period:%Y-%m}"
