import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from budgets.enums import Phase
from budgets.line import account_name
from participants.models import Category, FundingSource
from regions.counted_months import Latest, MonthOf, MonthOfYear
from regions.enums import ReportKind
from regions.fact_kind import FactKind
from regions.models import Institution, Regulation, SourcedFact
from regions.number import grouped
from regions.roles import Permission


@pghistory.track(pghistory.UpdateEvent(row="OLD"), pghistory.DeleteEvent())
class Allocation(SourcedFact):
    """The whole amount (pagu) of a budget line as one stage of the budget says it.

    `line` is what makes rows stages of the same line, as text: a unique key of columns that may be
    empty. See `budgets.line`.
    """

    fact = FactKind(
        name="allocation",
        listed_with=Permission.VIEW_COVERAGE,
        key=("line", "phase", "sequence"),
        identified_by=(
            *("year", "institution", "sub_activity", "account", "category", "funding"),
            *("phase", "sequence"),
        ),
        values=(
            *("amount", "heads", "months", "monthly_rate", "decided_on", "document", "legal_basis"),
            *("over_ceiling", "over_reason"),
        ),
        counted=("amount", "heads", "months", "monthly_rate", "decided_on"),
        permission=Permission.ENTER_BUDGET,
        report=ReportKind.BUDGET,
        # A stage is in force from its day, but not before its year, to the end of that year.
        first=Latest((MonthOf("decided_on"), MonthOfYear("year", 1))),
        last=MonthOfYear("year", 12),
        named=("year", "account", "category_id", "funding_id", "phase", "sequence"),
    )

    line = models.CharField(_("baris anggaran"), max_length=400, editable=False)
    year = models.PositiveSmallIntegerField(_("tahun anggaran"))
    institution = models.ForeignKey(
        Institution,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Perangkat Daerah"),
    )
    sub_activity = models.CharField(_("sub kegiatan"), max_length=40, blank=True)
    account = models.CharField(_("rekening"), max_length=40, blank=True)
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
    phase = models.CharField(_("tahap"), max_length=10, choices=Phase.choices)
    sequence = models.PositiveSmallIntegerField(_("nomor tahap"), default=1)
    amount = models.BigIntegerField(_("pagu"))
    heads = models.PositiveIntegerField(_("orang"), null=True, blank=True)
    months = models.PositiveSmallIntegerField(_("bulan"), null=True, blank=True)
    monthly_rate = models.PositiveIntegerField(_("iuran per orang per bulan"), null=True, blank=True)
    decided_on = models.DateField(_("tanggal penetapan"))
    document = models.CharField(_("dokumen"), max_length=150, blank=True)
    legal_basis = models.CharField(_("dasar hukum"), max_length=250, blank=True)
    # The rule in the register; a line rests on what any of its stages names.
    basis = models.ForeignKey(
        Regulation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("dasar hukum dalam register"),
    )
    over_ceiling = models.BooleanField(_("melampaui pagu"), default=False)
    over_reason = models.CharField(_("alasan melampaui pagu"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("pagu")
        verbose_name_plural = _("pagu")
        ordering = ["-year", "region", "line", "decided_on", "phase", "sequence"]
        indexes = [models.Index(fields=["year", "region"], name="allocation_year_region")]
        constraints = [
            models.UniqueConstraint(fields=["line", "phase", "sequence"], name="allocation_once"),
            models.CheckConstraint(name="allocation_not_negative", condition=Q(amount__gte=0)),
            models.CheckConstraint(name="allocation_sequence", condition=Q(sequence__gte=1)),
            models.CheckConstraint(
                name="allocation_over_has_reason", condition=Q(over_ceiling=False) | ~Q(over_reason="")
            ),
        ]

    @property
    def account_name(self) -> str:
        return account_name(self.account)

    def __str__(self) -> str:
        return f"{self.get_phase_display()} {self.sequence}: Rp{grouped(self.amount)}"
