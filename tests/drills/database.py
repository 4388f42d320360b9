"""PostgreSQL of a machine of its own, primary or replica, as `deploy/set_up database` makes it."""

from pathlib import Path

from tests.drills.machines import CODE, Machine
from tests.drills.steps import step

_SCRIPTS = f"{CODE}/deploy/many/postgresql"


def programs() -> Path:
    """Of the newest version that is installed from Debian."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent


class Cluster:
    def __init__(self, machine: Machine, *words: str) -> None:
        self.machine, self.bin = machine, programs()
        self.version = self.bin.parent.name
        self._boot()
        self.set_up(*words)

    def _boot(self) -> None:
        """What systemd-tmpfiles makes at each start of a machine."""
        folder = ["install", "-d", "--owner=postgres", "--group=postgres", "-m2775", "/run/postgresql"]
        self.machine.run(*folder)

    def set_up(self, *words: str) -> None:
        self.machine.run(f"{CODE}/deploy/set_up", "database", *words)
        self._until_ready()

    def start(self) -> None:
        """As its unit does after the machine has its power again."""
        self._boot()
        self.machine.run(f"{_SCRIPTS}/no_other_primary")
        self.machine.run("pg_ctlcluster", self.version, "main", "start")
        self._until_ready()

    def promote(self) -> None:
        self.machine.run(f"{_SCRIPTS}/promote")

    def follow(self, primary: Machine) -> None:
        """After it was the primary and lost its power: what only it had is thrown away."""
        self._boot()
        self.machine.run(f"{_SCRIPTS}/follow", primary.address)
        self._until_ready()

    def _until_ready(self) -> None:
        ready = ["sh", "-c", f"until {self.bin}/pg_isready -q -h /run/postgresql; do sleep 0.1; done"]
        self.machine.run(*ready, user="postgres", seconds=60)

    def sql(self, statement: str, database: str = "postgres") -> str:
        command = [str(self.bin / "psql"), "-XAtq", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", statement]
        return self.machine.run(*command, user="postgres").strip()


def pair(first: Machine, second: Machine) -> tuple[Cluster, Cluster]:
    """A primary and its replica, each of which may become the other."""
    primary, replica = Cluster(first, "first"), Cluster(second)
    told = primary.sql("SELECT application_name || ' ' || state FROM pg_stat_replication")
    assert told == f"{second.name} streaming", told
    version = primary.sql("SHOW server_version")
    encrypted = primary.sql("SELECT bool_and(ssl) FROM pg_stat_replication JOIN pg_stat_ssl USING (pid)")
    assert encrypted == "t", encrypted
    step(f"PostgreSQL {version}: {first.name} writes, {second.name} follows, with TLS")
    return primary, replica
