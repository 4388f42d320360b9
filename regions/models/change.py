from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from regions.models.region import Region


class Change(models.Model):
    """Facts of a region changed; whatever was computed from `first_month` to `last_month` is stale.

    Written in the transaction of the change itself, so that no change can be lost; removed by the worker that
    has taken note of it. Without a last month everything from the first month on is stale.
    """

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("wilayah"))
    first_month = models.DateField(_("bulan pertama"))
    last_month = models.DateField(_("bulan terakhir"), null=True)
    reaches_down = models.BooleanField(
        _("juga wilayah di bawahnya"), default=False, help_text=_("Misalnya tarif atau definisi.")
    )
    counts_on = models.BooleanField(_("juga jumlah sejak Januari pada bulan sesudahnya"), default=False)
    at = models.DateTimeField(_("waktu"), auto_now_add=True)

    class Meta:
        verbose_name = _("perubahan")
        verbose_name_plural = _("perubahan")
        constraints = [
            models.CheckConstraint(
                name="change_month_order",
                condition=Q(last_month=None) | Q(first_month__lte=F("last_month")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.region_id} {self.first_month}"
