from datetime import date
from pathlib import Path
from typing import Any

import fastparquet
from django.core.management.base import CommandError, CommandParser

from regions.dead_cells import dead
from regions.month import parse_month
from regions.prepared import PreparedCommand
from regions.selectors.region import find_region
from reports.recount.long_form import long_form
from reports.recount.tables import number_of
from reports.selectors.recount.facts import load_tables


class Command(PreparedCommand):
    help = "Menulis fakta satu wilayah dan bawahannya untuk analis, tanpa data perorangan: docs/facts.md."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--region", required=True, metavar="KODE")
        parser.add_argument("--from", required=True, dest="first", metavar="TTTT-BB")
        parser.add_argument("--to", required=True, dest="last", metavar="TTTT-BB")
        parser.add_argument("--out", required=True, metavar="BERKAS.parquet|BERKAS.csv")

    def handle(self, *args: Any, region: str, first: str, last: str, out: str, **options: Any) -> None:
        if find_region(region) is None:
            raise CommandError(f"Wilayah {region} tidak dikenal. Contoh: --region 36.72")
        months = number_of(_month(first)), number_of(_month(last))
        if months[0] > months[1]:
            raise CommandError(f"Bulan {first} sesudah {last}.")
        path = Path(out)
        if path.suffix not in {".parquet", ".csv"}:
            raise CommandError(f"{path.name} harus berakhiran .parquet atau .csv.")
        table = long_form(load_tables(region, *months), *months)
        try:
            if path.suffix == ".csv":
                table.map(dead).to_csv(path, index=False)
            else:
                fastparquet.write(str(path), table, write_index=False)
        except OSError as error:
            raise CommandError(f"{out} tidak dapat ditulis: {error.strerror}") from error
        self.stderr.write(f"{len(table)} baris ditulis ke {out}")


def _month(text: str) -> date:
    try:
        return parse_month(text)
    except ValueError as error:
        raise CommandError(f"Bulan {text} tidak dikenal. Contoh: 2024-08") from error
