"""Bases of the embedded server: copies of its files, from which its log can be played to a moment."""

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.timezone import localtime, now

from jamsostek_monitor.backup.problems import NO_ROOM, BackupProblem
from jamsostek_monitor.backup.programs import first_error
from jamsostek_monitor.embedded.places import Places, postgres_binaries
from jamsostek_monitor.embedded.postgres import OWNER
from jamsostek_monitor.embedded.processes import die_with_parent
from jamsostek_monitor.embedded.wal_archive import FOLDER

PREFIX, _TOLD = "base-", "base.json"


@dataclass(frozen=True)
class ServerBase:
    folder: Path
    # Moments from here on can be restored from it.
    ended_at: datetime
    # Name of the first file of the log that it needs.
    segment: str

    @property
    def bytes(self) -> int:
        return sum(path.stat().st_size for path in self.folder.iterdir())


def is_embedded() -> bool:
    """Whether this process works on the embedded server of its data folder."""
    given = str(connection.get_connection_params().get("host", ""))
    return given == str(Places(Path(settings.VAR_DIR)).socket_folder)


def keeps_log() -> bool:
    """Whether the server keeps its log of changes: not before its first start with BACKUP_DIR."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW archive_mode")
        return bool(cursor.fetchone()[0] != "off")


def make_base(backups: Path) -> ServerBase:
    """A copy of the running server, read once more before it bears its name."""
    unfinished = backups / ".unfinished-base"
    shutil.rmtree(unfinished, ignore_errors=True)
    _run("pg_basebackup", "--pgdata", str(unfinished), "--format=tar", "--gzip", "--checkpoint=fast")
    _run("pg_verifybackup", "--no-parse-wal", str(unfinished))
    ended = now()
    ranges = json.loads((unfinished / "backup_manifest").read_text(encoding="utf-8"))["WAL-Ranges"]
    segment = _segment(int(ranges[0]["Timeline"]), ranges[0]["Start-LSN"])
    told = json.dumps({"ended_at": ended.isoformat(), "segment": segment})
    (unfinished / _TOLD).write_text(told, encoding="utf-8")
    made = backups / f"{PREFIX}{localtime(ended):%Y%m%d-%H%M%S}"
    unfinished.rename(made)
    return ServerBase(made, ended, segment)


def list_bases(backups: Path) -> list[ServerBase]:
    """The whole ones, the oldest first."""
    found = []
    for path in sorted(backups.glob(f"{PREFIX}*/{_TOLD}")):
        told = json.loads(path.read_text(encoding="utf-8"))
        found.append(ServerBase(path.parent, datetime.fromisoformat(told["ended_at"]), told["segment"]))
    return found


def thin_bases(backups: Path, keep: int) -> int:
    """All but the newest go, and with them the log that only they needed; how many files of it."""
    bases = list_bases(backups)
    for base in bases[: max(len(bases) - max(keep, 1), 0)]:
        shutil.rmtree(base.folder)
    left = list_bases(backups)
    if not left:
        return 0
    # Without the timeline: the order in the log is the same on all of them.
    oldest = min(base.segment[8:] for base in left)
    gone = [path for path in (backups / FOLDER).glob("*.gz") if _is_older(path.name, oldest)]
    for path in gone:
        path.unlink()
    return len(gone)


def _is_older(name: str, segment: str) -> bool:
    """A file of the log, or the mark of a base; histories of timelines always stay."""
    return len(name) >= 24 and "history" not in name and name[8:24] < segment


def _segment(timeline: int, place: str) -> str:
    """The name of the file of the log in which this place lies (16 MB each)."""
    high, low = (int(part, 16) for part in place.split("/"))
    return f"{timeline:08X}{high:08X}{low >> 24:08X}"


def _run(program: str, *arguments: str) -> None:
    """As the owner, through the socket, where every process of this account may come in."""
    given = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    places = Places(Path(settings.VAR_DIR))
    given |= {"PGHOST": str(places.socket_folder), "PGUSER": OWNER, "LC_ALL": "C"}
    ended = subprocess.run(
        [postgres_binaries() / program, *arguments],
        env=given,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=die_with_parent,
    )
    if ended.returncode and "No space left" in ended.stderr:
        raise BackupProblem(NO_ROOM.format(folder=settings.BACKUP_DIR))
    if ended.returncode:
        raise BackupProblem(f"Salinan dasar untuk pemulihan ke suatu saat gagal: {first_error(ended.stderr)}")
