from datetime import date
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.timezone import localdate

from regions.month import first_of, parse_month
from regions.prepared import PreparedCommand
from regions.selectors.region import find_region
from reports.services.recompute import recompute_stale
from reports.services.waiting_region import forget_runs

_AN_HOUR = 3600.0


class Command(PreparedCommand):
    help = "Menghitung semua bulan yang menunggu, tanpa menunggu proses latar belakang."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--rebuild", metavar="KODE", help="buang dahulu hitungan wilayah ini")
        parser.add_argument("--since", metavar="TTTT-BB", default="2000-01", help="sejak bulan (--rebuild)")

    def handle(self, *args: Any, rebuild: str | None, since: str, **options: Any) -> None:
        if rebuild is not None:
            self._forget(rebuild, self._month(since))
        done = recompute_stale(seconds=_AN_HOUR)
        self.stderr.write(
            f"{done.regions} wilayah, {done.months} wilayah-bulan diperiksa, {done.runs} dihitung baru"
            + (f"; {done.failed} gagal, dicoba lagi nanti" if done.failed else "")
        )

    def _forget(self, code: str, since: date) -> None:
        if find_region(code) is None:
            raise CommandError(f"Wilayah {code} tidak dikenal. Contoh: --rebuild 36.72")
        gone = forget_runs(region_code=code, first_month=since, last_month=first_of(localdate()))
        self.stderr.write(f"{gone} hitungan dibuang")

    def _month(self, text: str) -> date:
        try:
            return parse_month(text)
        except ValueError as error:
            raise CommandError(f"Bulan {text} tidak dikenal. Contoh: --since 2025-01") from error
