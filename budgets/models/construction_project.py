from datetime import date
from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from budgets.enums import ProjectStanding
from regions.counted_months import Latest, MonthOf, MonthOfYear
from regions.enums import ReportKind
from regions.fact_kind import FactKind
from regions.models import SourcedFact
from regions.month import first_of
from regions.roles import Permission


@pghistory.track(pghistory.UpdateEvent(row="OLD"), pghistory.DeleteEvent())
class ConstructionProject(SourcedFact):
    """One package of construction work of a fiscal year: its worth, and whether it is registered (Jakon).

    `identity` is the code of the package, or without one the name as it is compared; `called` is that name in
    either case. Contractors, and houses that are mended, bear names of people: only who may see persons sees
    rows. It speaks of a year, so that a registration which comes late is no change of a closed month.
    """

    personal_fields: ClassVar[frozenset[str]] = frozenset(
        {"package_name", "called", "identity", "contractor"}
    )

    fact = FactKind(
        name="construction_project",
        key=("region_id", "year", "identity"),
        values=(
            *("package_code", "package_name", "office", "first_month", "last_month", "contract_value"),
            *("contractor", "jakon_status", "registration_number", "registered_on", "contribution"),
        ),
        counted=("first_month", "contract_value", "jakon_status", "registered_on"),
        permission=Permission.ENTER_MEMBERSHIP,
        report=ReportKind.MEMBERS,
        seen_with=Permission.VIEW_PERSONS,
        # Work that began in an earlier year is of this one from its January on.
        first=Latest((MonthOf("first_month"), MonthOfYear("year", 1))),
        last=MonthOfYear("year", 12),
        named=("year", "package_code"),
        personal=("package_name", "called", "identity", "contractor"),
        derived=("called",),
        identified_by=("year",),
    )

    year = models.PositiveSmallIntegerField(_("tahun anggaran"))
    package_code = models.CharField(_("kode paket (RUP)"), max_length=20, blank=True)
    package_name = models.CharField(_("nama paket"), max_length=250)
    called = models.CharField(_("nama yang dibandingkan"), max_length=150, editable=False)
    identity = models.CharField(_("pengenal"), max_length=160, editable=False)
    office = models.CharField(_("Perangkat Daerah"), max_length=150, blank=True)
    first_month = models.DateField(_("bulan mulai"))
    last_month = models.DateField(_("bulan selesai"), null=True, blank=True)
    contract_value = models.BigIntegerField(_("nilai kontrak sebelum PPN"), null=True, blank=True)
    contractor = models.CharField(_("penyedia"), max_length=150, blank=True)
    jakon_status = models.CharField(_("status Jakon"), max_length=10, choices=ProjectStanding.choices)
    registration_number = models.CharField(_("nomor pendaftaran Jakon"), max_length=40, blank=True)
    registered_on = models.DateField(_("tanggal pendaftaran Jakon"), null=True, blank=True)
    contribution = models.BigIntegerField(_("iuran Jakon dibayar"), null=True, blank=True)

    class Meta:
        verbose_name = _("proyek jasa konstruksi")
        verbose_name_plural = _("proyek jasa konstruksi")
        ordering = ["-year", "region", "package_name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["region", "year", "identity"], name="project_once"),
            models.CheckConstraint(
                name="project_months",
                condition=Q(first_month__day=1)
                & (Q(last_month=None) | (Q(last_month__day=1) & Q(last_month__gte=F("first_month")))),
            ),
            models.CheckConstraint(
                name="project_value", condition=Q(contract_value=None) | Q(contract_value__gt=0)
            ),
            models.CheckConstraint(
                name="project_paid", condition=Q(contribution=None) | Q(contribution__gte=0)
            ),
            models.CheckConstraint(
                name="project_number_where_registered",
                condition=(Q(jakon_status=ProjectStanding.REGISTERED) & ~Q(registration_number=""))
                | (
                    Q(jakon_status=ProjectStanding.UNREGISTERED)
                    & Q(registration_number="", registered_on=None)
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.package_name} ({self.package_code})" if self.package_code else self.package_name

    @property
    def is_registered(self) -> bool:
        return self.jakon_status == ProjectStanding.REGISTERED

    def is_registered_by(self, month: date) -> bool:
        """Whether by the end of a month; where the day is not known, from the beginning."""
        day = self.registered_on
        return self.is_registered and (day is None or first_of(day) <= month)
