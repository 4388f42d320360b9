from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from regions.counted_months import MonthOf, OpenEnd
from regions.enums import ReportKind
from regions.fact_kind import NEVER, FactKind
from regions.models import SourcedFact
from regions.roles import Permission


@pghistory.track(pghistory.UpdateEvent(row="OLD"), pghistory.DeleteEvent())
class PerisaiAgent(SourcedFact):
    """Who registers workers and collects their contributions for the branch: number, area, yearly target."""

    personal_fields: ClassVar[frozenset[str]] = frozenset({"name"})

    fact = FactKind(
        name="perisai_agent",
        key=("region_id", "number"),
        values=(
            *("name", "organisation", "district_name", "village_name"),
            *("since", "until", "yearly_target"),
        ),
        personal=("name",),
        permission=Permission.ENTER_PERSONS,
        seen_with=Permission.VIEW_PERSONS,
        report=ReportKind.HEADCOUNTS,
        first=MonthOf("since"),
        last=OpenEnd("until"),
        counts=NEVER,
        named=("number",),
    )

    number = models.CharField(_("nomor agen"), max_length=30)
    name = models.CharField(_("nama"), max_length=120)
    organisation = models.CharField(_("wadah atau kantor"), max_length=120, blank=True)
    district_name = models.CharField(_("kecamatan"), max_length=80, blank=True)
    village_name = models.CharField(_("desa/kelurahan"), max_length=80, blank=True)
    since = models.DateField(_("bertugas sejak"))
    until = models.DateField(_("bertugas sampai"), null=True, blank=True)
    yearly_target = models.PositiveIntegerField(_("target peserta baru setahun"))

    class Meta:
        verbose_name = _("agen Perisai")
        verbose_name_plural = _("agen Perisai")
        ordering = ["region", "number"]
        constraints = [
            models.UniqueConstraint(fields=["region", "number"], name="perisaiagent_once"),
            models.CheckConstraint(
                name="perisaiagent_days", condition=Q(until=None) | Q(until__gte=F("since"))
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def area(self) -> str:
        return ", ".join(name for name in (self.village_name, self.district_name) if name)


@pghistory.track(pghistory.UpdateEvent(row="OLD"), pghistory.DeleteEvent())
class AgentRecruits(SourcedFact):
    """How many workers an agent registered in a month for the first time, as the branch counts them."""

    fact = FactKind(
        name="agent_recruits",
        key=("agent_id", "month"),
        values=("people",),
        permission=Permission.ENTER_PERSONS,
        report=ReportKind.HEADCOUNTS,
        first=MonthOf("month"),
        last=MonthOf("month"),
        counts=NEVER,
        named=("agent_id", "month"),
    )

    agent = models.ForeignKey(
        PerisaiAgent, models.PROTECT, related_name="recruits", verbose_name=_("agen Perisai")
    )
    month = models.DateField(_("bulan"))
    people = models.PositiveIntegerField(_("peserta baru"))

    class Meta:
        verbose_name = _("peserta baru agen Perisai")
        verbose_name_plural = _("peserta baru agen Perisai")
        ordering = ["-month", "agent"]
        constraints = [
            models.UniqueConstraint(fields=["agent", "month"], name="agentrecruits_once"),
            models.CheckConstraint(name="agentrecruits_month", condition=Q(month__day=1)),
        ]

    def __str__(self) -> str:
        return f"{self.agent_id}, {self.month:%Y-%m}"
