from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from participants.enums import CandidateState
from participants.models.category import Category
from participants.models.participant import Participant
from regions.models import Region, User


class DuplicateCandidate(models.Model):
    """Two persons of a region who may be one; kept with the reasons and what was decided."""

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("wilayah"))
    first = models.ForeignKey(Participant, models.CASCADE, related_name="+", verbose_name=_("orang pertama"))
    second = models.ForeignKey(Participant, models.CASCADE, related_name="+", verbose_name=_("orang kedua"))
    similarity = models.DecimalField(_("kemiripan nama"), max_digits=3, decimal_places=2)
    reasons = models.JSONField(_("alasan"), default=list)
    state = models.CharField(_("keputusan"), max_length=10, choices=CandidateState.choices)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("diputuskan oleh")
    )
    decided_at = models.DateTimeField(_("diputuskan pada"), null=True)
    decision_reason = models.CharField(_("alasan keputusan"), max_length=250, blank=True)
    found_at = models.DateTimeField(_("ditemukan pada"), auto_now_add=True)

    class Meta:
        verbose_name = _("dugaan data ganda")
        verbose_name_plural = _("dugaan data ganda")
        ordering = ["-similarity", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="duplicatecandidate_once"),
            models.CheckConstraint(name="duplicatecandidate_order", condition=Q(first__lt=F("second"))),
        ]

    def __str__(self) -> str:
        return f"#{self.first_id} ~ #{self.second_id}"


class OverlapAllowance(models.Model):
    """Two categories that one person may rightly be in at the same time, each paid for."""

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    first = models.ForeignKey(Category, models.CASCADE, related_name="+", verbose_name=_("kategori"))
    second = models.ForeignKey(Category, models.CASCADE, related_name="+", verbose_name=_("dan kategori"))
    reason = models.CharField(_("alasan"), max_length=250)

    class Meta:
        verbose_name = _("tumpang tindih yang wajar")
        verbose_name_plural = _("tumpang tindih yang wajar")
        ordering = ["first", "second"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="overlapallowance_once"),
            models.CheckConstraint(name="overlapallowance_order", condition=Q(first__lt=F("second"))),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} × {self.second_id}"
