from datetime import date
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from regions.models import Region


class Cause(models.IntegerChoices):
    """Why figures are computed anew; what comes first here is computed first."""

    CORRECTION = 0, _("data berubah")
    NEW_MONTH = 1, _("bulan baru")
    REBUILD = 2, _("hitung ulang")


class WaitingRegion(models.Model):
    """A region whose figures of some months are older than its facts; one row, however many changes.

    A further change adds its months and raises `revision`. Whoever has computed removes the row only at the
    revision that it began with, so that nothing noted meanwhile is lost.
    """

    personal_fields: ClassVar[frozenset[str]] = frozenset()
    ORDER = ("cause", "since", "-region__level", "region_id")

    region = models.OneToOneField(
        Region, models.PROTECT, primary_key=True, related_name="+", verbose_name=_("wilayah")
    )
    months = ArrayField(models.DateField(), verbose_name=_("bulan"))
    since = models.DateTimeField(_("sejak"))
    cause = models.PositiveSmallIntegerField(_("sebab"), choices=Cause.choices)
    revision = models.PositiveIntegerField(_("revisi"), default=1)
    # Attempts that ended with an error, what it was, and until when nobody tries again.
    attempts = models.PositiveSmallIntegerField(_("percobaan"), default=0)
    error = models.CharField(_("galat"), max_length=100, blank=True)
    retry_at = models.DateTimeField(_("dicoba lagi pada"), null=True)

    class Meta:
        verbose_name = _("wilayah yang menunggu dihitung")
        verbose_name_plural = _("wilayah yang menunggu dihitung")
        ordering = ["cause", "since"]

    def __str__(self) -> str:
        return f"{self.region_id} {self.from_month:%Y-%m}–{self.to_month:%Y-%m}"

    @property
    def from_month(self) -> date:
        return min(self.months)

    @property
    def to_month(self) -> date:
        return max(self.months)
