import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from jamsostek_monitor.deep_health import deep_health


class Command(BaseCommand):
    help = "Menampilkan keadaan pemasangan: pekerja, beat, antrean, disk, cadangan, log aktivitas."

    def handle(self, *args: Any, **options: Any) -> None:
        found = deep_health()
        self.stdout.write(json.dumps(found, indent=1))
        if found["status"] != "ok":
            raise CommandError("Ada bagian yang tidak sehat.")
