from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from jamsostek_monitor.backup.problems import BackupProblem
from jamsostek_monitor.backup.restoring import restore
from regions.selectors.ledger_check import check_ledger


class Command(BaseCommand):
    help = "Memulihkan cadangan ke basis data kosong: seluruhnya, atau tidak sama sekali."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="cadangan dari perintah backup")
        parser.add_argument("--keys", type=Path, metavar="FILE", help="berkas kunci cadangan itu")
        parser.add_argument(
            "--force", action="store_true", help="ganti seluruh isi basis data ini dengan isi cadangan"
        )

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            manifest, said = restore(folder, keys_file=options["keys"], force=options["force"])
        except BackupProblem as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(
            f"Dipulihkan dan sama dengan cadangan: {len(manifest.tables)} tabel, {manifest.rows} baris."
        )
        for sentence in said:
            self.stdout.write(sentence)
        check = check_ledger()
        if check.faults:
            raise CommandError("Log aktivitas tidak utuh:\n" + "\n".join(check.faults))
        self.stdout.write(f"Log aktivitas utuh: {check.acts} catatan, {check.heads} segel sesuai.")
