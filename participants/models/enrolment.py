import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from participants.enums import EnrolmentState, Occurrence, Programme, Segment
from participants.models.batch import Batch
from participants.models.category import Category
from participants.models.funding_source import FundingSource
from participants.models.participant import Participant
from regions.counted_months import MonthOf, OpenEnd
from regions.fact_kind import CountedKind
from regions.models import Institution, Region, SourcedFact, User
from regions.month import first_of


class Payment(Func):
    """One number for who pays for whom as what; the chance that two share a number is one in 10^19."""

    template = "hashtextextended(%(expressions)s, 0)"
    arg_joiner = " || ' ' || "
    output_field = models.BigIntegerField()


class Months(Func):
    """The days from the first to the last month of a spell; without a last month it has no end."""

    function = "DATERANGE"
    output_field = DateRangeField()


@pghistory.track(pghistory.UpdateEvent(row="OLD"), pghistory.DeleteEvent())
class Enrolment(SourcedFact):
    """A spell of months for which a source of funds pays a person's contributions in a category.

    Of active and ended spells every month from the first to the last counts; proposed and rejected
    ones count for nothing.
    """

    # Copied, like category and source of funds, from a batch whose own columns the database guards; a
    # second guard on each of a hundred thousand rows costs a third of the time of storing them.
    region = models.ForeignKey(
        Region,
        models.PROTECT,
        related_name="+",
        verbose_name=_("wilayah"),
        db_constraint=False,
        db_index=False,
    )
    entered_by = models.ForeignKey(
        User,
        models.PROTECT,
        related_name="+",
        verbose_name=_("dicatat oleh"),
        db_constraint=False,
        db_index=False,
    )
    fact = CountedKind(
        counted=("participant_id", "category_id", "funding_id", "segment", "programmes"),
        first=MonthOf("first_month"),
        last=OpenEnd("last_month"),
        counts="v.state IN ('active', 'ended')",
        # A spell is on the word of the list that brought it; another list that says the same changes nothing.
        word=(),
        named=("category_id", "funding_id"),
        also=("first_month", "last_month", "state"),
        counts_on=True,
    )

    participant = models.ForeignKey(
        Participant, models.PROTECT, related_name="enrolments", verbose_name=_("peserta")
    )
    category = models.ForeignKey(
        Category,
        models.PROTECT,
        related_name="+",
        verbose_name=_("kategori"),
        db_constraint=False,
        db_index=False,
    )
    funding = models.ForeignKey(
        FundingSource,
        models.PROTECT,
        related_name="+",
        verbose_name=_("sumber dana"),
        db_constraint=False,
        db_index=False,
    )
    segment = models.CharField(_("segmen"), max_length=5, choices=Segment.choices)
    programmes = ArrayField(
        models.CharField(max_length=3, choices=Programme.choices), verbose_name=_("program")
    )
    institution = models.ForeignKey(
        Institution,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("lembaga pengusul"),
        db_constraint=False,
        db_index=False,
    )
    # Who pays, where the source of funds is that of several.
    payer = models.ForeignKey(
        Institution,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("lembaga pembayar"),
        db_constraint=False,
        db_index=False,
    )
    first_month = models.DateField(_("bulan pertama"))
    last_month = models.DateField(_("bulan terakhir"), null=True, blank=True)
    state = models.CharField(_("status"), max_length=8, choices=EnrolmentState.choices)
    ended_by = models.CharField(_("sebab berakhir"), max_length=20, choices=Occurrence.choices, blank=True)
    reason = models.CharField(_("alasan"), max_length=250, blank=True)
    batch = models.ForeignKey(
        Batch,
        models.PROTECT,
        null=True,
        related_name="enrolments",
        verbose_name=_("unggahan"),
        db_constraint=False,
        db_index=False,
    )
    sheet = models.CharField(_("lembar"), max_length=60, blank=True)
    row_number = models.PositiveIntegerField(_("baris"), null=True)

    class Meta:
        verbose_name = _("kepesertaan")
        verbose_name_plural = _("kepesertaan")
        ordering = ["-first_month", "pk"]
        constraints = [
            ExclusionConstraint(
                name="enrolment_no_overlap",
                expressions=[
                    # Three columns in the index would cost a large list more than all else.
                    (Payment("participant_id", "category_id", "funding_id"), RangeOperators.EQUAL),
                    (
                        Months("first_month", "last_month", RangeBoundary(inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=~Q(state=EnrolmentState.REJECTED),
            ),
            models.CheckConstraint(
                name="enrolment_months",
                condition=Q(first_month__day=1)
                & (Q(last_month=None) | Q(last_month__day=1, last_month__gte=F("first_month"))),
            ),
            models.CheckConstraint(
                name="enrolment_end_has_cause",
                condition=~Q(state=EnrolmentState.ENDED) | (Q(last_month__isnull=False) & ~Q(ended_by="")),
            ),
            models.CheckConstraint(
                name="enrolment_rejection_has_reason",
                condition=~Q(state=EnrolmentState.REJECTED) | ~Q(reason=""),
            ),
        ]
        indexes = [models.Index(fields=["region", "category", "funding"], name="enrolment_cell")]

    def __str__(self) -> str:
        return f"{self.category_id}, {self.funding_id}: {self.first_month:%Y-%m}"

    @property
    def state_today(self) -> str:
        """The state in words; a spell whose last month is over has ended, though nothing cut it short."""
        over = self.last_month is not None and self.last_month < first_of(localdate())
        if self.state == EnrolmentState.ACTIVE and over:
            return str(EnrolmentState.ENDED.label)
        return self.get_state_display()
