from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from regions.models import Region, User


class FigureQuestion(models.Model):
    """What somebody asks about one figure, until it is settled.

    The numbers are the figure as the asker saw it: afterwards it may be another.
    """

    personal_fields: ClassVar[frozenset[str]] = frozenset({"text"})

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("wilayah"))
    period = models.DateField(_("bulan"))
    measure = models.CharField(_("ukuran"), max_length=10)
    segment = models.CharField(_("segmen"), max_length=20, blank=True)
    category = models.CharField(_("kategori"), max_length=50, blank=True)
    funding = models.CharField(_("sumber dana"), max_length=50, blank=True)
    target = models.CharField(_("dasar target"), max_length=20, blank=True)
    variant = models.CharField(_("rincian"), max_length=50, blank=True)
    numerator = models.BigIntegerField(_("pembilang saat ditanyakan"))
    denominator = models.BigIntegerField(_("penyebut saat ditanyakan"), null=True)
    rate = models.DecimalField(_("hasil saat ditanyakan"), max_digits=24, decimal_places=2, null=True)
    text = models.CharField(_("pertanyaan"), max_length=500)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("ditanyakan oleh"))
    asked_at = models.DateTimeField(_("ditanyakan pada"), auto_now_add=True)
    answered_at = models.DateTimeField(_("dijawab pada"), null=True)
    settled_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("diselesaikan oleh")
    )
    settled_at = models.DateTimeField(_("diselesaikan pada"), null=True)
    mentioned = models.ManyToManyField(User, related_name="+", verbose_name=_("disebut"))

    class Meta:
        verbose_name = _("pertanyaan")
        verbose_name_plural = _("pertanyaan")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["region", "period", "measure"], name="figurequestion_figure"),
            models.Index(
                fields=["asked_at"], condition=models.Q(settled_at=None), name="figurequestion_open"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class FigureReply(models.Model):
    """An answer, or a further word, to a question."""

    personal_fields: ClassVar[frozenset[str]] = frozenset({"text"})

    question = models.ForeignKey(FigureQuestion, models.CASCADE, related_name="replies")
    text = models.CharField(_("jawaban"), max_length=500)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("ditulis oleh"))
    written_at = models.DateTimeField(_("ditulis pada"), auto_now_add=True)

    class Meta:
        verbose_name = _("jawaban")
        verbose_name_plural = _("jawaban")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text
