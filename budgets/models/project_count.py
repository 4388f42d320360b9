import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from regions.counted_months import DecemberAfter, Earliest, MonthOf, UntilSuperseded
from regions.enums import ReportKind
from regions.fact_kind import FactKind
from regions.models import SourcedFact
from regions.number import grouped
from regions.roles import Permission

_MONTH_BEFORE_THE_NEXT = """(
  SELECT (min(o.month) - interval '1 month')::date FROM budgets_projectcount AS o
  WHERE o.region_id = v.region_id AND o.month > v.month)"""
_VALUES = ("packages", "registered", "total_value", "registered_value")


@pghistory.track(pghistory.UpdateEvent(row="OLD"), pghistory.DeleteEvent())
class ProjectCount(SourcedFact):
    """How many construction projects a region counts in the fiscal year up to a month, and how many are
    registered (Jakon): the line of a summary, without the projects one by one.

    It holds until the region's next count, at most to December of the year.
    """

    fact = FactKind(
        name="project_count",
        key=("region_id", "month"),
        values=_VALUES,
        permission=Permission.ENTER_MEMBERSHIP,
        report=ReportKind.MEMBERS,
        first=MonthOf("month"),
        last=Earliest((DecemberAfter(MonthOf("month")), UntilSuperseded(_MONTH_BEFORE_THE_NEXT))),
        states=(("month", _VALUES),),
        named=("month",),
    )

    month = models.DateField(_("sampai bulan"))
    packages = models.PositiveIntegerField(_("jumlah paket"))
    registered = models.PositiveIntegerField(_("paket terdaftar"))
    total_value = models.BigIntegerField(_("nilai seluruh paket sebelum PPN"), null=True, blank=True)
    registered_value = models.BigIntegerField(_("nilai paket terdaftar sebelum PPN"), null=True, blank=True)

    class Meta:
        verbose_name = _("jumlah proyek jasa konstruksi")
        verbose_name_plural = _("jumlah proyek jasa konstruksi")
        ordering = ["-month", "region"]
        constraints = [
            models.UniqueConstraint(fields=["region", "month"], name="projectcount_once"),
            models.CheckConstraint(name="projectcount_first_of_month", condition=Q(month__day=1)),
            models.CheckConstraint(
                name="projectcount_registered", condition=Q(registered__lte=F("packages"), packages__gte=1)
            ),
            models.CheckConstraint(
                name="projectcount_value",
                condition=(Q(total_value=None) | Q(total_value__gt=0))
                & (Q(registered_value=None) | Q(registered_value__gte=0))
                & (
                    Q(total_value=None) | Q(registered_value=None) | Q(registered_value__lte=F("total_value"))
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{grouped(self.registered)} / {grouped(self.packages)}"

    @property
    def unregistered(self) -> int:
        return self.packages - self.registered
