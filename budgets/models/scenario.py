from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from regions.models import Region, User, WaitingWork


class ScenarioState(models.TextChoices):
    WAITING = "waiting", _("menunggu giliran")
    WORKING = "working", _("sedang dihitung")
    READY = "ready", _("selesai")
    FAILED = "failed", _("gagal")


class Scenario(WaitingWork):
    """A plan that somebody asked for: what was asked and assumed, on what it rests, and what came out.

    It is no fact and enters no measure. What was asked never changes afterwards; another wish is another
    scenario. `inputs` is what was known at that time, so that every number of the plan opens to it.
    """

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("wilayah"))
    year = models.PositiveSmallIntegerField(_("tahun"))
    name = models.CharField(_("nama"), max_length=120)
    asked = models.JSONField(_("pertanyaan"))
    inputs = models.JSONField(_("dasar"), default=dict)
    # Of the question that was solved, and the version of the solver.
    fingerprint = models.CharField(_("sidik pertanyaan"), max_length=64, blank=True)
    answer = models.JSONField(_("jawaban"), null=True)
    # Place of a line of the answer → people that a person put in its stead.
    edited = models.JSONField(_("diubah tangan"), default=dict)
    stages = models.JSONField(_("tahap pencarian"), default=list)
    state = models.CharField(
        _("status"), max_length=10, choices=ScenarioState.choices, default=ScenarioState.WAITING
    )
    failure = models.CharField(_("sebab gagal"), max_length=400, blank=True)
    finished_at = models.DateTimeField(_("selesai pada"), null=True)
    copied_from = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="copies", verbose_name=_("disalin dari")
    )
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("dibuat oleh"))
    made_at = models.DateTimeField(_("dibuat pada"))
    accepted_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("dipakai oleh")
    )
    accepted_at = models.DateTimeField(_("dipakai pada"), null=True)

    class Meta:
        verbose_name = _("skenario rencana")
        verbose_name_plural = _("skenario rencana")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["region", "year"], name="scenario_region_year"),
            models.Index(
                fields=["id"], condition=Q(state__in=["waiting", "working"]), name="scenario_at_work"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_at_work(self) -> bool:
        return self.state in {ScenarioState.WAITING, ScenarioState.WORKING}
