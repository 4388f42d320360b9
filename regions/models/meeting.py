from datetime import date
from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from regions.counted_months import MonthOf
from regions.enums import ReportKind
from regions.fact_kind import NEVER, FactKind
from regions.formats import day_name
from regions.meeting import CommitmentState, MeetingKind
from regions.models.fact import SourcedFact
from regions.roles import Permission


@pghistory.track(pghistory.UpdateEvent(row="OLD"), pghistory.DeleteEvent())
class Minutes(SourcedFact):
    """A meeting: when, where, who came, and what was concluded. What was promised stands on its own."""

    personal_fields: ClassVar[frozenset[str]] = frozenset({"chair", "attendance"})

    fact = FactKind(
        name="minutes",
        listed_with=Permission.VIEW_COVERAGE,
        key=("reference",),
        identified_by=("region",),
        values=("held_on", "meeting_kind", "title", "place", "chair", "attendance", "decisions"),
        derived=("reference",),
        personal=("chair", "attendance"),
        permission=Permission.ENTER_REGULATION,
        report=ReportKind.HEADCOUNTS,
        first=MonthOf("held_on"),
        last=MonthOf("held_on"),
        counts=NEVER,
        named=("held_on", "title"),
    )

    reference = models.CharField(_("rujukan"), max_length=250, unique=True, editable=False)
    held_on = models.DateField(_("tanggal rapat"))
    meeting_kind = models.CharField(_("jenis rapat"), max_length=10, choices=MeetingKind.choices)
    title = models.CharField(_("acara"), max_length=200)
    place = models.CharField(_("tempat"), max_length=150, blank=True)
    chair = models.CharField(_("pimpinan rapat"), max_length=150, blank=True)
    # A line for each: name | office held, with Pj. or Plt. | institution.
    attendance = models.TextField(_("daftar hadir"), max_length=8000, blank=True)
    decisions = models.TextField(_("isi dan kesimpulan"), max_length=8000, blank=True)

    class Meta:
        verbose_name = _("notula rapat")
        verbose_name_plural = _("notula rapat")
        ordering = ["-held_on", "-pk"]
        indexes = [models.Index(fields=["region", "held_on"], name="minutes_region_day")]

    def __str__(self) -> str:
        return f"{self.title}, {day_name(self.held_on)}"

    @property
    def present(self) -> list[list[str]]:
        """Name, office and institution of everybody who came."""
        lines = (line for line in self.attendance.splitlines() if line.strip())
        cells = ([part.strip() for part in line.split("|", 2)] for line in lines)
        return [[*told, *[""] * (3 - len(told))] for told in cells]


@pghistory.track(pghistory.UpdateEvent(row="OLD"), pghistory.DeleteEvent())
class Commitment(SourcedFact):
    """An obstacle and what somebody promised to do about it by when, in a meeting or from a board."""

    fact = FactKind(
        name="commitment",
        listed_with=Permission.VIEW_COVERAGE,
        key=("reference",),
        identified_by=("region", "month"),
        values=("minutes_id", "problem", "promise", "owner", "due_on", "state", "settled_on", "outcome"),
        derived=("reference",),
        permission=Permission.ENTER_REGULATION,
        report=ReportKind.HEADCOUNTS,
        first=MonthOf("month"),
        last=MonthOf("month"),
        counts=NEVER,
        named=("month", "promise"),
    )

    reference = models.CharField(_("rujukan"), max_length=64, unique=True, editable=False)
    month = models.DateField(_("bulan"))
    minutes = models.ForeignKey(
        Minutes, models.PROTECT, null=True, blank=True, related_name="commitments", verbose_name=_("rapat")
    )
    problem = models.CharField(_("kendala"), max_length=300)
    promise = models.CharField(_("tindak lanjut"), max_length=300)
    owner = models.CharField(_("penanggung jawab"), max_length=150)
    due_on = models.DateField(_("tenggat"), null=True, blank=True)
    state = models.CharField(
        _("status"), max_length=9, choices=CommitmentState.choices, default=CommitmentState.OPEN
    )
    settled_on = models.DateField(_("tanggal selesai"), null=True, blank=True)
    outcome = models.CharField(_("hasil"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("komitmen")
        verbose_name_plural = _("komitmen")
        ordering = ["-month", "pk"]
        indexes = [
            models.Index(fields=["region", "month"], name="commitment_region_month"),
            models.Index(fields=["due_on"], condition=Q(state="open"), name="commitment_open_by_day"),
        ]
        constraints = [
            models.CheckConstraint(
                name="commitment_settled_with_outcome",
                condition=Q(state=CommitmentState.OPEN, settled_on=None)
                | ~Q(state=CommitmentState.OPEN) & Q(settled_on__isnull=False) & ~Q(outcome=""),
            ),
            models.CheckConstraint(name="commitment_month", condition=Q(month__day=1)),
        ]

    def __str__(self) -> str:
        return self.promise

    def days_late(self, today: date) -> int:
        """Of what is open still."""
        if self.state != CommitmentState.OPEN or self.due_on is None:
            return 0
        return max(0, (today - self.due_on).days)
