import json
from datetime import date
from typing import Any

from django.core.management.base import CommandError, CommandParser

from regions.month import iso_month, parse_month
from regions.prepared import PreparedCommand
from regions.selectors.region import find_region
from reports.selectors.run import get_current_run
from reports.selectors.standing import past
from reports.selectors.value import list_values, values_as_rows


class Command(PreparedCommand):
    help = "Mencetak nilai semua ukuran untuk satu wilayah dan bulan."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--region", required=True, metavar="KODE")
        parser.add_argument("--period", required=True, metavar="TTTT-BB")
        parser.add_argument("--per", metavar="TTTT-BB-HH", help="keadaan menurut data pada akhir hari itu")
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(
        self, *args: Any, region: str, period: str, as_json: bool, per: str | None = None, **options: Any
    ) -> None:
        place = find_region(region)
        if place is None:
            raise CommandError(f"Wilayah {region} tidak dikenal. Contoh: --region 36.72")
        try:
            month = parse_month(period)
        except ValueError as error:
            raise CommandError(f"Bulan {period} tidak dikenal. Contoh: --period 2024-08") from error
        try:
            day = past(date.fromisoformat(per)) if per else None
        except ValueError as error:
            raise CommandError(f"Hari {per} tidak dikenal. Contoh: --per 2024-12-16") from error
        run = get_current_run(place, month, day)
        rows = values_as_rows(list_values(run)) if run else []
        if run is None:
            then = f" pada {day}" if day else ""
            self.stderr.write(f"Belum ada angka {place.full_label} untuk {iso_month(month)}{then}.")
        if as_json:
            answer = {
                "region": region,
                "period": iso_month(month),
                "per": day and day.isoformat(),
                "run": run.pk if run else None,
                "values": rows,
            }
            self.stdout.write(json.dumps(answer, ensure_ascii=False, default=float))
            return
        for row in rows:
            self.stdout.write("  ".join(str(value) for value in row.values() if value is not None))
