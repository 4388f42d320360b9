from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from regions.models import User, WaitingWork
from regions.practice import RoomKey, room_database


class RoomState(models.TextChoices):
    MAKING = "making", _("sedang disiapkan")
    READY = "ready", _("siap dipakai")
    FAILED = "failed", _("gagal disiapkan")
    ENDING = "ending", _("sedang dihapus")
    ENDED = "ended", _("berakhir")


LIVING = (RoomState.MAKING, RoomState.READY, RoomState.FAILED)


class PracticeRoom(WaitingWork):
    """That somebody practises. What is practised lies in a database of its own and goes with it."""

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    person = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("pengguna"))
    state = models.CharField(_("status"), max_length=10, choices=RoomState.choices, default=RoomState.MAKING)
    # Of the migrations of which the tables are; others cannot be opened by this version.
    schema = models.CharField(_("versi tabel"), max_length=64, blank=True)
    made_at = models.DateTimeField(_("dimulai pada"), default=now)
    ended_at = models.DateTimeField(_("berakhir pada"), null=True)
    # When something was last sent inside, and up to when background work has looked.
    asked_at = models.DateTimeField(_("terakhir dipakai"), null=True)
    worked_at = models.DateTimeField(_("terakhir dikerjakan"), null=True)
    refusal = models.CharField(_("sebab gagal"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("ruang latihan")
        verbose_name_plural = _("ruang latihan")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                name="practice_room_one_of_a_person", fields=["person"], condition=Q(state__in=LIVING)
            ),
            models.CheckConstraint(
                name="practice_room_ended_says_when",
                condition=Q(state__in=LIVING, ended_at=None) | (~Q(state__in=LIVING) & ~Q(ended_at=None)),
            ),
        ]
        indexes = [
            models.Index(
                fields=["id"],
                name="practice_room_waits",
                condition=Q(state__in=["making", "ending"]) | Q(state="ready", asked_at__gt=F("worked_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def is_ready(self) -> bool:
        return self.state == RoomState.READY

    @property
    def ends_at(self) -> datetime:
        return self.made_at + timedelta(days=settings.PRACTICE_DAYS)

    @property
    def room(self) -> RoomKey:
        return RoomKey(self.pk, room_database(self.pk))
