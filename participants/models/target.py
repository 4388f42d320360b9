import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from participants.enums import TargetFrame
from regions.counted_months import MonthOfYear
from regions.enums import ReportKind
from regions.fact_kind import FactKind
from regions.models import SourcedFact
from regions.roles import Permission


@pghistory.track(pghistory.UpdateEvent(row="OLD"), pghistory.DeleteEvent())
class Target(SourcedFact):
    """The UCJ, in percent, that somebody set for a region at the end of a year; several coexist.

    It binds that region alone and counts in the months of its year.
    """

    fact = FactKind(
        name="target",
        listed_with=Permission.VIEW_COVERAGE,
        key=("region_id", "year", "frame"),
        values=("percent",),
        permission=Permission.ENTER_WORKFORCE,
        report=ReportKind.MEMBERS,
        first=MonthOfYear("year", 1),
        last=MonthOfYear("year", 12),
        named=("year", "frame"),
    )

    year = models.PositiveSmallIntegerField(_("tahun"))
    frame = models.CharField(_("dasar target"), max_length=10, choices=TargetFrame.choices)
    percent = models.DecimalField(_("target UCJ (persen)"), max_digits=5, decimal_places=2)

    class Meta:
        verbose_name = _("target UCJ")
        verbose_name_plural = _("target UCJ")
        ordering = ["region", "frame", "year"]
        constraints = [
            models.UniqueConstraint(fields=["region", "year", "frame"], name="target_once"),
            models.CheckConstraint(name="target_percent_range", condition=Q(percent__gt=0, percent__lte=100)),
        ]

    def __str__(self) -> str:
        return f"{self.region_id} {self.frame} {self.year}: {self.percent}"
