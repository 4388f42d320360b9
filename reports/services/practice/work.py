"""What a worker does with practice rooms: makes them, works inside them, tidies them away."""

from collections.abc import Iterable

from django.db.models import F, Q
from django.utils.translation import gettext as _

from budgets.services.money_read import work_on_money_files
from budgets.services.reconciliation_work import work_on_reconciliations
from budgets.services.scenario import work_on_scenarios
from participants.services.batches.work import work_on_batches
from participants.services.persons.reading import fold_readings
from regions.advisory_lock import AdvisoryLock
from regions.practice import in_room
from regions.services.work_queue import WorkQueue
from reports.models import PracticeRoom, RoomState
from reports.services.pack_work import work_on_packs
from reports.services.practice.databases import PracticeRefused, copy_pattern, drop_room
from reports.services.practice.world import add_person, ensure_pattern
from reports.services.recompute import recompute_stale

_WAITS = (
    Q(state__in=[RoomState.MAKING, RoomState.ENDING])
    | Q(state=RoomState.READY, asked_at__gt=F("worked_at"))
    | Q(state=RoomState.READY, asked_at__isnull=False, worked_at=None)
)


class RoomQueue(WorkQueue[PracticeRoom]):
    """Rooms to be made, to be tidied away, or in which something was sent."""

    lock = AdvisoryLock.PRACTICE_ROOM

    def waiting(self) -> Iterable[int]:
        return PracticeRoom.objects.filter(_WAITS).order_by("pk").values_list("pk", flat=True)

    def find(self, pk: int) -> PracticeRoom | None:
        rooms = PracticeRoom.objects.select_for_update(of=("self",)).select_related("person")
        return rooms.filter(_WAITS, pk=pk).first()

    def mark(self, work: PracticeRoom) -> None:
        """Nothing but the attempt: a room is used while background work goes on in it."""

    def do(self, work: PracticeRoom) -> None:
        if work.state == RoomState.MAKING:
            _make(work)
        elif work.state == RoomState.ENDING:
            drop_room(work.pk)
            PracticeRoom.objects.filter(pk=work.pk).update(state=RoomState.ENDED, attempts=0)
        else:
            work_inside(work)
            PracticeRoom.objects.filter(pk=work.pk).update(worked_at=work.asked_at, attempts=0)

    def give_up(self, work: PracticeRoom) -> None:
        if work.state == RoomState.MAKING:
            _fail(work, _("Ruang latihan belum dapat disiapkan. Sampaikan kepada administrator."))
        elif work.state == RoomState.ENDING:
            # The night drops databases that belong to nobody.
            PracticeRoom.objects.filter(pk=work.pk).update(state=RoomState.ENDED)
        else:
            PracticeRoom.objects.filter(pk=work.pk).update(worked_at=work.asked_at, attempts=0)


work_on_rooms = RoomQueue().run


def work_inside(room: PracticeRoom) -> None:
    """All that waits in the room, in the order in which one thing follows from the other. No mail leaves it,
    no other program is told."""
    with in_room(room.room):
        work_on_batches()
        work_on_money_files()
        work_on_reconciliations()
        work_on_scenarios(seconds=30)
        recompute_stale()
        work_on_packs()
        fold_readings()


def _make(room: PracticeRoom) -> None:
    try:
        ensure_pattern()
        copy_pattern(room.pk)
    except PracticeRefused as refused:
        _fail(room, refused.sentence)
        return
    with in_room(room.room):
        add_person(room.person)
    # Ended meanwhile, it stays so, and is tidied away in the next round.
    PracticeRoom.objects.filter(pk=room.pk, state=RoomState.MAKING).update(state=RoomState.READY, attempts=0)


def _fail(room: PracticeRoom, sentence: str) -> None:
    PracticeRoom.objects.filter(pk=room.pk, state=RoomState.MAKING).update(
        state=RoomState.FAILED, refusal=sentence[:400]
    )
