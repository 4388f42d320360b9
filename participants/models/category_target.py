import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from participants.enums import TargetFrame
from participants.models.category import Category
from regions.counted_months import MonthOfYear
from regions.enums import ReportKind
from regions.fact_kind import FactKind
from regions.models import SourcedFact
from regions.number import grouped
from regions.roles import Permission


@pghistory.track(pghistory.UpdateEvent(row="OLD"), pghistory.DeleteEvent())
class CategoryTarget(SourcedFact):
    """The people of a category that somebody wants protected in a region at the end of a year.

    It binds that region alone, in the months of its year: people of a province are no share that
    would hold for its regencies too.
    """

    fact = FactKind(
        name="category_target",
        listed_with=Permission.VIEW_COVERAGE,
        key=("region_id", "year", "frame", "category_id"),
        values=("people",),
        permission=Permission.ENTER_WORKFORCE,
        report=ReportKind.HEADCOUNTS,
        first=MonthOfYear("year", 1),
        last=MonthOfYear("year", 12),
        named=("category_id", "year", "frame"),
    )

    year = models.PositiveSmallIntegerField(_("tahun"))
    frame = models.CharField(_("dasar target"), max_length=10, choices=TargetFrame.choices)
    category = models.ForeignKey(Category, models.PROTECT, related_name="+", verbose_name=_("kategori"))
    people = models.BigIntegerField(_("orang"))

    class Meta:
        verbose_name = _("target kategori")
        verbose_name_plural = _("target kategori")
        ordering = ["region", "category", "frame", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "year", "frame", "category"], name="categorytarget_once"
            ),
            models.CheckConstraint(name="categorytarget_positive", condition=Q(people__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.category_id} {self.frame} {self.year}: {grouped(self.people)}"
