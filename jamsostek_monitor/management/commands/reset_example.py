from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandError, CommandParser

from jamsostek_monitor.backup.problems import BackupProblem
from jamsostek_monitor.example_reset import NotExample, demand_example, reset_example
from regions.prepared import PreparedCommand

_WORD = "ULANG"


class Command(PreparedCommand):
    help = (
        "Mengembalikan data contoh seperti semula. Menolak bila ada yang bukan contoh, atau server berjalan."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--yes", action="store_true", help="tanpa bertanya")
        parser.add_argument(
            "--skip-prepare", action="store_true", help="jangan memuat data contoh sekarang; server memuatnya"
        )

    def handle(self, *args: Any, yes: bool = False, skip_prepare: bool = False, **options: Any) -> None:
        try:
            demand_example()
            if not yes:
                self._ask()
            reset_example()
        except (NotExample, BackupProblem) as refused:
            raise CommandError(str(refused)) from refused
        if not skip_prepare:
            call_command("prepare", stderr=self.stderr)
        self.stdout.write("Data contoh kembali seperti semula.")

    def _ask(self) -> None:
        self.stdout.write("Semua isian percobaan di instalasi contoh ini akan hilang.")
        if input(f"Ketik {_WORD} untuk melanjutkan: ").strip() != _WORD:
            raise CommandError("Tidak ada yang dihapus.")
