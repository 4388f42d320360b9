import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from participants.models import Category, FundingSource
from regions.counted_months import MonthOf, MonthOfYear
from regions.enums import ReportKind
from regions.fact_kind import NEVER, FactKind
from regions.models import Institution, SourcedFact
from regions.number import grouped
from regions.roles import Permission


@pghistory.track(pghistory.UpdateEvent(row="OLD"), pghistory.DeleteEvent())
class Pledge(SourcedFact):
    """People whom nobody pays for, offered to a payer: CSR, Baznas, a village, a share of revenue.

    How far it has come is told by its days and payments, never by a word of its own. It enters no measure:
    whom the payer covers in the end is what reports of that source and category say.
    """

    fact = FactKind(
        name="pledge",
        key=("reference",),
        values=(
            *("year", "category_id", "funding_id", "institution_id", "people", "first_month", "months"),
            *("monthly_rate", "offered_on", "document", "pledged_on", "due_on", "withdrawn_on"),
        ),
        derived=("amount",),
        permission=Permission.ENTER_BUDGET,
        report=ReportKind.BUDGET,
        first=MonthOf("offered_on"),
        last=MonthOfYear("year", 12),
        counts=NEVER,
        named=("year", "category_id", "funding_id", "offered_on"),
    )

    reference = models.CharField(_("nomor rujukan"), max_length=120, unique=True)
    year = models.PositiveSmallIntegerField(_("tahun"))
    category = models.ForeignKey(Category, models.PROTECT, related_name="+", verbose_name=_("kategori"))
    funding = models.ForeignKey(
        FundingSource, models.PROTECT, related_name="+", verbose_name=_("sumber dana")
    )
    institution = models.ForeignKey(
        Institution,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("lembaga pembayar"),
    )
    people = models.PositiveIntegerField(_("orang"))
    first_month = models.DateField(_("mulai bulan"))
    months = models.PositiveSmallIntegerField(_("lama (bulan)"))
    monthly_rate = models.PositiveIntegerField(_("iuran per orang per bulan"))
    amount = models.BigIntegerField(_("nilai"), editable=False)
    offered_on = models.DateField(_("tanggal tawaran"))
    document = models.CharField(_("surat tawaran atau janji"), max_length=150, blank=True)
    pledged_on = models.DateField(_("tanggal janji"), null=True, blank=True)
    due_on = models.DateField(_("jatuh tempo"), null=True, blank=True)
    withdrawn_on = models.DateField(_("ditarik pada"), null=True, blank=True)

    class Meta:
        verbose_name = _("tawaran atau janji iuran")
        verbose_name_plural = _("tawaran dan janji iuran")
        ordering = ["-year", "region", "-offered_on", "pk"]
        indexes = [models.Index(fields=["region", "year"], name="pledge_region_year")]
        constraints = [
            models.CheckConstraint(
                name="pledge_amount", condition=Q(amount=F("people") * F("months") * F("monthly_rate"))
            ),
            models.CheckConstraint(
                name="pledge_some", condition=Q(people__gte=1, months__range=(1, 12), monthly_rate__gte=1)
            ),
            models.CheckConstraint(name="pledge_first_month", condition=Q(first_month__day=1)),
            models.CheckConstraint(
                name="pledge_days",
                condition=(Q(pledged_on=None) | Q(pledged_on__gte=F("offered_on")))
                & (Q(withdrawn_on=None) | Q(withdrawn_on__gte=F("offered_on")))
                & (Q(due_on=None) | Q(due_on__gte=F("offered_on"))),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category}, {self.funding} {self.year}: Rp{grouped(self.amount)}"
