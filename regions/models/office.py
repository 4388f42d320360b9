from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from regions.enums import OfficeKind
from regions.models.region import Region


class Office(models.Model):
    """A BPJS Ketenagakerjaan office; what it covers is a set of regions by date, not one region."""

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    code = models.SlugField(_("kode"), max_length=60, primary_key=True)
    name = models.CharField(_("nama"), max_length=120)
    kind = models.CharField(_("jenis"), max_length=10, choices=OfficeKind.choices)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="branches",
        verbose_name=_("induk"),
    )
    note = models.CharField(_("catatan"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("kantor BPJS Ketenagakerjaan")
        verbose_name_plural = _("kantor BPJS Ketenagakerjaan")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class OfficeCoverage(models.Model):
    """From when to when an office serves a region; two offices may share a regency by its districts."""

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    office = models.ForeignKey(Office, models.CASCADE, related_name="coverages", verbose_name=_("kantor"))
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("wilayah"))
    valid_from = models.DateField(_("sejak"))
    valid_until = models.DateField(_("berlaku sebelum tanggal"), null=True, blank=True)

    class Meta:
        verbose_name = _("wilayah kerja kantor")
        verbose_name_plural = _("wilayah kerja kantor")
        ordering = ["office", "region", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["office", "region", "valid_from"], name="officecoverage_once"),
            models.CheckConstraint(
                name="officecoverage_validity_order",
                condition=Q(valid_until=None) | Q(valid_from__lt=F("valid_until")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office_id} → {self.region_id}"
