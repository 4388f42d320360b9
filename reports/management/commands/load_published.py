from typing import Any

from django.core.management.base import CommandParser

from regions.prepared import PreparedCommand
from regions.services.user import ensure_system_user
from reports.services.published_figure import load_published


class Command(PreparedCommand):
    help = "Memuat angka yang dipublikasikan pejabat, lengkap dengan sumbernya. Aman diulang."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--force", action="store_true", help="muat ulang walau berkas tidak berubah")

    def handle(self, *args: Any, force: bool, **options: Any) -> None:
        rows = load_published(by=ensure_system_user(), force=force)
        self.stderr.write(f"angka publikasi: {rows} baris dimuat" if rows else "tidak berubah")
