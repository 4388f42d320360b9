"""Whether the database keeps its log of changes, with which any moment can be restored."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.utils.timezone import now

# The worker notes every few seconds that it lives, so a segment is kept every minute.
OLD = timedelta(minutes=15)
SLOT = "jamsostek_wal"


@dataclass(frozen=True)
class WalState:
    """`kept_at`: what was written before can be restored; `failing` since the last attempt went wrong."""

    kept_at: datetime | None
    failing: bool

    @property
    def is_old(self) -> bool:
        return self.kept_at is None or now() - self.kept_at > OLD

    @property
    def is_bad(self) -> bool:
        return self.failing or self.is_old


def wal_state() -> WalState | None:
    """None where no log is kept."""
    if settings.BASES_ELSEWHERE:
        return _fetched()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('archive_mode') <> 'off', coalesce(last_archived_time, stats_reset),"
            " coalesce(last_failed_time > coalesce(last_archived_time, '-infinity'), false)"
            " FROM pg_stat_archiver"
        )
        keeps, kept_at, failing = cursor.fetchone()
    return WalState(kept_at, failing) if keeps else None


def _fetched() -> WalState:
    """By a program that holds a slot (`deploy/many/jamsostek-wal.service`): whether it listens now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT active AND wal_status IN ('reserved', 'extended') FROM pg_replication_slots"
            " WHERE slot_name = %s",
            [SLOT],
        )
        found = cursor.fetchone()
    listens = bool(found and found[0])
    return WalState(now() if listens else None, failing=not listens)
