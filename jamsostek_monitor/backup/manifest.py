"""What a backup says of itself, and whether it is still so."""

import json
from dataclasses import asdict, dataclass, field
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

from django.db.migrations.loader import MigrationLoader

from jamsostek_monitor.backup.digests import TableDigest
from jamsostek_monitor.backup.problems import BackupProblem

MANIFEST, SUM, DUMP = "manifest.json", "manifest.json.sha256", "database.dump"
FORMAT = 1


@dataclass(frozen=True)
class KeptFile:
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    made_at: str
    version: str
    postgres: int
    migrations: list[list[str]]
    tables: dict[str, TableDigest]
    files: dict[str, KeptFile]
    # Marks by which the keys are known again; never the keys.
    keys: dict[str, str]
    ledger: dict[str, Any] = field(default_factory=dict)
    format: int = FORMAT

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables.values())

    @property
    def bytes(self) -> int:
        return sum(file.bytes for file in self.files.values())


def kept_file(path: Path) -> KeptFile:
    with path.open("rb") as stream:
        return KeptFile(path.stat().st_size, file_digest(stream, "sha256").hexdigest())


def write_manifest(folder: Path, manifest: Manifest) -> None:
    text = json.dumps(asdict(manifest), indent=1, sort_keys=True)
    (folder / MANIFEST).write_text(text, encoding="utf-8")
    told = f"{sha256(text.encode()).hexdigest()}  {MANIFEST}\n"
    (folder / SUM).write_text(told, encoding="ascii")


def is_backup(folder: Path) -> bool:
    return (folder / MANIFEST).is_file() and (folder / SUM).is_file()


def read_manifest(folder: Path) -> Manifest:
    """Whole, of a format that is known, and true of every file. Raises BackupProblem."""
    if not is_backup(folder):
        raise BackupProblem(f"{folder} bukan cadangan yang utuh: {MANIFEST} tidak ada. Pilih cadangan lain.")
    text = (folder / MANIFEST).read_bytes()
    if (
        sha256(text).hexdigest()
        != (folder / SUM).read_text(encoding="ascii", errors="replace").partition(" ")[0]
    ):
        raise _changed(MANIFEST)
    told = json.loads(text)
    if told["format"] > FORMAT:
        raise BackupProblem("Cadangan ini dibuat oleh versi yang lebih baru. Pasang versi itu, lalu ulangi.")
    told["tables"] = {name: TableDigest(**digest) for name, digest in told["tables"].items()}
    told["files"] = {name: KeptFile(**kept) for name, kept in told["files"].items()}
    manifest = Manifest(**told)
    for name, kept in manifest.files.items():
        path = folder / name
        if not path.is_file() or kept_file(path) != kept:
            raise _changed(name)
    return manifest


def demand_known_version(manifest: Manifest) -> None:
    """All that the backup's database went through is known here."""
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations or {}}
    newer = sorted({f"{app}.{name}" for app, name in manifest.migrations} - known)
    if newer:
        raise BackupProblem(
            f"Cadangan ini dibuat oleh versi {manifest.version} yang lebih baru ({newer[0]} belum dikenal). "
            f"Pasang versi itu, lalu ulangi."
        )


def _changed(name: str) -> BackupProblem:
    return BackupProblem(
        f"Berkas {name} dalam cadangan ini berubah atau rusak sejak dibuat, jadi tidak ada yang dipulihkan. "
        f"Pakai cadangan lain."
    )
