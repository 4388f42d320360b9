from typing import Any

from django.core.management.base import CommandParser

from regions.prepared import PreparedCommand
from regions.services.runtime_role import grant_runtime_rights


class Command(PreparedCommand):
    help = "Memberi peran basis data hak yang diperlukan aplikasi, tidak lebih. Dijalankan pemilik tabel."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("role", help="nama peran, misalnya jamsostek_app")

    def handle(self, *args: Any, **options: Any) -> None:
        grant_runtime_rights(options["role"])
        self.stdout.write(f"Hak peran {options['role']} sudah diatur.")
