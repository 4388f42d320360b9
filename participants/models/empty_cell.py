from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from participants.enums import EmptyReason
from regions.models import Region, User


@pghistory.track(pghistory.UpdateEvent(row="OLD"), pghistory.DeleteEvent())
class EmptyCell(models.Model):
    """A figure of a month left empty on purpose; the row goes when a number arrives."""

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("wilayah"))
    month = models.DateField(_("bulan"))
    # The text of a MonthEntryKey: members:pu, headcount:rt_rw:apbd_kabkota, contributions, claims.
    cell = models.CharField(_("angka"), max_length=100)
    reason = models.CharField(_("sebab"), max_length=20, choices=EmptyReason.choices)
    note = models.CharField(_("penjelasan"), max_length=250, blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("ditulis oleh"))
    entered_at = models.DateTimeField(_("ditulis pada"), auto_now=True)

    class Meta:
        verbose_name = _("sel kosong beralasan")
        verbose_name_plural = _("sel kosong beralasan")
        constraints = [
            models.UniqueConstraint(fields=["region", "month", "cell"], name="emptycell_once"),
            models.CheckConstraint(name="emptycell_first_of_month", condition=Q(month__day=1)),
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()}: {self.note}" if self.note else self.get_reason_display()
