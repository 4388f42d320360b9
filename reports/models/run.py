from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from regions.models import Region


class Run(models.Model):
    """One computation of all measures of a region and month. Its values never change afterwards."""

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("wilayah"))
    period = models.DateField(_("bulan"))
    is_current = models.BooleanField(_("yang berlaku"), default=True)
    code_version = models.CharField(_("versi perhitungan"), max_length=20)
    inputs_hash = models.CharField(_("sidik masukan"), max_length=64)
    computed_at = models.DateTimeField(_("dihitung pada"))
    superseded_at = models.DateTimeField(_("digantikan pada"), null=True)
    milliseconds = models.FloatField(_("lama (milidetik)"))

    class Meta:
        verbose_name = _("perhitungan")
        verbose_name_plural = _("perhitungan")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "period"], condition=Q(is_current=True), name="run_one_current"
            ),
            models.CheckConstraint(name="run_first_of_month", condition=Q(period__day=1)),
            models.CheckConstraint(
                name="run_current_or_superseded",
                condition=Q(is_current=True, superseded_at=None)
                | Q(is_current=False, superseded_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region_id} {self.period:%Y-%m} #{self.pk}"
