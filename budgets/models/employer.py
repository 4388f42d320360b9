from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from budgets.enums import BusinessSector, EmployerSize, EmployerStanding
from regions.counted_months import Earliest, MonthOf, MonthsAfter, UntilSuperseded
from regions.enums import ReportKind
from regions.fact_kind import FactKind
from regions.models import SourcedFact
from regions.roles import Permission

_MONTH_BEFORE_THE_NEXT = """(
  SELECT (min(o.month) - interval '1 month')::date FROM budgets_employer AS o
  WHERE o.region_id = v.region_id AND o.identity = v.identity AND o.month > v.month)"""
# A report holds in its own month and so many after it, unless the employer's next one comes before.
HOLDS_AFTER = 11
_VALUES = (
    *("npp", "name", "sector", "size", "standing", "workers_known", "workers_registered"),
    *("wages", "arrears_months", "arrears", "fine"),
)


@pghistory.track(pghistory.UpdateEvent(row="OLD"), pghistory.DeleteEvent())
class Employer(SourcedFact):
    """What a region reports of one employer (badan usaha) in a month: how far it is registered, what it owes.

    `identity` is the NPP, or without one the name as it is compared; `called` is that name in either case.
    Names of small businesses are often those of people: only who may see persons sees rows.
    """

    personal_fields: ClassVar[frozenset[str]] = frozenset({"name", "called", "identity"})

    fact = FactKind(
        name="employer",
        key=("region_id", "month", "identity"),
        values=_VALUES,
        permission=Permission.ENTER_MEMBERSHIP,
        report=ReportKind.MEMBERS,
        seen_with=Permission.VIEW_PERSONS,
        first=MonthOf("month"),
        last=Earliest((MonthsAfter(MonthOf("month"), HOLDS_AFTER), UntilSuperseded(_MONTH_BEFORE_THE_NEXT))),
        states=(("month", _VALUES),),
        named=("month", "npp"),
        personal=("name", "called", "identity"),
        derived=("called",),
        identified_by=("month",),
    )

    month = models.DateField(_("bulan laporan"))
    npp = models.CharField(_("NPP"), max_length=20, blank=True)
    name = models.CharField(_("nama pemberi kerja"), max_length=150)
    called = models.CharField(_("nama yang dibandingkan"), max_length=150, editable=False)
    identity = models.CharField(_("pengenal"), max_length=160, editable=False)
    sector = models.CharField(_("sektor"), max_length=1, choices=BusinessSector.choices, blank=True)
    size = models.CharField(_("skala usaha"), max_length=10, choices=EmployerSize.choices, blank=True)
    standing = models.CharField(_("kepesertaan"), max_length=15, choices=EmployerStanding.choices)
    workers_known = models.PositiveIntegerField(_("tenaga kerja diketahui"), null=True, blank=True)
    workers_registered = models.PositiveIntegerField(_("tenaga kerja terdaftar"), null=True, blank=True)
    wages = models.BigIntegerField(_("upah dilaporkan sebulan"), null=True, blank=True)
    arrears_months = models.PositiveIntegerField(_("bulan menunggak"), null=True, blank=True)
    arrears = models.BigIntegerField(_("tunggakan iuran"), null=True, blank=True)
    fine = models.BigIntegerField(_("denda"), null=True, blank=True)

    class Meta:
        verbose_name = _("pemberi kerja")
        verbose_name_plural = _("pemberi kerja")
        ordering = ["-month", "region", "name", "pk"]
        indexes = [models.Index(fields=["region", "identity", "month"], name="employer_next")]
        constraints = [
            models.UniqueConstraint(fields=["region", "month", "identity"], name="employer_once"),
            models.CheckConstraint(name="employer_first_of_month", condition=Q(month__day=1)),
            models.CheckConstraint(
                name="employer_npp_where_registered",
                condition=(Q(standing=EmployerStanding.UNREGISTERED) & Q(npp=""))
                | (~Q(standing=EmployerStanding.UNREGISTERED) & ~Q(npp="")),
            ),
            models.CheckConstraint(
                name="employer_workers",
                condition=Q(workers_known=None)
                | Q(workers_registered=None)
                | Q(workers_registered__lte=F("workers_known")),
            ),
            models.CheckConstraint(
                name="employer_not_negative",
                condition=(Q(wages=None) | Q(wages__gte=0))
                & (Q(arrears=None) | Q(arrears__gte=0))
                & (Q(fine=None) | Q(fine__gte=0)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.npp})" if self.npp else self.name

    @property
    def is_registered(self) -> bool:
        return self.standing != EmployerStanding.UNREGISTERED
