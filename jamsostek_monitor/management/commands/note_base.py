import os
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from jamsostek_monitor.backup.noted import SCHEDULED
from regions.prepared import PreparedCommand
from reports.services.backup_note import note_backup


class Command(PreparedCommand):
    help = "Mencatat cadangan dasar yang dibuat program lain (deploy/many/make_base), atau kegagalannya."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="folder yang berisi base-*")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        """systemd says in SERVICE_RESULT how the unit ended."""
        result = os.environ.get("SERVICE_RESULT", "success")
        newest = max(folder.glob("base-*"), default=None)
        if result != "success" or newest is None:
            problem = "Cadangan dasar gagal dibuat. Sebabnya tertulis di journalctl -u jamsostek-base."
            note_backup(made_by=SCHEDULED, problem=problem)
            return
        size = sum(file.stat().st_size for file in newest.rglob("*") if file.is_file())
        note_backup(made_by=SCHEDULED, name=newest.name, size=size)
