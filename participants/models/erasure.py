from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from participants.models.participant import Participant
from regions.models import User


class Erasure(models.Model):
    """That somebody asked for a person's data to be erased, and what another person decided."""

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+", verbose_name=_("peserta"))
    reason = models.CharField(_("alasan"), max_length=250)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("diminta oleh"))
    asked_at = models.DateTimeField(_("diminta pada"), auto_now_add=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("diputuskan oleh")
    )
    decided_at = models.DateTimeField(_("diputuskan pada"), null=True)
    is_granted = models.BooleanField(_("dikabulkan"), null=True)

    class Meta:
        verbose_name = _("permintaan penghapusan")
        verbose_name_plural = _("permintaan penghapusan")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["participant"], condition=models.Q(is_granted=None), name="erasure_open_once"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
