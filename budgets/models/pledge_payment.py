import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from budgets.models.pledge import Pledge
from regions.counted_months import MonthOf
from regions.enums import ReportKind
from regions.fact_kind import NEVER, FactKind
from regions.models import SourcedFact
from regions.number import grouped
from regions.roles import Permission


@pghistory.track(pghistory.UpdateEvent(row="OLD"), pghistory.DeleteEvent())
class PledgePayment(SourcedFact):
    """What a payer has paid of a pledge; the paper that proves it is attached as a document.

    It is no contribution received: that is entered as such when BPJS books it, and only that is counted.
    """

    fact = FactKind(
        name="pledge_payment",
        key=("reference",),
        values=("pledge_id", "paid_on", "amount", "document"),
        permission=Permission.ENTER_BUDGET,
        report=ReportKind.BUDGET,
        first=MonthOf("paid_on"),
        last=MonthOf("paid_on"),
        counts=NEVER,
        named=("pledge_id", "paid_on"),
    )

    reference = models.CharField(_("nomor rujukan"), max_length=120, unique=True)
    pledge = models.ForeignKey(Pledge, models.PROTECT, related_name="payments", verbose_name=_("janji iuran"))
    paid_on = models.DateField(_("tanggal bayar"))
    amount = models.BigIntegerField(_("dibayar"))
    document = models.CharField(_("bukti bayar"), max_length=150, blank=True)

    class Meta:
        verbose_name = _("pembayaran janji iuran")
        verbose_name_plural = _("pembayaran janji iuran")
        ordering = ["-paid_on", "region", "pk"]
        constraints = [models.CheckConstraint(name="pledgepayment_some", condition=Q(amount__gte=1))]

    def __str__(self) -> str:
        return f"Rp{grouped(self.amount)}"
