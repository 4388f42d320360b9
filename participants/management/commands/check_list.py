import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from participants.importers.faults import doubt_sentence
from participants.importers.ledger import remarks_of
from participants.importers.list_report import ListReport, read_list
from participants.importers.refusal import ListRefused
from participants.importers.shown_rows import persons_as_json


class Command(BaseCommand):
    help = "Memeriksa daftar peserta tanpa menyimpan apa pun."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="BERKAS")
        parser.add_argument("--region", required=True, metavar="KODE")
        parser.add_argument("--sheet", action="append", default=[], metavar="LEMBAR")
        parser.add_argument("--json", action="store_true", dest="as_json")
        parser.add_argument("--persons", action="store_true", help="Tiap baris, nomornya disamarkan.")

    def handle(
        self,
        *args: Any,
        file: Path,
        region: str,
        sheet: list[str],
        as_json: bool,
        persons: bool,
        **options: Any,
    ) -> None:
        try:
            report = read_list(file, region=region, today=timezone.localdate(), sheets=sheet)
        except ListRefused as refused:
            self._refuse(refused.sentence, as_json)
            return
        if as_json:
            told = report.as_json() | (persons_as_json(report) if persons else {})
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        self._print(report)
        for line in persons_as_json(report)["persons"] if persons else ():
            self.stdout.write(json.dumps(line, ensure_ascii=False))

    def _refuse(self, sentence: str, as_json: bool) -> None:
        if not as_json:
            self.stderr.write(sentence)
            return
        nothing = {"rows": 0, "ok": 0, "refused": {}, "warnings": {}, "faults": []}
        self.stdout.write(json.dumps(nothing | {"refused_whole": sentence}, ensure_ascii=False))

    def _print(self, report: ListReport) -> None:
        self.stdout.write(f"{report.ok} dari {report.rows} baris baik.")
        self.stdout.write(report.balance_sentence)
        for remark in remarks_of(report.ledger.as_json()):
            self.stdout.write(remark)
        for reason, count in report.warnings.items():
            self.stdout.write(f"  perlu dilihat: {doubt_sentence(reason)} ({count})")
        for fault in report.spoken_faults():
            self.stdout.write(fault.message)
