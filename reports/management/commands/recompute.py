from typing import Any

from django.core.management.base import BaseCommand

from reports.services.run import recompute_stale

_AN_HOUR = 3600.0


class Command(BaseCommand):
    help = "Menghitung semua bulan yang menunggu, tanpa menunggu pekerja latar."

    def handle(self, *args: Any, **options: Any) -> None:
        done = recompute_stale(seconds=_AN_HOUR)
        self.stderr.write(
            f"{done.months} bulan, {done.regions} wilayah-bulan diperiksa, {done.runs} dihitung baru"
        )
