from typing import Any

from django.core.management.base import BaseCommand

from jamsostek_monitor.collected_static import collect_once


class Command(BaseCommand):
    help = "Mengumpulkan berkas statis, hanya bila ada yang berubah sejak terakhir dikumpulkan."

    def handle(self, *args: Any, **options: Any) -> None:
        collect_once()
