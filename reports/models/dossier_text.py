from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from regions.models import Region, User


class DossierText(models.Model):
    """What people write into a year's dossier for the Paritrana award; all else of it is counted."""

    personal_fields: ClassVar[frozenset[str]] = frozenset({"commitment", "innovations"})

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("wilayah"))
    year = models.PositiveSmallIntegerField(_("tahun"))
    commitment = models.TextField(_("komitmen kepala daerah"), max_length=4000, blank=True)
    # A line each: what | since when | what it brought.
    innovations = models.TextField(_("inovasi daerah"), max_length=8000, blank=True)
    revision = models.PositiveIntegerField(_("revisi"), default=1)
    changed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("diubah oleh"))
    changed_at = models.DateTimeField(_("diubah pada"))

    class Meta:
        verbose_name = _("teks berkas Paritrana")
        verbose_name_plural = _("teks berkas Paritrana")
        constraints = [models.UniqueConstraint(fields=["region", "year"], name="dossiertext_once")]

    def __str__(self) -> str:
        return f"{self.region_id} {self.year}"
