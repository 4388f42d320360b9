from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from budgets.enums import MoneyKind
from regions.models import Region, User


class MoneyTitle(models.Model):
    """What a region's offices call a column in their files of money, as somebody once explained it."""

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("wilayah"))
    kind = models.CharField(_("isi"), max_length=15, choices=MoneyKind.choices)
    title = models.CharField(_("judul kolom"), max_length=60)
    field = models.CharField(_("isi kolom"), max_length=25)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("dicatat oleh"))
    entered_at = models.DateTimeField(_("dicatat pada"), auto_now=True)

    class Meta:
        verbose_name = _("judul kolom keuangan yang diingat")
        verbose_name_plural = _("judul kolom keuangan yang diingat")
        constraints = [models.UniqueConstraint(fields=["region", "kind", "title"], name="moneytitle_once")]

    def __str__(self) -> str:
        return f"{self.title} → {self.field}"
