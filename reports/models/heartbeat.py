from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Heartbeat(models.Model):
    """When the background worker last showed that it lives; kept here so that Redis may die."""

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    name = models.SlugField(_("nama"), max_length=40, primary_key=True)
    at = models.DateTimeField(_("terakhir terlihat"))
    # How long figures will not be up to date, where that is more than a minute; told on every page.
    behind_seconds = models.PositiveIntegerField(_("angka tertinggal (detik)"), default=0, db_default=0)
    detail = models.CharField(_("keterangan"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("sinyal proses")
        verbose_name_plural = _("sinyal proses")

    def __str__(self) -> str:
        return self.name
