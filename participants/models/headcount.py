import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from participants.models.category import Category
from participants.models.funding_source import FundingSource
from regions.counted_months import MonthOf
from regions.enums import ReportKind
from regions.fact_kind import FactKind
from regions.models import SourcedFact
from regions.number import grouped
from regions.roles import Permission


@pghistory.track(pghistory.UpdateEvent(row="OLD"), pghistory.DeleteEvent())
class Headcount(SourcedFact):
    """People of a category whose contributions a funding source pays in a month, counted without names."""

    fact = FactKind(
        name="headcount",
        key=("month", "region_id", "category_id", "funding_id"),
        values=("people",),
        permission=Permission.ENTER_HEADCOUNT,
        report=ReportKind.HEADCOUNTS,
        first=MonthOf("month"),
        last=MonthOf("month"),
        states=(("month", ("people",)),),
        # People of a month make contributions due, which are summed from January on.
        counts_on=True,
        named=("month", "category_id", "funding_id"),
    )

    month = models.DateField(_("bulan"))
    category = models.ForeignKey(Category, models.PROTECT, related_name="+", verbose_name=_("kategori"))
    funding = models.ForeignKey(
        FundingSource, models.PROTECT, related_name="+", verbose_name=_("sumber dana")
    )
    people = models.BigIntegerField(_("orang"))

    class Meta:
        verbose_name = _("jumlah orang per kategori")
        verbose_name_plural = _("jumlah orang per kategori")
        ordering = ["-month", "region", "category", "funding"]
        constraints = [
            models.UniqueConstraint(fields=["month", "region", "category", "funding"], name="headcount_once"),
            models.CheckConstraint(name="headcount_not_negative", condition=Q(people__gte=0)),
            models.CheckConstraint(name="headcount_first_of_month", condition=Q(month__day=1)),
        ]

    def __str__(self) -> str:
        return f"{self.category_id}, {self.funding_id}: {grouped(self.people)}"
