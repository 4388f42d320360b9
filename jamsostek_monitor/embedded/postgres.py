"""One PostgreSQL cluster per data folder, reachable through a Unix socket only."""

import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path
from urllib.parse import quote

from jamsostek_monitor.embedded import account, processes
from jamsostek_monitor.embedded.places import Places, postgres_binaries
from jamsostek_monitor.embedded.problems import StartProblem, notice
from jamsostek_monitor.embedded.wal_archive import archive_settings

DATABASE = "jamsostek"
# Owns the tables and changes them; and the role as which the application runs, which may do neither.
OWNER, RUNTIME_ROLE = "postgres", "jamsostek_app"
SOCKET = ".s.PGSQL.5432"
START_SECONDS = 60

# Small on purpose: the whole application is to fit beside others on a modest machine. 160 MB holds the
# pages that storing a list of 100,000 persons touches; what falls out stays in the kernel's page cache.
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "60",
    "max_locks_per_transaction": "256",  # a restore locks each table and index at once
    "client_connection_check_interval": "1s",  # a statement ends with whoever asked, and so do its locks
    "shared_buffers": "160MB",
    "work_mem": "32MB",
    "maintenance_work_mem": "64MB",
    "effective_cache_size": "512MB",
    "jit": "off",  # compiling costs more than our queries run
    "max_parallel_workers_per_gather": "0",  # the two cores belong to web and worker; memory stays bounded
    "max_worker_processes": "4",
    "io_method": "sync",  # saves three processes; the data are in memory
    "wal_level": "minimal",  # unless BACKUP_DIR asks for the log of changes to be kept
    "max_wal_senders": "0",
    "max_logical_replication_workers": "0",
    "min_wal_size": "64MB",
    "max_wal_size": "1GB",
    "random_page_cost": "1.1",
    "timezone": "Asia/Jakarta",
    "log_timezone": "Asia/Jakarta",
    "log_min_messages": "warning",
    "log_checkpoints": "off",
}
# Tests make their data anew; nothing is lost when the power fails.
FLEETING = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Postgres:
    def __init__(self, places: Places, *, fleeting: bool = False) -> None:
        self.places = places
        self.fleeting = fleeting
        self.account = account.service_account(places.postgres)
        self.log = places.log / "postgres.log"

    @property
    def url(self) -> str:
        return self._url_of(OWNER)

    @property
    def runtime_url(self) -> str:
        return self._url_of(RUNTIME_ROLE)

    def _url_of(self, role: str) -> str:
        # The folder stands in the query: as a host name it would be put into lower case.
        return f"postgresql://{role}@/{DATABASE}?host={quote(str(self.places.socket_folder))}"

    def is_running(self) -> bool:
        """Whether the server takes connections."""
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
            client.settimeout(2)
            try:
                client.connect(str(self.places.socket_folder / SOCKET))
            except OSError:
                return False
        return True

    def start(self) -> None:
        """Bring the server up, whatever state the last run left behind. Call under the start lock."""
        for folder in (self.places.postgres, self.places.socket_folder):
            self.account.folder(folder)
        if not self.is_running() or self._postmaster() is None:
            self._prepare_folders()
            self._make_cluster()
            self._clear_remains()
            self._launch()
        self._ensure_database()

    def stop(self) -> None:
        postmaster = self._postmaster()
        if postmaster is None:
            return
        # SIGINT asks for a fast shutdown: sessions end, a checkpoint is written.
        processes.send([postmaster], signal.SIGINT)
        if processes.wait_until_gone([postmaster], 5):
            processes.send([postmaster], signal.SIGQUIT)
            if processes.wait_until_gone([postmaster], 2):
                self._clear_remains(force=True)

    def _prepare_folders(self) -> None:
        account.let_through(self.places.cluster, self.account)
        account.let_through(postgres_binaries() / "postgres", self.account)
        self.account.log(self.log)

    def _make_cluster(self) -> None:
        cluster = self.places.cluster
        if cluster.exists():
            return self._check_version()
        # Built beside and renamed when complete: a cluster under its own name is a whole one.
        unfinished = self.places.postgres / "unfinished"
        processes.finish(processes.processes_showing(f"-D {unfinished}"), 2)
        shutil.rmtree(unfinished, ignore_errors=True)
        notice("Menyiapkan PostgreSQL untuk pertama kali …")
        # C.UTF-8 of PostgreSQL itself: the same order on every machine, whatever its locales.
        options = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-instructions"]
        options += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        options += ["--no-sync"] if self.fleeting else []
        self._run("initdb", [*options, "-D", str(unfinished)])
        with (unfinished / "postgresql.conf").open("a") as configuration:
            configuration.write("include_if_exists = 'jamsostek.conf'\n")
        unfinished.rename(cluster)

    def _check_version(self) -> None:
        kept = (self.places.cluster / "PG_VERSION").read_text().strip()
        program = self._run("postgres", ["--version"]).split()[-1].partition(".")[0]
        if kept != program:
            raise StartProblem(
                f"Data di {self.places.cluster} dibuat oleh PostgreSQL {kept}, sedangkan yang terpasang "
                f"PostgreSQL {program}. Pindahkan datanya dengan pg_dump dari versi lama, atau hapus "
                f"folder {self.places.postgres} untuk mulai dari awal."
            )

    def _postmaster(self) -> int | None:
        """The server's process id, if that process lives and is ours."""
        try:
            pid = int((self.places.cluster / "postmaster.pid").read_text().split("\n", 1)[0])
        except (OSError, ValueError):
            return None
        return pid if str(self.places.cluster) in processes.command_line(pid) else None

    def _clear_remains(self, *, force: bool = False) -> None:
        """After a kill -9: end the sessions that outlived the server, drop its stale lock files.

        A pid that now belongs to someone else, or to a zombie nobody collects (containers without an
        init), would otherwise make PostgreSQL refuse to start.
        """
        postmaster = self._postmaster()
        if postmaster is not None and not force:
            return
        title = f"postgres: {self.places.name}:"
        remains = [pid for pid in processes.process_ids() if processes.command_line(pid).startswith(title)]
        remains += [postmaster] if postmaster else []
        processes.send(remains, signal.SIGKILL)
        processes.wait_until_gone(remains, 5)
        socket_file = self.places.socket_folder / SOCKET
        for stale in (
            self.places.cluster / "postmaster.pid",
            Path(f"{socket_file}.lock"),
            socket_file,
        ):
            stale.unlink(missing_ok=True)

    def _launch(self) -> None:
        if self._postmaster() is None:
            wanted = SETTINGS | (FLEETING if self.fleeting else {})
            if (backups := os.environ.get("BACKUP_DIR")) and not self.fleeting:
                wanted |= archive_settings(Path(backups).expanduser().resolve(), self.account)
            wanted["unix_socket_directories"] = f'"{self.places.socket_folder}"'
            wanted["cluster_name"] = self.places.name
            lines = [f"{name} = '{value.replace(chr(39), chr(39) * 2)}'\n" for name, value in wanted.items()]
            self.account.file(self.places.cluster / "jamsostek.conf", "".join(lines))
            seconds = str(START_SECONDS)
            command = [
                "-D",
                str(self.places.cluster),
                "-l",
                str(self.log),
                "-w",
                "-t",
                seconds,
                "start",
            ]
            self._run("pg_ctl", command)
        # A server that was found while still replaying its log is simply waited for.
        end = time.monotonic() + START_SECONDS
        while not self.is_running():
            if time.monotonic() > end:
                raise StartProblem(f"PostgreSQL tidak menjawab. Lihat {self.log}.")
            time.sleep(0.1)

    def _ensure_database(self) -> None:
        ask = [
            "-U",
            "postgres",
            "-h",
            str(self.places.socket_folder),
            "-XAtq",
            "-d",
            "postgres",
            "-c",
        ]
        # "the database system is starting up" passes within moments.
        for attempt in range(50):
            try:
                found = self._run("psql", [*ask, f"SELECT 1 FROM pg_database WHERE datname = '{DATABASE}'"])
                break
            except StartProblem:
                if attempt == 49:
                    raise
                time.sleep(0.2)
        if not found.strip():
            self._run("psql", [*ask, f"CREATE DATABASE {DATABASE}"])
        # A cluster of an earlier version gets the role at its next start.
        known = self._run("psql", [*ask, f"SELECT 1 FROM pg_roles WHERE rolname = '{RUNTIME_ROLE}'"])
        # It makes and drops the databases of practice rooms; those of others it can neither copy nor drop.
        limits = "LOGIN NOSUPERUSER CREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS"
        verb = "ALTER" if known.strip() else "CREATE"
        self._run("psql", [*ask, f"{verb} ROLE {RUNTIME_ROLE} {limits}"])

    def _run(self, program: str, arguments: list[str]) -> str:
        command = [str(postgres_binaries() / program), *arguments]
        try:
            ended = self.account.run(command, self.places.postgres, START_SECONDS + 10)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise StartProblem(f"{program} dari PostgreSQL tidak dapat dijalankan: {error}.") from error
        if ended.returncode:
            raise StartProblem(
                f"{program} dari PostgreSQL gagal: {ended.stdout.strip()}\n{tail(self.log)}"
                f"Perbaiki sebabnya lalu ulangi, atau setel DATABASE_URL ke PostgreSQL yang sudah ada."
            )
        return ended.stdout


def tail(log: Path, lines: int = 15) -> str:
    try:
        return "".join(log.read_text(errors="replace").splitlines(keepends=True)[-lines:])
    except OSError:
        return ""
