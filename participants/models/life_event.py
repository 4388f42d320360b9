import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from participants.enums import Occurrence
from participants.models.participant import Participant
from regions.models import SourcedFact


@pghistory.track(pghistory.UpdateEvent(row="OLD"), pghistory.DeleteEvent())
class LifeEvent(SourcedFact):
    """Something that happened to a person on a day and stops the dues of the months after it."""

    participant = models.ForeignKey(
        Participant, models.PROTECT, related_name="life_events", verbose_name=_("peserta")
    )
    kind = models.CharField(_("peristiwa"), max_length=20, choices=Occurrence.choices)
    happened_on = models.DateField(_("tanggal"))

    class Meta:
        verbose_name = _("peristiwa")
        verbose_name_plural = _("peristiwa")
        ordering = ["-happened_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["participant", "kind", "happened_on"], name="lifeevent_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.happened_on:%d-%m-%Y}"
