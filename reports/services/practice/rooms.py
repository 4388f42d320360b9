"""Beginning, renewing and ending practice: rows among the real ones, which say that it happened."""

import logging
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext as _

from regions.access import home_codes
from regions.enums import Verb
from regions.models import User
from regions.services.act import record_act
from reports.models import PracticeRoom, RoomState
from reports.models.practice_room import LIVING
from reports.services.practice.databases import PracticeRefused, drop_room, rooms_with_database
from reports.services.practice.world import schema_mark

log = logging.getLogger(__name__)


@transaction.atomic
def begin_practice(*, by: User) -> PracticeRoom:
    """A room for this person; the one they have, where they have one. Raises PracticeRefused."""
    # Two clicks at once wait here for one another.
    User.objects.select_for_update().get(pk=by.pk)
    rooms = PracticeRoom.objects.filter(state__in=LIVING)
    mine = rooms.filter(person=by).first()
    if mine is not None:
        return mine
    if rooms.count() >= settings.PRACTICE_ROOMS:
        raise PracticeRefused(
            _(
                "Semua %(count)s ruang latihan sedang dipakai. Coba lagi besok: ruang yang lama berakhir "
                "sendiri setelah %(days)s hari."
            )
            % {"count": settings.PRACTICE_ROOMS, "days": settings.PRACTICE_DAYS}
        )
    room = PracticeRoom.objects.create(person=by, schema=schema_mark())
    _tell(room, Verb.PRACTICE_BEGUN, by)
    return room


@transaction.atomic
def renew_practice(*, by: User) -> PracticeRoom:
    """End the room that there is, if any, and begin another: nothing that was practised stays."""
    end_practice(by=by, cause="diulang")
    return begin_practice(by=by)


@transaction.atomic
def end_practice(*, by: User, cause: str = "selesai") -> None:
    """The person's room goes, its database a moment later."""
    room = PracticeRoom.objects.select_for_update().filter(person=by, state__in=LIVING).first()
    if room is not None:
        _end(room, cause, by)


def touch_room(pk: int) -> None:
    """Something was sent inside: background work has to look."""
    PracticeRoom.objects.filter(pk=pk, state=RoomState.READY).update(asked_at=now())


def end_overdue_rooms() -> int:
    """Rooms whose days are over, whose owner is gone, or whose tables are of another version; how many.

    Databases that belong to no living room go as well: of a restored backup, or of a worker that died.
    """
    over = Q(made_at__lt=now() - timedelta(days=settings.PRACTICE_DAYS))
    over |= Q(person__is_active=False) | ~Q(schema=schema_mark())
    # In this order: a room that is made meanwhile is not thought lost.
    ready = set(PracticeRoom.objects.filter(state=RoomState.READY).values_list("pk", flat=True))
    there = rooms_with_database()
    over |= Q(pk__in=ready - there)
    with transaction.atomic():
        rooms = PracticeRoom.objects.select_for_update(of=("self",)).filter(over, state__in=LIVING)
        ended = list(rooms.select_related("person"))
        for room in ended:
            _end(room, "lewat waktu", None)
    kept = set(
        PracticeRoom.objects.exclude(state=RoomState.ENDED).values_list("pk", flat=True),
    )
    for number in there - kept:
        log.warning("the database of practice room %s belonged to nobody and was dropped", number)
        drop_room(number)
    return len(ended)


def _end(room: PracticeRoom, cause: str, by: User | None) -> None:
    room.state, room.ended_at, room.attempts = RoomState.ENDING, now(), 0
    room.save(update_fields=["state", "ended_at", "attempts"])
    _tell(room, Verb.PRACTICE_ENDED, by, cause=cause)


def _tell(room: PracticeRoom, verb: Verb, by: User | None, cause: str = "") -> None:
    """For auditors: that somebody practised, not what."""
    record_act(
        by=by,
        verb=verb,
        subject=_("ruang latihan %(number)s") % {"number": room.pk},
        region_code=next(iter(home_codes(room.person)), ""),
        detail={"cause": cause} if cause else {},
        actor_name="" if by else "server",
    )
