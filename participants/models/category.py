from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from participants.enums import Segment
from regions.models import Regulation
from regions.stored_text import shown


class Category(models.Model):
    """A group of workers as the regions name them: RT/RW, nelayan, Linmas. Data, not code."""

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    code = models.SlugField(_("kode"), max_length=40, primary_key=True)
    name = models.CharField(_("nama"), max_length=120)
    synonyms = ArrayField(
        models.CharField(max_length=120), verbose_name=_("sebutan lain"), default=list, blank=True
    )
    segment = models.CharField(_("segmen lazim"), max_length=5, choices=Segment.choices)
    is_vulnerable = models.BooleanField(_("pekerja rentan"), default=False)
    is_fixed_term = models.BooleanField(
        _("berbatas waktu"), default=False, help_text=_("Tugasnya berakhir pada tanggal tertentu.")
    )
    owner = models.CharField(_("perangkat daerah pengampu"), max_length=150, blank=True)
    legal_basis = models.CharField(_("dasar hukum"), max_length=250, blank=True)
    # The rule that the words above name, in the register.
    basis = models.ForeignKey(
        Regulation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("dasar hukum dalam register"),
    )
    note = models.CharField(_("catatan"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("kategori pekerja")
        verbose_name_plural = _("kategori pekerja")
        ordering = ["name"]

    def __str__(self) -> str:
        return shown(self.name)
