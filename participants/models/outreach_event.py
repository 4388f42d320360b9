from datetime import date

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from participants.models.category import Category
from participants.models.perisai_agent import PerisaiAgent
from participants.outreach import Audience, EventStage, Topic
from regions.counted_months import MonthOf
from regions.enums import ReportKind
from regions.fact_kind import NEVER, FactKind
from regions.formats import day_name
from regions.models import Institution, SourcedFact
from regions.roles import Permission


@pghistory.track(pghistory.UpdateEvent(row="OLD"), pghistory.DeleteEvent())
class OutreachEvent(SourcedFact):
    """An outreach event from its plan to what came of it: when, where, for whom, who came, what it cost.

    Whose protection began afterwards is counted from lists by name; the event itself enters no measure. Its
    aim is fixed when place and category are said last: an aim fixed before the day it was held is a plan,
    one that was written down afterwards may have been chosen by its outcome.
    """

    # What is compared with other places; a change of any of them is another aim.
    aim = ("category_id", "district_name", "village_name")

    fact = FactKind(
        name="outreach_event",
        listed_with=Permission.VIEW_COVERAGE,
        key=("reference",),
        identified_by=("region",),
        values=(
            *("planned_on", "title", "audience", "target_group", "institution_id", "topic", "materials"),
            *("category_id", "district_name", "village_name", "agent_id"),
            *("expected_people", "planned_cost", "held_on", "attended", "cost", "cancelled_on"),
        ),
        derived=("reference", "aim_fixed_on"),
        permission=Permission.ENTER_REGULATION,
        report=ReportKind.HEADCOUNTS,
        first=MonthOf("planned_on"),
        last=MonthOf("planned_on"),
        counts=NEVER,
        named=("planned_on", "title"),
    )

    reference = models.CharField(_("rujukan"), max_length=250, unique=True, editable=False)
    planned_on = models.DateField(_("tanggal rencana"))
    title = models.CharField(_("nama kegiatan"), max_length=150)
    audience = models.CharField(_("peserta kegiatan"), max_length=10, choices=Audience.choices)
    target_group = models.CharField(_("kelompok atau sektor"), max_length=100, blank=True)
    # The body that is visited: an OPD, a village, an employer.
    institution = models.ForeignKey(
        Institution,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("lembaga yang didatangi"),
    )
    topic = models.CharField(_("materi"), max_length=10, choices=Topic.choices)
    materials = models.CharField(_("bahan yang dipakai"), max_length=250, blank=True)
    category = models.ForeignKey(
        Category,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("kategori yang dituju"),
    )
    district_name = models.CharField(_("kecamatan"), max_length=80, blank=True)
    village_name = models.CharField(_("desa/kelurahan"), max_length=80, blank=True)
    agent = models.ForeignKey(
        PerisaiAgent,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="outreach",
        verbose_name=_("agen Perisai"),
    )
    expected_people = models.PositiveIntegerField(_("rencana orang hadir"))
    planned_cost = models.BigIntegerField(_("rencana biaya"))
    held_on = models.DateField(_("tanggal pelaksanaan"), null=True, blank=True)
    attended = models.PositiveIntegerField(_("orang hadir"), null=True, blank=True)
    cost = models.BigIntegerField(_("biaya"), null=True, blank=True)
    cancelled_on = models.DateField(_("dibatalkan pada"), null=True, blank=True)
    aim_fixed_on = models.DateField(_("sasaran ditetapkan pada"), editable=False)

    class Meta:
        verbose_name = _("kegiatan sosialisasi")
        verbose_name_plural = _("kegiatan sosialisasi")
        ordering = ["-planned_on", "-pk"]
        indexes = [models.Index(fields=["region", "planned_on"], name="outreach_region_day")]
        constraints = [
            models.CheckConstraint(
                name="outreach_held_with_numbers",
                condition=Q(held_on=None, attended=None, cost=None)
                | Q(held_on__isnull=False, attended__isnull=False, cost__isnull=False),
            ),
            models.CheckConstraint(
                name="outreach_held_or_cancelled", condition=Q(held_on=None) | Q(cancelled_on=None)
            ),
            models.CheckConstraint(
                name="outreach_costs", condition=Q(planned_cost__gte=0) & (Q(cost=None) | Q(cost__gte=0))
            ),
            models.CheckConstraint(
                name="outreach_village_in_district", condition=Q(village_name="") | ~Q(district_name="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {day_name(self.held_on or self.planned_on)}"

    @property
    def was_planned(self) -> bool:
        """Whether place and category were written down before the day on which it was held."""
        return self.held_on is not None and self.aim_fixed_on < self.held_on

    def stage(self, today: date) -> EventStage:
        if self.cancelled_on:
            return EventStage.CANCELLED
        if self.held_on:
            return EventStage.HELD
        return EventStage.OVERDUE if self.planned_on < today else EventStage.PLANNED

    @property
    def place(self) -> str:
        """The smallest place that is named, with what it lies in; empty for the whole region."""
        return ", ".join(name for name in (self.village_name, self.district_name) if name)
