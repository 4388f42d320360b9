from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from jamsostek_monitor.backup.moment import backup_of_moment, moment_of
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

        parser.add_argument(
            "--until",
            metavar="WAKTU",
            help="keadaan pada saat itu, misalnya “2026-11-27 10:15”; DIR adalah BACKUP_DIR server bawaan",
        )

    def handle(self, *args: Any, folder: Path, until: str | None = None, **options: Any) -> None:
        given = {"keys_file": options["keys"], "force": options["force"]}
        try:
            if until is None:
                manifest, said = restore(folder, **given)
            else:
                with backup_of_moment(folder.absolute(), moment_of(until)) as made:
                    manifest, said = restore(made, **given)
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
