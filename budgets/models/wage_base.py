import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from participants.enums import Programme
from participants.models import Category
from regions.counted_months import MonthOf, OpenEnd
from regions.enums import ReportKind
from regions.fact_kind import FactKind
from regions.models import SourcedFact
from regions.number import grouped
from regions.roles import Permission


@pghistory.track(pghistory.UpdateEvent(row="OLD"), pghistory.DeleteEvent())
class WageBase(SourcedFact):
    """The wage from which a region pays the contributions of a category as wage earners, from a month on."""

    fact = FactKind(
        name="wage_base",
        key=("region_id", "category_id", "first_month"),
        values=("rupiah", "risk_class", "programmes"),
        permission=Permission.ENTER_BUDGET,
        report=ReportKind.BUDGET,
        first=MonthOf("first_month"),
        last=OpenEnd(),
        named=("category_id", "first_month"),
    )

    category = models.ForeignKey(Category, models.PROTECT, related_name="+", verbose_name=_("kategori"))
    first_month = models.DateField(_("mulai bulan"))
    rupiah = models.BigIntegerField(_("dasar upah"))
    risk_class = models.PositiveSmallIntegerField(_("tingkat risiko lingkungan kerja"), default=1)
    programmes = ArrayField(
        models.CharField(max_length=3, choices=Programme.choices), verbose_name=_("program")
    )

    class Meta:
        verbose_name = _("dasar upah")
        verbose_name_plural = _("dasar upah")
        ordering = ["region", "category", "-first_month"]
        constraints = [
            models.UniqueConstraint(fields=["region", "category", "first_month"], name="wagebase_once"),
            models.CheckConstraint(name="wagebase_positive", condition=Q(rupiah__gt=0)),
            models.CheckConstraint(name="wagebase_risk_class", condition=Q(risk_class__range=(1, 5))),
            models.CheckConstraint(name="wagebase_first_of_month", condition=Q(first_month__day=1)),
        ]

    def __str__(self) -> str:
        return f"Rp{grouped(self.rupiah)}"
