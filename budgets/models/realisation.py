import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from budgets.models.allocation import Allocation
from participants.models import Category, FundingSource
from regions.counted_months import DecemberAfter, Earliest, Latest, MonthOf
from regions.enums import ReportKind
from regions.fact_kind import FactKind
from regions.models import Institution, SourcedFact
from regions.number import grouped
from regions.roles import Permission

STAGES = ("billed", "paid", "posted")
_STAGE_MONTHS = tuple(MonthOf(f"{stage}_on") for stage in STAGES)


def _amount_with_its_day() -> Q:
    """Each stage is told with its day, or not at all; one of them at least."""
    whole = Q()
    some = Q()
    for stage in STAGES:
        told = Q(**{f"{stage}_amount__gte": 0, f"{stage}_on__isnull": False})
        whole &= told | Q(**{f"{stage}_amount": None, f"{stage}_on": None})
        some |= told
    return whole & some


@pghistory.track(pghistory.UpdateEvent(row="OLD"), pghistory.DeleteEvent())
class Realisation(SourcedFact):
    """One bill of contributions on its way: billed, paid by the region, posted by BPJS."""

    fact = FactKind(
        name="realisation",
        key=("reference",),
        values=(
            *("allocation_id", "category_id", "funding_id", "institution_id"),
            *("first_month", "last_month", "heads"),
            *("billed_amount", "billed_on", "bill_number"),
            *("paid_amount", "paid_on", "payment_order"),
            *("posted_amount", "posted_on", "posting_reference"),
            *("over_ceiling", "over_reason"),
        ),
        counted=(
            *("billed_amount", "billed_on", "paid_amount", "paid_on", "posted_amount", "posted_on"),
            *("category_id", "funding_id"),
        ),
        permission=Permission.ENTER_BUDGET,
        report=ReportKind.BUDGET,
        # Each stage counts in the fiscal year to date from its own day on.
        first=Earliest(_STAGE_MONTHS),
        last=DecemberAfter(Latest(_STAGE_MONTHS)),
        # Each stage speaks of the month of its day: a bill of a locked month may be paid in an open one.
        states=tuple(
            (f"{stage}_on", (f"{stage}_amount", f"{stage}_on", "category_id", "funding_id"))
            for stage in STAGES
        ),
        named=("bill_number", "first_month", "last_month"),
    )

    reference = models.CharField(_("nomor rujukan"), max_length=120, unique=True)
    allocation = models.ForeignKey(
        Allocation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("baris anggaran"),
    )
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("kategori")
    )
    funding = models.ForeignKey(
        FundingSource,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("sumber dana"),
    )
    institution = models.ForeignKey(
        Institution,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("lembaga pembayar"),
    )
    first_month = models.DateField(_("untuk bulan"))
    last_month = models.DateField(_("sampai bulan"))
    heads = models.PositiveIntegerField(_("orang"), null=True, blank=True)
    billed_amount = models.BigIntegerField(_("ditagih"), null=True, blank=True)
    billed_on = models.DateField(_("tanggal tagihan"), null=True, blank=True)
    bill_number = models.CharField(_("nomor tagihan"), max_length=80, blank=True)
    paid_amount = models.BigIntegerField(_("dibayar"), null=True, blank=True)
    paid_on = models.DateField(_("tanggal bayar"), null=True, blank=True)
    payment_order = models.CharField(_("nomor SP2D"), max_length=80, blank=True)
    posted_amount = models.BigIntegerField(_("dibukukan BPJS"), null=True, blank=True)
    posted_on = models.DateField(_("tanggal dibukukan"), null=True, blank=True)
    posting_reference = models.CharField(_("nomor pembukuan"), max_length=80, blank=True)
    over_ceiling = models.BooleanField(_("melampaui pagu"), default=False)
    over_reason = models.CharField(_("alasan melampaui pagu"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("realisasi")
        verbose_name_plural = _("realisasi")
        ordering = ["-first_month", "region", "pk"]
        indexes = [
            models.Index(fields=["region", "billed_on"], name="realisation_region_billed"),
            models.Index(fields=["region", "paid_on"], name="realisation_region_paid"),
        ]
        constraints = [
            models.CheckConstraint(name="realisation_stage_with_day", condition=_amount_with_its_day()),
            models.CheckConstraint(
                name="realisation_months",
                condition=Q(first_month__day=1, last_month__day=1, first_month__lte=F("last_month")),
            ),
            models.CheckConstraint(
                name="realisation_over_has_reason", condition=Q(over_ceiling=False) | ~Q(over_reason="")
            ),
        ]

    @property
    def payment_difference(self) -> int | None:
        """Paid less billed: negative where less was paid than asked for."""
        if self.billed_amount is None or self.paid_amount is None:
            return None
        return self.paid_amount - self.billed_amount

    @property
    def posting_difference(self) -> int | None:
        """Posted less paid."""
        if self.paid_amount is None or self.posted_amount is None:
            return None
        return self.posted_amount - self.paid_amount

    def __str__(self) -> str:
        words = {
            _("ditagih"): self.billed_amount,
            _("dibayar"): self.paid_amount,
            _("dibukukan"): self.posted_amount,
        }
        told = [f"{name} Rp{grouped(amount)}" for name, amount in words.items() if amount is not None]
        return ", ".join(told)
