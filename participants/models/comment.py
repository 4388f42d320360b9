from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from participants.enums import CountedSegment
from participants.models.category import Category
from participants.models.funding_source import FundingSource
from participants.models.participant import Participant
from regions.models import Region, User


class Comment(models.Model):
    """What somebody remarked on a person, or on a figure of a month: a category and payer, or a segment."""

    personal_fields: ClassVar[frozenset[str]] = frozenset({"text"})

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("wilayah"))
    participant = models.ForeignKey(
        Participant, models.CASCADE, null=True, related_name="comments", verbose_name=_("peserta")
    )
    month = models.DateField(_("bulan"), null=True)
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, related_name="+", verbose_name=_("kategori")
    )
    funding = models.ForeignKey(
        FundingSource, models.PROTECT, null=True, related_name="+", verbose_name=_("sumber dana")
    )
    segment = models.CharField(_("segmen"), max_length=5, choices=CountedSegment.choices, null=True)
    text = models.CharField(_("komentar"), max_length=500)
    is_follow_up = models.BooleanField(
        _("tindak lanjut"), default=False, help_text=_("Angkanya masih harus ditindaklanjuti.")
    )
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("ditulis oleh"))
    entered_at = models.DateTimeField(_("ditulis pada"), auto_now_add=True)
    settled_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("diselesaikan oleh")
    )
    settled_at = models.DateTimeField(_("diselesaikan pada"), null=True)

    class Meta:
        verbose_name = _("komentar")
        verbose_name_plural = _("komentar")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="comment_on_person_or_cell",
                condition=models.Q(
                    participant__isnull=False,
                    month=None,
                    category=None,
                    funding=None,
                    segment=None,
                    is_follow_up=False,
                )
                | models.Q(
                    participant=None,
                    month__isnull=False,
                    category__isnull=False,
                    funding__isnull=False,
                    segment=None,
                )
                | models.Q(
                    participant=None,
                    month__isnull=False,
                    category=None,
                    funding=None,
                    segment__isnull=False,
                ),
            )
        ]

    def __str__(self) -> str:
        return self.text
