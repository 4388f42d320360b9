"""CPU seconds of our processes and of PostgreSQL beside them, for a machine that others use as well.

Seconds on the clock grow with the load of the machine, these hardly do.
"""

import os
import time
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

_TICKS = os.sysconf("SC_CLK_TCK")


def _fields(pid: int) -> list[str]:
    """Of /proc/PID/stat, those after the name: the state is the first."""
    return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()


@dataclass
class Server:
    """The PostgreSQL on this machine: our own session, and all sessions and helpers that have ended."""

    session: int
    parent: int

    @classmethod
    def of_connection(cls) -> "Server":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            session = int(cursor.fetchone()[0])
        return cls(session, int(_fields(session)[1]))

    def own(self) -> float:
        used = _fields(self.session)
        return (int(used[11]) + int(used[12])) / _TICKS

    def ended(self) -> float:
        used = _fields(self.parent)
        return (int(used[13]) + int(used[14])) / _TICKS


class Spent:
    """CPU seconds since it was made, of this process and its session, or of sessions ended meanwhile."""

    def __init__(self) -> None:
        self._server = Server.of_connection()
        self._here, self._own, self._ended = time.process_time(), self._server.own(), self._server.ended()

    def here(self) -> float:
        return time.process_time() - self._here + self._server.own() - self._own

    def elsewhere(self) -> float:
        return self._server.ended() - self._ended
