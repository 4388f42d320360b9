import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from participants.enums import CountedSegment, WorkforceKind
from regions.models import SourcedFact
from regions.number import grouped


@pghistory.track(pghistory.UpdateEvent(row="OLD"), pghistory.DeleteEvent())
class Workforce(SourcedFact):
    """A count of workers that may serve as the denominator of UCJ: of one kind, for one year.

    Several kinds stand side by side; at most one per region, year and segment is official.
    """

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
