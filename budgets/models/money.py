from django.db import models
from django.utils.translation import gettext_lazy as _

from budgets.enums import ProgrammeGroup
from participants.models import Category, FundingSource
from regions.models import SourcedFact


class MoneyFact(SourcedFact):
    """What a contribution and a claim have in common: rupiah, a day of payment, a programme.

    `reference` tells entries of the ledger apart, since two equal payments on one day are possible:
    the form writes its own unique mark there, so that sending a form twice stores one payment.
    """

    reference = models.CharField(_("nomor rujukan"), max_length=120, unique=True)
    programme = models.CharField(_("program"), max_length=10, choices=ProgrammeGroup.choices)
    amount = models.BigIntegerField(_("rupiah"))
    paid_on = models.DateField(_("tanggal bayar"))
    category = models.ForeignKey(
        Category,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("kategori"),
    )
    funding = models.ForeignKey(
        FundingSource,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("sumber dana"),
    )

    class Meta:
        abstract = True
