import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import override

from regions.prepared import PreparedCommand
from regions.selectors.region import find_region
from reports.selectors.statements.check import check_text
from reports.statements.limits import is_too_long

_MOST_BYTES = 1_000_000


class Command(PreparedCommand):
    help = "Memeriksa angka dan hitungan dalam sebuah teks terhadap yang dihitung dan dipublikasikan."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="berkas teks; - untuk masukan baku")
        parser.add_argument("--region", required=True, metavar="KODE")
        parser.add_argument("--date", required=True, metavar="TTTT-BB-HH", help="tanggal pernyataan")
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *args: Any, file: str, region: str, as_json: bool, **options: Any) -> None:
        place = find_region(region)
        if place is None:
            raise CommandError(f"Wilayah {region} tidak dikenal. Contoh: --region 36.72")
        try:
            day = date.fromisoformat(options["date"])
        except ValueError as error:
            raise CommandError(f"Hari {options['date']} tidak dikenal. Contoh: --date 2024-08-22") from error
        text = _text(file)
        if is_too_long(text):
            raise CommandError(
                "Teks ini terlalu panjang atau berisi terlalu banyak angka. Periksa bagian demi bagian."
            )
        with override("id"):
            answer = check_text(text, place, day)
        if as_json:
            told = {name: answer[name] for name in ("figures", "arithmetic")}
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        for one in answer["figures"]:
            self.stdout.write(f"{one['verdict']}: {one['text']} ({one['what']}). {one['why']}")
        for one in answer["arithmetic"]:
            self.stdout.write(f"{one['verdict']}: {one['sum']}")


def _text(file: str) -> str:
    """UTF-8, or what old editors of Windows write."""
    try:
        content = sys.stdin.buffer.read(_MOST_BYTES) if file == "-" else Path(file).read_bytes()[:_MOST_BYTES]
    except OSError as error:
        raise CommandError(f"Berkas {file} tidak dapat dibaca: {error.strerror}.") from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
