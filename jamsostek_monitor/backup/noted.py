"""Backups whose making, or failing, is seen in the application."""

import time
from pathlib import Path

from django.conf import settings

from jamsostek_monitor.backup.bases import is_embedded, keeps_log, make_base, thin_bases
from jamsostek_monitor.backup.making import dated, make_backup, thin
from jamsostek_monitor.backup.manifest import Manifest
from jamsostek_monitor.backup.problems import BackupProblem
from regions.advisory_lock import AdvisoryLock
from regions.services.advisory_lock import work_lock
from reports.services.backup_note import note_backup

SCHEDULED = "terjadwal"


def make_noted(
    folder: Path, *, made_by: str, keys_file: Path | None = None, beside: bool = False
) -> tuple[Manifest, float]:
    """Manifest and seconds. A backup that fails is noted with its reason, which is then raised."""
    began = time.monotonic()
    try:
        manifest = make_backup(folder, keys_file=keys_file, beside=beside)
    except BackupProblem as problem:
        note_backup(made_by=made_by, problem=str(problem), seconds=time.monotonic() - began)
        raise
    seconds = time.monotonic() - began
    note_backup(made_by=made_by, name=folder.name, rows=manifest.rows, size=manifest.bytes, seconds=seconds)
    return manifest, seconds


def back_up_as_scheduled() -> Path | None:
    """Into the configured folder, the oldest leaving; nothing where another worker is at it."""
    if not settings.BACKUP_DIR:
        return None
    folder = Path(settings.BACKUP_DIR)
    with work_lock(AdvisoryLock.BACKUP, 0) as held:
        if not held:
            return None
        made = dated(folder)
        make_noted(made, made_by=SCHEDULED)
        thin(folder, settings.BACKUP_KEEP)
        if is_embedded() and keeps_log():
            _make_noted_base(folder)
    return made


def _make_noted_base(folder: Path) -> None:
    """From which the days since then can be restored moment by moment; older ones go with their log."""
    began = time.monotonic()
    try:
        base = make_base(folder)
    except BackupProblem as problem:
        note_backup(made_by=SCHEDULED, problem=str(problem), seconds=time.monotonic() - began)
        raise
    note_backup(
        made_by=SCHEDULED,
        name=base.folder.name,
        rows=0,
        size=base.bytes,
        seconds=time.monotonic() - began,
    )
    thin_bases(folder, settings.BACKUP_BASES)
