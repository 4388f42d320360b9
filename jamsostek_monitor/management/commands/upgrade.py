import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from jamsostek_monitor.backup.making import dated, make_backup
from jamsostek_monitor.backup.manifest import read_manifest
from jamsostek_monitor.backup.problems import BackupProblem
from jamsostek_monitor.backup.restoring import demand_alone, restore_database
from regions.services.runtime_role import grant_runtime_rights


class Command(BaseCommand):
    help = "Mencadangkan, lalu menyesuaikan basis data dengan versi yang terpasang; bila gagal, kembali."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--backup", type=Path, metavar="DIR", help="folder untuk cadangan sebelum mulai")

    def handle(self, *args: Any, **options: Any) -> None:
        missing = _missing()
        if not missing:
            self.stdout.write("Basis data sudah sesuai dengan versi ini.")
            return
        made = dated(options["backup"] or Path(settings.BACKUP_DIR or settings.VAR_DIR / "backups"))
        try:
            demand_alone()
            make_backup(made)
        except BackupProblem as problem:
            raise CommandError(f"Tidak ada yang diubah. {problem}") from problem
        self.stdout.write(f"Cadangan: {made}. Menerapkan {len(missing)} perubahan …")
        try:
            call_command("migrate", interactive=False, verbosity=0)
            if role := os.environ.get("DATABASE_RUNTIME_ROLE"):
                grant_runtime_rights(role)
        except Exception as error:  # noqa: BLE001 -- whatever it was, the way back is the same
            self._go_back(made, error)
        self.stdout.write("Selesai. Jalankan ./script/server.")

    def _go_back(self, made: Path, error: Exception) -> None:
        cause = f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}"[:300]
        by_hand = f"./script/manage restore {made} --force"
        try:
            restore_database(made, read_manifest(made), is_empty=False)
        except BackupProblem as problem:
            raise CommandError(
                f"Penyesuaian gagal ({cause}), dan pengembalian juga: {problem} Pulihkan sendiri dengan "
                f"versi sebelumnya: {by_hand}"
            ) from error
        raise CommandError(
            f"Penyesuaian gagal ({cause}). Basis data sudah dikembalikan seperti semula; pasang versi "
            f"sebelumnya untuk bekerja lagi. Cadangan tetap ada di {made}."
        ) from error


def _missing() -> list[Any]:
    executor = MigrationExecutor(connection)
    return executor.migration_plan(executor.loader.graph.leaf_nodes())
