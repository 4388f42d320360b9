"""Restoring to a moment: the embedded server as it was then becomes a backup like any other."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive, localtime, make_aware, now

from jamsostek_monitor.backup.bases import ServerBase, is_embedded, keeps_log, list_bases
from jamsostek_monitor.backup.problems import BackupProblem
from jamsostek_monitor.embedded.past import PastPostgres
from jamsostek_monitor.embedded.places import Places
from jamsostek_monitor.embedded.problems import StartProblem
from jamsostek_monitor.embedded.wal_archive import FOLDER

_ARCHIVED_SECONDS = 60


def moment_of(text: str) -> datetime:
    """As people write it, in the time of the installation unless a zone is named."""
    try:
        found = parse_datetime(text.strip())
    except ValueError:
        found = None
    if found is None:
        raise BackupProblem(f"“{text}” bukan waktu. Tulis seperti 2026-11-27 10:15 atau 2026-11-27 10:15:30.")
    moment = make_aware(found) if is_naive(found) else found
    if moment > now():
        raise BackupProblem(
            f"{localtime(moment):%Y-%m-%d %H:%M:%S} belum terjadi. Pilih waktu yang sudah lewat."
        )
    return moment


@contextmanager
def backup_of_moment(backups: Path, moment: datetime) -> Iterator[Path]:
    """A whole backup of what the database held then; it is there until the block ends."""
    if not is_embedded():
        raise BackupProblem(
            "Basis data ini bukan milik server bawaan. Pulihkan ke suatu saat dengan PostgreSQL sendiri, "
            "lihat deploy/README.md."
        )
    base = base_for(list_bases(backups), moment)
    _keep_what_was_written()
    places = Places(Path(settings.VAR_DIR))
    past, made = PastPostgres(places), places.var / f"past-{localtime(moment):%Y%m%d-%H%M%S}"
    shutil.rmtree(made, ignore_errors=True)
    try:
        past.start(base.folder, backups / FOLDER, moment.isoformat(sep=" "))
        _back_up(past.url, made)
        yield made
    except StartProblem as problem:
        raise BackupProblem(f"Tidak ada yang dipulihkan. {problem}") from problem
    finally:
        past.stop()
        shutil.rmtree(made, ignore_errors=True)


def base_for(bases: list[ServerBase], moment: datetime) -> ServerBase:
    """The newest that was complete by then: the least to play."""
    earlier = [base for base in bases if base.ended_at <= moment]
    if earlier:
        return earlier[-1]
    if not bases:
        raise BackupProblem("Di folder itu tidak ada salinan dasar (base-…). Sebut folder BACKUP_DIR.")
    first = localtime(bases[0].ended_at)
    raise BackupProblem(
        f"Salinan dasar yang paling lama selesai {first:%Y-%m-%d %H:%M:%S}. Untuk keadaan sebelum itu, "
        f"pulihkan cadangan harian (jamsostek-…)."
    )


def _keep_what_was_written() -> None:
    """The last minute of the log lies in the server only; where it does not answer, what is kept must do."""
    if not keeps_log():
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_walfile_name(pg_current_wal_lsn()), pg_switch_wal()")
        newest = cursor.fetchone()[0]
        end = time.monotonic() + _ARCHIVED_SECONDS
        while time.monotonic() < end:
            cursor.execute("SELECT coalesce(last_archived_wal, '') FROM pg_stat_archiver")
            if cursor.fetchone()[0][8:24] >= newest[8:24]:
                return
            time.sleep(0.2)


def _back_up(url: str, made: Path) -> None:
    """By a process of its own, for which the past is the database."""
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "backup", str(made)]
    given = {name: value for name, value in os.environ.items() if name != "REPLICA_URL"}
    ended = subprocess.run(
        command, env=given | {"DATABASE_URL": url}, capture_output=True, text=True, check=False
    )
    if ended.returncode:
        raise BackupProblem(f"Keadaan pada saat itu tidak dapat dibaca: {ended.stderr.strip()[-300:]}")
