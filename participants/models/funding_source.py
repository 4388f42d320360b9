from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from participants.enums import PayerKind
from regions.stored_text import shown


class FundingSource(models.Model):
    """Where the money of a contribution comes from; some sources are open only for a time."""

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    code = models.SlugField(_("kode"), max_length=40, primary_key=True)
    name = models.CharField(_("nama"), max_length=120)
    payer = models.CharField(_("pembayar"), max_length=25, choices=PayerKind.choices)
    is_government = models.BooleanField(_("uang negara atau daerah"), default=False)
    precedence = models.PositiveSmallIntegerField(
        _("urutan kewajiban"),
        default=90,
        help_text=_(
            "Bila dua sumber dana membayar orang yang sama pada bulan yang sama, yang angkanya lebih kecil "
            "tetap membayar dan yang lebih besar berhenti."
        ),
    )
    valid_from = models.DateField(_("berlaku sejak"), null=True, blank=True)
    valid_until = models.DateField(_("berlaku sampai (tidak termasuk)"), null=True, blank=True)
    note = models.CharField(_("catatan"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("sumber dana")
        verbose_name_plural = _("sumber dana")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="fundingsource_validity_order",
                condition=Q(valid_from=None) | Q(valid_until=None) | Q(valid_from__lt=F("valid_until")),
            )
        ]

    def __str__(self) -> str:
        return shown(self.name)
