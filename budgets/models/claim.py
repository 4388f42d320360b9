import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from budgets.enums import ClaimKind
from budgets.models.money import MoneyFact
from regions.counted_months import DecemberAfter, MonthOf
from regions.enums import ReportKind
from regions.fact_kind import FactKind
from regions.number import grouped
from regions.roles import Permission

_VALUES = (
    *("programme", "kind", "amount", "cases", "paid_on", "happened_on"),
    *("category_id", "funding_id"),
)


@pghistory.track(pghistory.UpdateEvent(row="OLD"), pghistory.DeleteEvent())
class Claim(MoneyFact):
    """Benefits (klaim) paid out: a sum of cases, never a person's case."""

    fact = FactKind(
        name="claim",
        key=("reference",),
        values=_VALUES,
        permission=Permission.ENTER_CLAIM,
        report=ReportKind.CLAIMS,
        first=MonthOf("paid_on"),
        last=DecemberAfter(MonthOf("paid_on")),
        states=(("paid_on", _VALUES),),
    )

    kind = models.CharField(_("wujud"), max_length=10, choices=ClaimKind.choices, default=ClaimKind.CASH)
    cases = models.PositiveIntegerField(_("jumlah kasus"), null=True, blank=True)
    happened_on = models.DateField(_("tanggal kejadian"), null=True, blank=True)

    class Meta:
        verbose_name = _("klaim")
        verbose_name_plural = _("klaim")
        ordering = ["-paid_on", "region", "pk"]
        indexes = [models.Index(fields=["paid_on", "region"], name="claim_paid_region")]
        constraints = [
            models.CheckConstraint(name="claim_not_negative", condition=Q(amount__gte=0)),
            models.CheckConstraint(
                name="claim_event_before_payment",
                condition=Q(happened_on=None) | Q(happened_on__lte=F("paid_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"Rp{grouped(self.amount)}"
