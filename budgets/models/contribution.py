import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from budgets.models.money import MoneyFact
from regions.counted_months import DecemberAfter, MonthOf
from regions.enums import ReportKind
from regions.fact_kind import FactKind
from regions.models import Institution
from regions.number import grouped
from regions.roles import Permission

_VALUES = (
    *("programme", "amount", "paid_on", "first_month", "last_month"),
    *("category_id", "funding_id", "institution_id"),
)


@pghistory.track(pghistory.UpdateEvent(row="OLD"), pghistory.DeleteEvent())
class Contribution(MoneyFact):
    """Contributions (iuran) received, and the months that they pay for."""

    fact = FactKind(
        name="contribution",
        key=("reference",),
        values=_VALUES,
        # Which institution paid moves no figure.
        counted=tuple(column for column in _VALUES if column != "institution_id"),
        permission=Permission.ENTER_CONTRIBUTION,
        report=ReportKind.CONTRIBUTIONS,
        first=MonthOf("paid_on"),
        last=DecemberAfter(MonthOf("paid_on")),
        # A payment speaks of the month in which it was made, whatever months it is for.
        states=(("paid_on", _VALUES),),
    )

    institution = models.ForeignKey(
        Institution,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("lembaga pembayar"),
    )
    first_month = models.DateField(_("untuk bulan"))
    last_month = models.DateField(_("sampai bulan"))

    class Meta:
        verbose_name = _("iuran")
        verbose_name_plural = _("iuran")
        ordering = ["-paid_on", "region", "pk"]
        indexes = [models.Index(fields=["paid_on", "region"], name="contribution_paid_region")]
        constraints = [
            models.CheckConstraint(name="contribution_not_negative", condition=Q(amount__gte=0)),
            models.CheckConstraint(
                name="contribution_months",
                condition=Q(first_month__day=1, last_month__day=1, first_month__lte=F("last_month")),
            ),
        ]

    def __str__(self) -> str:
        return f"Rp{grouped(self.amount)}"
