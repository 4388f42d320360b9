"""Making a backup: one snapshot of the database, files beside it, all under a temporary name until whole."""

import fcntl
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils.timezone import localtime, now

from jamsostek_monitor.backup import keys, programs
from jamsostek_monitor.backup.digests import TableDigest, digest_tables
from jamsostek_monitor.backup.manifest import (
    DUMP,
    Manifest,
    is_backup,
    kept_file,
    read_manifest,
    write_manifest,
)
from jamsostek_monitor.backup.problems import NO_ROOM, BackupProblem
from jamsostek_monitor.kept_settings import kept_settings
from jamsostek_monitor.version import VERSION
from regions.disk import is_disk_full
from regions.selectors.ledger_check import read_head

PREFIX = "jamsostek-"
SETTINGS, HEADS = "settings.json", "heads.txt"


def make_backup(folder: Path, *, keys_file: Path | None = None, beside: bool = False) -> Manifest:
    """A whole backup under this name, which nothing may have yet; or BackupProblem and nothing."""
    folder = folder.absolute()
    _demand_free(folder)
    if keys_file is not None:
        _demand_apart(keys_file.absolute(), folder, beside=beside)
    try:
        with _unfinished(folder) as unfinished:
            manifest = _fill(unfinished)
            if keys_file is not None and not beside:
                keys.write_keys(keys_file)
            elif keys_file is not None:
                keys.write_keys(unfinished / keys_file.name)
            _to_disk(unfinished)
            unfinished.rename(folder)
            _to_disk(folder.parent, deep=False)
    except OSError as error:
        if is_disk_full(error):
            raise BackupProblem(NO_ROOM.format(folder=folder.parent)) from error
        raise BackupProblem(f"{error.filename or folder} tidak dapat ditulis ({error.strerror}).") from error
    return manifest


def dated(folder: Path) -> Path:
    """A name in a folder of backups that sorts by time."""
    return folder / f"{PREFIX}{localtime(now()):%Y%m%d-%H%M%S}"


def thin(folder: Path, keep: int) -> list[Path]:
    """Of the whole backups with names of ours all but the newest go; nothing else is touched."""
    ours = sorted(path for path in folder.glob(f"{PREFIX}*") if path.is_dir() and is_backup(path))
    gone = ours[: max(len(ours) - max(keep, 1), 0)]
    for path in gone:
        shutil.rmtree(path)
    return gone


def _demand_free(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BackupProblem(f"{folder} tidak kosong. Pilih folder lain untuk cadangan ini, lalu ulangi.")
    if os.path.ismount(folder):
        raise BackupProblem(
            f"{folder} adalah sebuah disk. Sebut folder di dalamnya, misalnya {folder}/cadangan."
        )


def _demand_apart(path: Path, folder: Path, *, beside: bool) -> None:
    if path.is_relative_to(folder) and not beside:
        raise BackupProblem(
            "Kunci tidak disimpan bersama datanya: siapa memegang keduanya dapat membaca semua NIK. Pilih "
            "tempat lain untuk --keys, atau tambahkan --keys-beside-data bila memang dikehendaki."
        )
    if path.exists():
        raise BackupProblem(f"Berkas kunci {path} sudah ada. Pilih nama lain, lalu ulangi.")


@contextmanager
def _unfinished(folder: Path) -> Iterator[Path]:
    """Beside the wanted name and locked; what a killed backup left there is removed first."""
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder.parent / ".unfinished-backup"
    path.mkdir(mode=0o700, exist_ok=True)
    lock = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BackupProblem(
                f"Cadangan lain sedang dibuat di {folder.parent}. Tunggu sampai selesai."
            ) from error
        for left in path.iterdir():
            left.unlink()
        try:
            yield path
        finally:
            shutil.rmtree(path, ignore_errors=True)
    finally:
        os.close(lock)


def _fill(folder: Path) -> Manifest:
    tables, migrations, ledger = _dump(folder / DUMP)
    kept = {name: value for name, value in kept_settings().items() if not keys.is_secret(name)}
    (folder / SETTINGS).write_text(json.dumps(kept, indent=1), encoding="utf-8")
    if settings.LEDGER_ANCHORS.exists():
        shutil.copyfile(settings.LEDGER_ANCHORS, folder / HEADS)
    manifest = Manifest(
        made_at=now().isoformat(),
        version=VERSION,
        postgres=connection.pg_version,  # type: ignore[attr-defined]
        migrations=migrations,
        tables=tables,
        files={path.name: kept_file(path) for path in sorted(folder.iterdir())},
        keys=keys.marks(),
        ledger=ledger,
    )
    write_manifest(folder, manifest)
    read_manifest(folder)
    return manifest


def _dump(path: Path) -> tuple[dict[str, TableDigest], list[list[str]], dict[str, object]]:
    """Dump and digests of the same snapshot, whatever is written meanwhile."""
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        cursor.execute("SELECT pg_export_snapshot()")
        _run_dump(path, cursor.fetchone()[0])
        tables = digest_tables()
        size, root = read_head() if "regions_leaf" in tables else (0, "")
        applied = MigrationRecorder(connection).applied_migrations()
    return tables, sorted([app, name] for app, name in applied), {"size": size, "root": root}


def _schemas_of_others() -> list[str]:
    """What else may live in the database is not ours to bring back."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT quote_ident(nspname) FROM pg_namespace WHERE nspname <> 'public' "
            "AND nspname <> 'information_schema' AND nspname NOT LIKE 'pg\\_%'"
        )
        return [name for (name,) in cursor.fetchall()]


def _run_dump(path: Path, snapshot: str) -> None:
    command = ["pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--no-password"]
    command += [f"--snapshot={snapshot}", f"--file={path}"]
    command += [f"--exclude-schema={name}" for name in _schemas_of_others()]
    path.touch(mode=0o600)
    with programs.start(command, stderr=subprocess.PIPE) as dumping:
        _out, told = dumping.communicate()
    if dumping.returncode:
        words = told.decode(errors="replace")
        if "No space left" in words:
            raise BackupProblem(NO_ROOM.format(folder=path.parent.parent))
        raise BackupProblem(f"Basis data tidak dapat dicadangkan: {programs.first_error(words)}")


def _to_disk(folder: Path, *, deep: bool = True) -> None:
    for path in [*(folder.iterdir() if deep else ()), folder]:
        number = os.open(path, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
