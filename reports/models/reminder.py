from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from regions.models import Region, User


class Reminder(models.Model):
    """That somebody asked for a region's month to be handed in."""

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("wilayah"))
    month = models.DateField(_("bulan"))
    text = models.CharField(_("pesan"), max_length=500, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("oleh"))
    at = models.DateTimeField(_("waktu"))

    class Meta:
        verbose_name = _("pengingat")
        verbose_name_plural = _("pengingat")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["region", "month"], name="reminder_region_month")]

    def __str__(self) -> str:
        return f"{self.region_id} {self.month:%Y-%m}"


class Mail(models.Model):
    """A message to one person about their tasks: one of a kind a day, and whether it went out."""

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    user = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name=_("kepada"))
    day = models.DateField(_("hari"))
    kind = models.CharField(_("jenis"), max_length=40)
    subject = models.CharField(_("judul"), max_length=200)
    sent_at = models.DateTimeField(_("terkirim pada"), null=True)
    failure = models.CharField(_("sebab gagal"), max_length=300, blank=True)
    attempts = models.PositiveSmallIntegerField(_("percobaan"), default=0)

    class Meta:
        verbose_name = _("surel")
        verbose_name_plural = _("surel")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "day", "kind"], name="mail_once_a_day"),
            models.CheckConstraint(name="mail_sent_or_failed", condition=Q(sent_at=None) | Q(failure="")),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.kind}"
