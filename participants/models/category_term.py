import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from participants.models.category import Category
from regions.counted_months import MonthOf
from regions.enums import ReportKind
from regions.fact_kind import NEVER, FactKind
from regions.models import SourcedFact
from regions.roles import Permission


@pghistory.track(pghistory.UpdateEvent(row="OLD"), pghistory.DeleteEvent())
class CategoryTerm(SourcedFact):
    """From when to when workers of a category serve, by law or decree: election duty, contracts.

    It holds for its region and all below it, and enters no measure.
    """

    fact = FactKind(
        name="category_term",
        listed_with=Permission.VIEW_COVERAGE,
        key=("region_id", "category_id", "starts_on"),
        values=("ends_on", "legal_basis", "document"),
        counted=("ends_on",),
        permission=Permission.ENTER_WORKFORCE,
        report=ReportKind.HEADCOUNTS,
        first=MonthOf("starts_on"),
        last=MonthOf("ends_on"),
        counts=NEVER,
        named=("category_id", "starts_on"),
    )

    category = models.ForeignKey(Category, models.PROTECT, related_name="+", verbose_name=_("kategori"))
    starts_on = models.DateField(_("mulai"))
    ends_on = models.DateField(_("berakhir"))
    legal_basis = models.CharField(_("dasar hukum"), max_length=250, blank=True)
    document = models.CharField(_("keputusan"), max_length=150, blank=True)

    class Meta:
        verbose_name = _("masa tugas kategori")
        verbose_name_plural = _("masa tugas kategori")
        ordering = ["-ends_on", "region", "category"]
        constraints = [
            models.UniqueConstraint(fields=["region", "category", "starts_on"], name="categoryterm_once"),
            models.CheckConstraint(name="categoryterm_days", condition=Q(ends_on__gte=F("starts_on"))),
        ]

    def __str__(self) -> str:
        return f"{self.category_id}: {self.starts_on:%Y-%m-%d} – {self.ends_on:%Y-%m-%d}"
