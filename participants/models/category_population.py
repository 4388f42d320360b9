import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from participants.enums import PopulationKind
from participants.models.category import Category
from regions.counted_months import MonthOfYear, UntilSuperseded
from regions.enums import ReportKind
from regions.fact_kind import NEVER, FactKind
from regions.models import SourcedFact
from regions.number import grouped
from regions.roles import Permission

_MONTH_BEFORE_THE_NEXT = """(
  SELECT make_date(min(o.year), 1, 1) - interval '1 month' FROM participants_categorypopulation AS o
  WHERE o.region_id = v.region_id AND o.category_id = v.category_id AND o.year > v.year)"""


@pghistory.track(pghistory.UpdateEvent(row="OLD"), pghistory.DeleteEvent())
class CategoryPopulation(SourcedFact):
    """How many workers of a category live in a region, protected or not; it enters no measure.

    It holds until the next year that has one of its own. None may be known of: nought is a statement.
    """

    fact = FactKind(
        name="category_population",
        listed_with=Permission.VIEW_COVERAGE,
        key=("region_id", "year", "category_id"),
        values=("people", "kind"),
        permission=Permission.ENTER_WORKFORCE,
        report=ReportKind.HEADCOUNTS,
        first=MonthOfYear("year", 1),
        last=UntilSuperseded(_MONTH_BEFORE_THE_NEXT),
        counts=NEVER,
        named=("category_id", "year"),
    )

    year = models.PositiveSmallIntegerField(_("tahun"))
    category = models.ForeignKey(Category, models.PROTECT, related_name="+", verbose_name=_("kategori"))
    people = models.BigIntegerField(_("orang"))
    kind = models.CharField(_("jenis"), max_length=10, choices=PopulationKind.choices)

    class Meta:
        verbose_name = _("jumlah pekerja per kategori")
        verbose_name_plural = _("jumlah pekerja per kategori")
        ordering = ["-year", "region", "category"]
        constraints = [
            models.UniqueConstraint(fields=["region", "year", "category"], name="categorypopulation_once"),
            models.CheckConstraint(name="categorypopulation_not_negative", condition=Q(people__gte=0)),
            models.CheckConstraint(name="categorypopulation_year", condition=Q(year__range=(2000, 2100))),
        ]

    def __str__(self) -> str:
        return f"{self.category_id} {self.year}: {grouped(self.people)}"
