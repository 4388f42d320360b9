from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from regions.enums import Origin
from regions.models.region import Region
from regions.models.user import User


class SourcedFact(models.Model):
    """What every stored number carries: where it holds, who said it, as of when, who entered it."""

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("wilayah"))
    source = models.CharField(
        _("sumber"),
        max_length=250,
        help_text=_("Surat, laporan atau berita tempat angka ini tertulis."),
    )
    source_url = models.URLField(_("alamat sumber"), max_length=500, blank=True)
    as_of = models.DateField(_("per tanggal"))
    origin = models.CharField(_("masuk lewat"), max_length=10, choices=Origin.choices)
    note = models.CharField(_("catatan"), max_length=500, blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("dicatat oleh"))
    entered_at = models.DateTimeField(_("dicatat pada"), auto_now_add=True)
    changed_at = models.DateTimeField(_("diubah pada"), auto_now=True)
    revision = models.PositiveIntegerField(_("revisi"), default=1)

    class Meta:
        abstract = True
