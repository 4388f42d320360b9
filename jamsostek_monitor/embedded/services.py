"""Who uses the embedded services, and the environment in which they are used."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO
from urllib.parse import urlsplit

from jamsostek_monitor.embedded.keys import kept_secrets
from jamsostek_monitor.embedded.places import Places
from jamsostek_monitor.embedded.postgres import RUNTIME_ROLE, Postgres
from jamsostek_monitor.embedded.processes import adopt_orphans, collect_orphans
from jamsostek_monitor.embedded.valkey import Valkey


class Services:
    """The servers that this data folder needs, shared by every process that holds them.

    Each user holds a shared lock on services.lock; the kernel drops it even after kill -9. Starting and
    stopping happen under start.lock, so a process that gets services.lock alone there is the last user.
    """

    def __init__(self, places: Places, *, fleeting: bool = False) -> None:
        self.places = places
        places.var.mkdir(parents=True, exist_ok=True)
        places.log.mkdir(exist_ok=True)
        self.postgres = None if os.environ.get("DATABASE_URL") else Postgres(places, fleeting=fleeting)
        self.valkey = None if os.environ.get("REDIS_URL") else Valkey(places)

    @contextmanager
    def held(self) -> Iterator[int]:
        """Run the servers for as long as the block lasts; yields the descriptor of the shared lock."""
        adopt_orphans()
        with (self.places.var / "services.lock").open("a") as lock:
            try:
                with self._starting():
                    fcntl.flock(lock, fcntl.LOCK_SH)
                    self.ensure()
                yield lock.fileno()
            finally:
                with self._starting():
                    self._release(lock)
                collect_orphans()

    @contextmanager
    def _starting(self) -> Iterator[None]:
        with (self.places.var / "start.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def ensure(self) -> None:
        if self.postgres:
            self.postgres.start()
        if self.valkey:
            self.valkey.start()

    def mend(self) -> list[str]:
        """Bring back what died; the names of what was brought back."""
        mended = []
        if self.postgres and not self.postgres.is_running():
            with self._starting():
                self.postgres.start()
            mended.append("PostgreSQL")
        if self.valkey and not self.valkey.is_running():
            with self._starting():
                self.valkey.restart()
            mended.append("Valkey")
        return mended

    def environment(self) -> dict[str, str]:
        """What a program of this project needs in its environment to use these services.

        Secrets and example data are made up only for the embedded database: beside a real one they must
        be given. Commands run as the owner of the tables; the application does not, see `runtime`.
        """
        given = {**os.environ, "JAMSOSTEK_VAR": str(self.places.var)}
        if owner := given.get("DATABASE_OWNER_URL"):
            # What a server of one's own has split: commands and `prepare` take the owner's address.
            given["DATABASE_RUNTIME_ROLE"] = urlsplit(given.get("DATABASE_URL", "")).username or ""
            given["DATABASE_URL"] = owner
        if self.valkey:
            given["REDIS_URL"] = self.valkey.url
        if self.postgres:
            given["DATABASE_URL"] = self.postgres.url
            given["DATABASE_RUNTIME_ROLE"] = RUNTIME_ROLE
            ours = {
                "DEBUG": "0",
                "EXAMPLE_DATA": "1",
                "ALLOWED_HOSTS": "127.0.0.1,localhost,testserver",
            }
            with self._starting():
                ours |= kept_secrets(self.places)
            given |= {name: value for name, value in ours.items() if not given.get(name)}
        return given

    def runtime(self, environment: dict[str, str]) -> dict[str, str]:
        """The same for web and workers: as a role that can neither change tables nor the ledger."""
        runtime = {name: value for name, value in environment.items() if name != "DATABASE_OWNER_URL"}
        if self.postgres:
            runtime["DATABASE_URL"] = self.postgres.runtime_url
        elif os.environ.get("DATABASE_OWNER_URL"):
            runtime["DATABASE_URL"] = os.environ["DATABASE_URL"]
        return runtime

    def _release(self, lock: IO[str]) -> None:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        if self.valkey:
            self.valkey.stop()
        if self.postgres:
            self.postgres.stop()
