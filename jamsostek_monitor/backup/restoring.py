"""Restoring a backup: all in one transaction, which ends well only if every table holds what it held."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection

from jamsostek_monitor.backup import keys, programs
from jamsostek_monitor.backup.digests import demanding
from jamsostek_monitor.backup.making import HEADS, SETTINGS
from jamsostek_monitor.backup.manifest import DUMP, Manifest, demand_known_version, read_manifest
from jamsostek_monitor.backup.problems import BackupProblem
from jamsostek_monitor.backup.returned import return_heads, return_settings
from regions.enums import Verb
from regions.selectors.ledger_check import anchored_heads, size_now
from regions.services.act import record_act
from regions.services.head import declare_fork
from regions.services.runtime_role import grant_runtime_rights

# Emptied inside the transaction: a restore that fails leaves what was there.
EMPTY = (
    "DROP SCHEMA public CASCADE;\nCREATE SCHEMA public;\nALTER SCHEMA public OWNER TO pg_database_owner;\n"
    "GRANT USAGE ON SCHEMA public TO PUBLIC;\n"
)
# Said by pg_restore of this version, not known to servers before 17.
_TOO_NEW = b"SET transaction_timeout = 0;"


def restore(
    folder: Path, *, keys_file: Path | None = None, force: bool = False
) -> tuple[Manifest, list[str]]:
    """The manifest of what was restored, and sentences about what is left to do."""
    folder = folder.absolute()
    manifest = read_manifest(folder)
    demand_known_version(manifest)
    given = keys.read_keys(keys_file) if keys_file is not None else {}
    _demand_keys(manifest, given, force=force)
    is_empty = _is_empty()
    if not is_empty and not force:
        raise BackupProblem(
            "Basis data ini tidak kosong, jadi tidak ada yang dipulihkan. Pakai basis data kosong, atau "
            "--force untuk mengganti seluruh isinya dengan isi cadangan."
        )
    demand_alone()
    restore_database(folder, manifest, is_empty=is_empty)
    left = keys.use_keys(given)
    said = [f"Setel {name} seperti dalam berkas kunci." for name in left]
    said += return_settings(folder / SETTINGS, given)
    return_heads(folder / HEADS, settings.LEDGER_ANCHORS)
    call_command("migrate", interactive=False, verbosity=0)
    if role := os.environ.get("DATABASE_RUNTIME_ROLE"):
        grant_runtime_rights(role)
    cache.clear()
    return manifest, [*said, *_go_on(folder, manifest)]


def _go_on(folder: Path, manifest: Manifest) -> list[str]:
    """The ledger tells that it was restored; where newer heads were signed, it goes on as a fork."""
    newest = max((head.size for head in anchored_heads().good), default=0) if settings.LEDGER_KEY else 0
    reason = f"dipulihkan dari cadangan {folder.name} yang dibuat {manifest.made_at[:16]}"
    if newest > size_now():
        declare_fork(reason=reason, by=None)
        return ["Log aktivitas dilanjutkan sebagai pemulihan; segel yang lebih baru tidak berlaku lagi."]
    record_act(by=None, actor_name="server", verb=Verb.LOADED, subject=reason)
    return []


def restore_database(folder: Path, manifest: Manifest, *, is_empty: bool) -> None:
    """By one psql, to which COMMIT is said only when all of it went in and every digest is the same."""
    connection.close()
    with tempfile.TemporaryFile() as told:
        command = ["psql", "-X", "-q", "-w", "-v", "ON_ERROR_STOP=1", "-v", "VERBOSITY=terse"]
        with programs.start(
            command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=told.fileno()
        ) as writing:
            assert writing.stdin is not None  # noqa: S101 -- asked for in the line above
            with suppress(BrokenPipeError):
                _say_all(writing.stdin, folder, manifest, is_empty=is_empty)
            with suppress(BrokenPipeError):
                writing.stdin.close()
        told.seek(0)
        words = told.read().decode(errors="replace")
    if writing.returncode:
        raise BackupProblem(
            f"Pemulihan gagal dan basis data tetap seperti semula: {programs.first_error(words)}"
        )


def _say_all(psql: IO[bytes], folder: Path, manifest: Manifest, *, is_empty: bool) -> None:
    checks = demanding(manifest.tables)
    psql.write(b"BEGIN;\n" + (b"" if is_empty else EMPTY.encode()))
    with _statements(folder / DUMP) as statements:
        for line in statements:
            if not line.startswith(_TOO_NEW):
                psql.write(line)
    psql.write(f"SET search_path = public;\n{checks}COMMIT;\n".encode())
    psql.flush()


@contextmanager
def _statements(dump: Path) -> Iterator[IO[bytes]]:
    """Of the dump, without remarks about extensions, which belong to whoever runs the server."""
    with programs.start(["pg_restore", "--list", str(dump)], stdout=subprocess.PIPE) as listing:
        listed = listing.communicate()[0].decode()
    wanted = [line for line in listed.splitlines() if "COMMENT - EXTENSION" not in line]
    with tempfile.NamedTemporaryFile("w", suffix=".list") as chosen:
        chosen.write("\n".join(wanted))
        chosen.flush()
        command = [
            "pg_restore",
            "--no-owner",
            "--no-privileges",
            f"--use-list={chosen.name}",
            "--file=-",
            str(dump),
        ]
        with programs.start(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as reading:
            assert reading.stdout is not None  # noqa: S101 -- asked for in the line above
            yield reading.stdout
            words = reading.communicate()[1].decode(errors="replace")
        if reading.returncode:
            raise BackupProblem(f"Cadangan tidak dapat dibaca: {programs.first_error(words)}")


def _is_empty() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT NOT EXISTS (SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace)")
        return bool(cursor.fetchone()[0])


def demand_alone() -> None:
    """A server that is at work would hold locks, and write beside us."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )
        others = cursor.fetchone()[0]
    if others:
        raise BackupProblem(
            f"Basis data masih dipakai ({others} sambungan). Hentikan server dan pekerja, lalu ulangi."
        )


def _demand_keys(manifest: Manifest, given: dict[str, str], *, force: bool) -> None:
    """Without its keys the numbers of persons in a backup can never be read again."""
    known = {keys.mark_of(key.strip()) for key in given.get("NIK_KEYS", settings.NIK_KEYS).split(",")}
    missing = [
        name for name, mark in manifest.keys.items() if name.startswith("NIK_KEYS") and mark not in known
    ]
    if missing and not force:
        raise BackupProblem(
            "Kunci NIK yang dipakai cadangan ini tidak ada di sini, sehingga NIK di dalamnya tidak akan "
            "terbaca. Sebut berkas kuncinya dengan --keys, atau setel NIK_KEYS, lalu ulangi."
        )
