"""Beat on two machines: one of them sends, the other waits until the first is gone."""

import logging
import time
from contextlib import suppress
from datetime import timedelta
from typing import Any

import psycopg2
from celery.beat import PersistentScheduler
from django.db import connection

from regions.advisory_lock import AdvisoryLock

log = logging.getLogger(__name__)
_ASK_AGAIN_SECONDS = 3.0
# Who waited no longer took the place of one that was just started anew: what it missed is made up for.
_WAITED_SECONDS = 60.0
# Less is the jitter of a clock that is kept right.
_AHEAD = timedelta(seconds=1)


class LoneScheduler(PersistentScheduler):
    """Whoever holds the lock in PostgreSQL sends. It ends with the connection: no lease can run out."""

    # Not one of Django's: beat sends without having loaded any application.
    _line: Any = None
    _is_ours = False
    _waiting_since: float | None = None

    def tick(self, *args: Any, **kwargs: Any) -> float:
        if not self._holds():
            return _ASK_AGAIN_SECONDS
        self._forget_the_future()
        return min(float(super().tick(*args, **kwargs)), _ASK_AGAIN_SECONDS)

    def _forget_the_future(self) -> None:
        """A clock that was ahead and was put right: else nothing is sent until the time it showed comes."""
        now = self.app.now()
        ahead = [one for one in self.schedule.values() if one.last_run_at and one.last_run_at - now > _AHEAD]
        if not ahead:
            return
        log.warning("the clock went back")
        for entry in ahead:
            entry.last_run_at = now
        # The order in which entries come up was that of the other time.
        self._heap = None

    def close(self) -> None:
        super().close()
        self._hang_up()

    def _holds(self) -> bool:
        try:
            if self._line is None:
                self._line = psycopg2.connect(**connection.get_connection_params())
                self._line.autocommit = True
            with self._line.cursor() as cursor:
                if self._is_ours:
                    cursor.execute("SELECT 1")
                    return True
                cursor.execute("SELECT pg_try_advisory_lock(%s, 0)", [AdvisoryLock.CLOCK])
                self._is_ours = bool(cursor.fetchone()[0])
        except psycopg2.Error as error:
            log.warning("the clock stands still while the database is away: %s", type(error).__name__)
            self._hang_up()
            return False
        if self._is_ours:
            self._begin()
        else:
            self._waiting_since = self._waiting_since or time.monotonic()
        return self._is_ours

    def _begin(self) -> None:
        """What the other sent while this one waited is not sent once more."""
        if self._waiting_since and time.monotonic() - self._waiting_since > _WAITED_SECONDS:
            for entry in self.schedule.values():
                entry.last_run_at = self.app.now()
        self._waiting_since = None

    def _hang_up(self) -> None:
        self._is_ours = False
        if self._line is not None:
            with suppress(psycopg2.Error):
                self._line.close()
        self._line = None
