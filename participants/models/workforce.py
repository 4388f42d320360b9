import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from participants.enums import CountedSegment, WorkforceKind
from regions.counted_months import MonthOfYear, UntilSuperseded
from regions.enums import ReportKind
from regions.fact_kind import FactKind
from regions.models import SourcedFact
from regions.number import grouped
from regions.roles import Permission

_MONTH_BEFORE_THE_NEXT = """(
  SELECT make_date(min(o.year), 1, 1) - interval '1 month' FROM participants_workforce AS o
  WHERE o.region_id = v.region_id AND o.is_official AND o.year > v.year)"""


@pghistory.track(pghistory.UpdateEvent(row="OLD"), pghistory.DeleteEvent())
class Workforce(SourcedFact):
    """A count of workers that may serve as the denominator of UCJ: of one kind, for one year.

    Several kinds stand side by side; at most one per region, year and segment is official.
    """

    fact = FactKind(
        name="workforce",
        listed_with=Permission.VIEW_COVERAGE,
        key=("region_id", "year", "kind", "segment"),
        values=("workers", "is_official"),
        preferences=("is_official",),
        permission=Permission.ENTER_WORKFORCE,
        report=ReportKind.MEMBERS,
        # A denominator serves its year and every later one that has none of its own.
        first=MonthOfYear("year", 1),
        last=UntilSuperseded(_MONTH_BEFORE_THE_NEXT),
        counts="v.is_official",
        named=("year", "kind", "segment"),
    )

    year = models.PositiveSmallIntegerField(_("tahun"))
    kind = models.CharField(_("jenis"), max_length=25, choices=WorkforceKind.choices)
    segment = models.CharField(_("segmen"), max_length=5, choices=CountedSegment.choices)
    workers = models.BigIntegerField(_("pekerja"))
    is_official = models.BooleanField(_("resmi dipakai"), default=False)

    class Meta:
        verbose_name = _("jumlah pekerja (penyebut)")
        verbose_name_plural = _("jumlah pekerja (penyebut)")
        ordering = ["-year", "region", "segment", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["region", "year", "kind", "segment"], name="workforce_once"),
            models.UniqueConstraint(
                fields=["region", "year", "segment"],
                condition=Q(is_official=True),
                name="workforce_one_official",
            ),
            models.CheckConstraint(name="workforce_positive", condition=Q(workers__gt=0)),
            models.CheckConstraint(name="workforce_year", condition=Q(year__range=(2000, 2100))),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.year}: {grouped(self.workers)}"
