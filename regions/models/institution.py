from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from regions.enums import InstitutionKind
from regions.models.region import Region


class Institution(models.Model):
    """A body that registers or pays for workers: an OPD, a village, the KPU, a company."""

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    code = models.SlugField(_("kode"), max_length=60, primary_key=True)
    name = models.CharField(_("nama"), max_length=150)
    kind = models.CharField(_("jenis"), max_length=15, choices=InstitutionKind.choices)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("wilayah"))
    # The first day on which it exists no more; facts that name it keep it.
    valid_until = models.DateField(_("berakhir sejak"), null=True, blank=True)
    is_example = models.BooleanField(_("data contoh"), default=False)

    class Meta:
        verbose_name = _("lembaga")
        verbose_name_plural = _("lembaga")
        ordering = ["region", "name"]

    def __str__(self) -> str:
        return self.name
