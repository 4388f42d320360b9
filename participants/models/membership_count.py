import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from participants.enums import CountedSegment, Programme
from participants.programme_set import programmes_words, usual_programmes
from regions.counted_months import MonthOf
from regions.enums import ReportKind
from regions.fact_kind import FactKind
from regions.models import SourcedFact
from regions.number import grouped
from regions.roles import Permission


@pghistory.track(pghistory.UpdateEvent(row="OLD"), pghistory.DeleteEvent())
class MembershipCount(SourcedFact):
    """Active members of a segment in a month as BPJS Ketenagakerjaan reports them: the numerator of UCJ.

    Counted are those who have all of `programmes`; a second count, of others, may stand beside it.
    """

    fact = FactKind(
        name="membership_count",
        key=("month", "region_id", "segment", "programmes"),
        values=("members",),
        permission=Permission.ENTER_MEMBERSHIP,
        report=ReportKind.MEMBERS,
        first=MonthOf("month"),
        last=MonthOf("month"),
        states=(("month", ("members",)),),
        named=("month", "segment", "programmes"),
    )

    month = models.DateField(_("bulan"))
    segment = models.CharField(_("segmen"), max_length=5, choices=CountedSegment.choices)
    programmes = ArrayField(
        models.CharField(max_length=3, choices=Programme.choices),
        verbose_name=_("program"),
        default=usual_programmes,
    )
    members = models.BigIntegerField(_("peserta aktif"))

    class Meta:
        verbose_name = _("jumlah peserta aktif")
        verbose_name_plural = _("jumlah peserta aktif")
        ordering = ["-month", "region", "segment"]
        constraints = [
            models.UniqueConstraint(
                fields=["month", "region", "segment", "programmes"], name="membershipcount_once"
            ),
            models.CheckConstraint(name="membershipcount_some_programme", condition=Q(programmes__len__gt=0)),
            models.CheckConstraint(name="membershipcount_not_negative", condition=Q(members__gte=0)),
            models.CheckConstraint(name="membershipcount_first_of_month", condition=Q(month__day=1)),
        ]

    @property
    def programmes_words(self) -> str:
        return programmes_words(self.programmes)

    def __str__(self) -> str:
        return f"{self.get_segment_display()}: {grouped(self.members)}"
