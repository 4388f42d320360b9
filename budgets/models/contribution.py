import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from budgets.models.money import MoneyFact
from regions.number import grouped


@pghistory.track(pghistory.UpdateEvent(row="OLD"), pghistory.DeleteEvent())
class Contribution(MoneyFact):
    """Contributions (iuran) received, and the months that they pay for."""

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
        return f"Rp {grouped(self.amount)}"
