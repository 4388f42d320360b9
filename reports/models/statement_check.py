from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from regions.models import Region, User
from reports.pack.code import grouped_code


class StatementCheck(models.Model):
    """A text that somebody said or published, and what the check answered on the day it was made.

    Nothing is changed afterwards: a text checked again is another check.
    """

    personal_fields: ClassVar[frozenset[str]] = frozenset({"statement"})

    code = models.CharField(_("kode"), max_length=12, primary_key=True)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("wilayah"))
    day = models.DateField(_("tanggal pernyataan"))
    source = models.CharField(_("sumber"), max_length=250, blank=True)
    statement = models.TextField(_("pernyataan"), max_length=100_000)
    answer = models.JSONField(_("jawaban"))
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("dibuat oleh"))
    made_at = models.DateTimeField(_("dibuat pada"), auto_now_add=True)

    class Meta:
        verbose_name = _("pemeriksaan pernyataan")
        verbose_name_plural = _("pemeriksaan pernyataan")
        ordering = ["-made_at"]

    @property
    def printed_code(self) -> str:
        return grouped_code(self.code)

    def __str__(self) -> str:
        return self.printed_code
