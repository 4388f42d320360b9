from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from regions.models import Region


class PublishedFigure(models.Model):
    """What others said a figure was: kept as it was said, and shown beside what we compute."""

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("wilayah"))
    as_of = models.DateField(_("per tanggal"))
    figure = models.CharField(_("angka"), max_length=60)
    value = models.DecimalField(_("nilai"), max_digits=20, decimal_places=2)
    unit = models.CharField(_("satuan"), max_length=20)
    basis = models.CharField(_("dasar angka"), max_length=150, blank=True)
    source = models.CharField(_("sumber"), max_length=250)
    source_url = models.URLField(_("alamat sumber"), max_length=500, blank=True)
    note = models.CharField(_("catatan"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("angka yang dipublikasikan")
        verbose_name_plural = _("angka yang dipublikasikan")
        ordering = ["region", "as_of", "figure"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "as_of", "figure", "source"], name="publishedfigure_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.region_id} {self.as_of} {self.figure}: {self.value}"
