"""The embedded server as it was at a moment: a base, and the log of changes played up to then."""

import shutil
import signal
import tarfile
import time
from pathlib import Path
from urllib.parse import quote

from jamsostek_monitor.embedded import account, processes
from jamsostek_monitor.embedded.places import Places, postgres_binaries
from jamsostek_monitor.embedded.postgres import DATABASE, OWNER, SETTINGS, SOCKET, tail
from jamsostek_monitor.embedded.problems import StartProblem
from jamsostek_monitor.embedded.wal_archive import restore_command

PLAY_SECONDS = 6 * 3600
_BEGIN_SECONDS = 60
_NOT_REACHED = "recovery ended before configured recovery target was reached"


class PastPostgres:
    """A cluster of its own beside the real one, which it neither reads nor writes."""

    def __init__(self, places: Places) -> None:
        self.account = account.service_account(places.postgres)
        self.folder = places.postgres / "past"
        self.cluster = self.folder / "data"
        self.log = places.log / "past.log"
        socket = self.folder / "socket"
        self.socket = socket if len(str(socket)) <= 85 else Path(f"/tmp/{places.name}-past")

    @property
    def url(self) -> str:
        return f"postgresql://{OWNER}@/{DATABASE}?host={quote(str(self.socket))}"

    def start(self, base: Path, wal: Path, until: str) -> None:
        """Playing up to `until` (as PostgreSQL reads a time), then open for reading. Raises StartProblem."""
        self.stop()
        for folder in (self.folder, self.socket, self.cluster, self.cluster / "pg_wal"):
            self.account.folder(folder)
        self._unpack(base)
        account.let_through(wal / "segment", self.account)
        self._configure(wal, until)
        self.log.unlink(missing_ok=True)
        self.account.log(self.log)
        command = ["-D", str(self.cluster), "-l", str(self.log), "-W", "start"]
        ended = self.account.run([str(postgres_binaries() / "pg_ctl"), *command], self.folder, 60)
        if ended.returncode:
            raise StartProblem(f"{ended.stdout.strip()} Lihat {self.log}.")
        self._await_end()

    def stop(self) -> None:
        """Down and away; it was only made to be read once."""
        if pid := self._pid():
            processes.send([pid], signal.SIGQUIT)
            processes.wait_until_gone([pid], 10)
        shutil.rmtree(self.folder, ignore_errors=True)
        if self.socket.parent != self.folder:
            shutil.rmtree(self.socket, ignore_errors=True)

    def _unpack(self, base: Path) -> None:
        for name, where in (("base.tar.gz", self.cluster), ("pg_wal.tar.gz", self.cluster / "pg_wal")):
            with tarfile.open(base / name) as packed:
                # Debian's Python 3.11.2 knows no filters yet, and would not take one as an argument.
                packed.extraction_filter = getattr(tarfile, "data_filter", None)
                packed.extractall(where)  # noqa: S202 - packed by our own pg_basebackup
        for path in [self.cluster, *self.cluster.rglob("*")]:
            path.chmod(0o700 if path.is_dir() else 0o600)
            if self.account.differs:
                shutil.chown(path, self.account.uid, self.account.gid)

    def _configure(self, wal: Path, until: str) -> None:
        wanted = SETTINGS | {
            "wal_level": "replica",
            "unix_socket_directories": f'"{self.socket}"',
            "cluster_name": "jamsostek-past",
            "restore_command": restore_command(wal),
            "recovery_target_time": until,
            "recovery_target_action": "promote",
            # Nobody keeps what is written here.
            "fsync": "off",
            "max_wal_senders": "3",
            "log_min_messages": "log",
        }
        lines = [f"{name} = '{value.replace(chr(39), chr(39) * 2)}'\n" for name, value in wanted.items()]
        self.account.file(self.cluster / "jamsostek.conf", "".join(lines))
        self.account.file(self.cluster / "recovery.signal", "")

    def _await_end(self) -> None:
        """`recovery.signal` goes when it is open."""
        began, has_begun = time.monotonic(), False
        while (self.cluster / "recovery.signal").exists() or not (self.socket / SOCKET).exists():
            is_there = self._pid() is not None
            has_begun = has_begun or is_there
            # On a loaded machine it takes a while until the server has written down its number.
            is_late = time.monotonic() - began > (PLAY_SECONDS if has_begun else _BEGIN_SECONDS)
            if is_late or (has_begun and not is_there):
                told = tail(self.log, 30)
                if _NOT_REACHED in told:
                    raise StartProblem(
                        "Log perubahan yang tersimpan tidak sampai ke saat itu. Pilih saat lebih awal."
                    )
                raise StartProblem(f"Keadaan pada saat itu tidak dapat dibangun. {told}\nLihat {self.log}.")
            time.sleep(0.2)

    def _pid(self) -> int | None:
        try:
            pid = int((self.cluster / "postmaster.pid").read_text().split("\n", 1)[0])
        except (OSError, ValueError):
            return None
        return pid if str(self.cluster) in processes.command_line(pid) else None
