from decimal import Decimal
from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class HintLimit(models.Model):
    """From which month on which thresholds warn about a figure in the grids; the newest before it holds."""

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    valid_from = models.DateField(_("berlaku sejak bulan"), unique=True, help_text=_("Tanggal 1."))
    jump_percent = models.PositiveSmallIntegerField(
        _("lonjakan dari bulan lalu (persen)"),
        default=20,
        help_text=_("Naik atau turun lebih dari ini diberi petunjuk."),
    )
    deviations = models.DecimalField(
        _("batas di luar kebiasaan"),
        max_digits=4,
        decimal_places=1,
        default=Decimal("3.5"),
        validators=[MinValueValidator(Decimal("0.5"))],
        help_text=_("Berapa kali simpangan lazim (1,4826 × median simpangan dari median 12 bulan)."),
    )
    fewest = models.PositiveSmallIntegerField(
        _("bulan pembanding paling sedikit"),
        default=6,
        validators=[MinValueValidator(2)],
        help_text=_(
            "Bila data kurang dari jumlah bulan itu, nilai terendah, tertinggi, dan kelaziman tidak dinilai."
        ),
    )
    fewest_people = models.PositiveIntegerField(
        _("selisih paling sedikit yang ditanyakan (orang)"),
        default=10,
        help_text=_("Lonjakan di bawah selisih ini tidak meminta alasan."),
    )

    class Meta:
        verbose_name = _("batas petunjuk isian")
        verbose_name_plural = _("batas petunjuk isian")
        ordering = ["-valid_from"]
        constraints = [
            models.CheckConstraint(name="hintlimit_first_of_month", condition=Q(valid_from__day=1)),
            models.CheckConstraint(name="hintlimit_sense", condition=Q(deviations__gt=0, fewest__gte=2)),
        ]

    def __str__(self) -> str:
        return f"{self.valid_from:%Y-%m}"
