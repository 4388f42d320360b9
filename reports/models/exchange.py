from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from regions.models import Region, User


class CodeKind(models.TextChoices):
    PLACE = "place", _("wilayah")
    FIGURE = "figure", _("angka")


class ExchangeSystem(models.Model):
    """Another system that speaks of the same regions and figures by codes of its own, such as a DHIS2."""

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    code = models.SlugField(_("kode"), max_length=40, primary_key=True)
    label = models.CharField(_("nama"), max_length=120)
    # In whose scope it is kept.
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("wilayah"))
    changed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("diubah oleh"))
    changed_at = models.DateTimeField(_("diubah pada"), auto_now=True)

    class Meta:
        verbose_name = _("sistem lain")
        verbose_name_plural = _("sistem lain")
        ordering = ["label"]

    def __str__(self) -> str:
        return self.label


class ExchangeCode(models.Model):
    """What the other system calls a region, or a figure (`headcount:linmas:apbd_kabkota`, `COV-01`)."""

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    system = models.ForeignKey(ExchangeSystem, models.CASCADE, related_name="codes")
    kind = models.CharField(_("jenis"), max_length=6, choices=CodeKind.choices)
    theirs = models.CharField(_("kode mereka"), max_length=80)
    ours = models.CharField(_("kode kita"), max_length=120)

    class Meta:
        verbose_name = _("pasangan kode")
        verbose_name_plural = _("pasangan kode")
        ordering = ["kind", "ours"]
        constraints = [
            models.UniqueConstraint(fields=["system", "kind", "theirs"], name="exchangecode_theirs_once"),
            models.UniqueConstraint(fields=["system", "kind", "ours"], name="exchangecode_ours_once"),
        ]

    def __str__(self) -> str:
        return f"{self.theirs} = {self.ours}"
