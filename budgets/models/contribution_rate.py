from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from participants.enums import Coverage, Segment
from regions.number import grouped


class ContributionRate(models.Model):
    """Rupiah a month for one person in a segment with exactly these programmes, while it is in force.

    Flat amounts only: a percentage of a wage that nobody recorded is no amount. A month without a row
    has no known price, and pages say so.
    """

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    segment = models.CharField(_("segmen"), max_length=5, choices=Segment.choices)
    # In the order of their codes, so that equal sets are equal arrays.
    programmes = ArrayField(
        models.CharField(max_length=3, choices=Coverage.choices), verbose_name=_("program")
    )
    monthly_rupiah = models.PositiveIntegerField(_("rupiah per bulan"))
    valid_from = models.DateField(_("berlaku sejak"))
    valid_until = models.DateField(_("berlaku sampai (tidak termasuk)"), null=True, blank=True)
    legal_source = models.CharField(_("dasar hukum"), max_length=250)
    note = models.CharField(_("catatan"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("tarif iuran")
        verbose_name_plural = _("tarif iuran")
        ordering = ["segment", "programmes", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["segment", "programmes", "valid_from"], name="contributionrate_once"
            ),
            models.CheckConstraint(name="contributionrate_positive", condition=Q(monthly_rupiah__gt=0)),
            models.CheckConstraint(
                name="contributionrate_validity_order",
                condition=Q(valid_until=None) | Q(valid_from__lt=F("valid_until")),
            ),
            models.CheckConstraint(
                name="contributionrate_has_programmes", condition=Q(programmes__len__gt=0)
            ),
        ]

    def __str__(self) -> str:
        names = " + ".join(code.upper() for code in self.programmes)
        return f"{self.segment.upper()} {names}: Rp {grouped(self.monthly_rupiah)}"
