from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReferenceFile(models.Model):
    """Which version of a reference file was loaded last, so that loading it again costs nothing."""

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    name = models.CharField(_("nama"), max_length=60, primary_key=True)
    sha256 = models.CharField(_("nilai hash"), max_length=64)
    rows = models.PositiveIntegerField(_("baris"))
    loaded_at = models.DateTimeField(_("dimuat pada"), auto_now=True)

    class Meta:
        verbose_name = _("berkas acuan")
        verbose_name_plural = _("berkas acuan")

    def __str__(self) -> str:
        return self.name
