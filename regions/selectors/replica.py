"""How far the replica is, and whether it may be read; every process asks it once in a while."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.db import Error, connections

from regions.practice import current_room
from regions.reading import PRIMARY, REPLICA, reading_from

# How long what was found counts: shorter than anybody notices, long enough to cost pages nothing.
KEPT_SECONDS, _AWAY_SECONDS = 2, 5
_HOW_FAR = (
    "SELECT pg_is_in_recovery(), pg_wal_lsn_diff(coalesce(pg_last_wal_replay_lsn(), '0/0'), '0/0')::bigint,"
    " extract(epoch FROM now() - pg_last_xact_replay_timestamp())::float"
)
_WRITTEN = "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint"


@dataclass(frozen=True)
class ReplicaState:
    """`lag_seconds` is the age of the newest change that has arrived; None where the replica does not answer.

    The worker notes every few seconds that it lives, so the age is small wherever changes do arrive.
    """

    lag_seconds: float | None
    # The place in the log of changes up to which it has come.
    replayed: int = 0
    # It has become a primary: what is written at the old one does not arrive here any more.
    is_promoted: bool = False

    @property
    def is_usable(self) -> bool:
        within = self.lag_seconds is not None and self.lag_seconds <= settings.REPLICA_LAG_SECONDS
        return within and not self.is_promoted

    def has(self, written: int) -> bool:
        return self.is_usable and self.replayed >= written


AWAY = ReplicaState(None)
_found: dict[str, tuple[float, ReplicaState]] = {}


def has_replica() -> bool:
    """Whether there is one of the database that this thread is in; of practice rooms there is none."""
    return REPLICA in settings.DATABASES and current_room() is None


def replica_state() -> ReplicaState:
    """As found lately by this process."""
    until, state = _found.get(REPLICA, (0.0, AWAY))
    if time.monotonic() < until:
        return state
    state = ask_replica()
    kept = _AWAY_SECONDS if state is AWAY else KEPT_SECONDS
    _found[REPLICA] = time.monotonic() + kept, state
    return state


def ask_replica() -> ReplicaState:
    try:
        with connections[REPLICA].cursor() as cursor:
            cursor.execute(_HOW_FAR)
            is_following, replayed, lag = cursor.fetchone()
    except Error:
        connections[REPLICA].close()
        return AWAY
    return ReplicaState(lag, replayed, is_promoted=not is_following)


def note_replica_away() -> None:
    """It failed in the middle of a page: nobody in this process waits for it again at once."""
    connections[REPLICA].close()
    _found[REPLICA] = time.monotonic() + _AWAY_SECONDS, AWAY


def forget_replica_state() -> None:
    _found.clear()


def written_so_far() -> int:
    """The place in the log of changes behind everything that was committed by now."""
    with connections[PRIMARY].cursor() as cursor:
        cursor.execute(_WRITTEN)
        return int(cursor.fetchone()[0])


@contextmanager
def reading_replica_up_to_now(patience: float = 5.0) -> Iterator[None]:
    """For long readings: the replica, once it has all that was committed before; else the primary."""
    if not has_replica():
        yield
        return
    written, end = written_so_far(), time.monotonic() + patience
    while not (state := ask_replica()).has(written) and state.is_usable and time.monotonic() < end:
        time.sleep(0.1)
    with reading_from(REPLICA if state.has(written) else PRIMARY):
        yield
