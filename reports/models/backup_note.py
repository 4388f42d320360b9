from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class BackupNote(models.Model):
    """One attempt to back the installation up: when, by whom, how large, how long, or why it failed."""

    personal_fields: ClassVar[frozenset[str]] = frozenset({"made_by"})

    at = models.DateTimeField(_("waktu"))
    # A person's name on the server, or "terjadwal".
    made_by = models.CharField(_("oleh"), max_length=150)
    name = models.CharField(_("nama cadangan"), max_length=200, blank=True)
    bytes = models.BigIntegerField(_("besar"), default=0)
    rows = models.BigIntegerField(_("banyak baris"), default=0)
    seconds = models.FloatField(_("lama"), default=0)
    problem = models.CharField(_("sebab gagal"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("catatan cadangan")
        verbose_name_plural = _("catatan cadangan")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.name}"
