from typing import Any

from django.core.management.base import CommandError, CommandParser

from regions.head import typed_head
from regions.prepared import PreparedCommand
from regions.selectors.ledger_check import check_head, check_ledger
from reports.head_words import verdict_words


class Command(PreparedCommand):
    help = (
        "Memeriksa log aktivitas dari yang pertama sampai yang terakhir terhadap semua segel yang "
        "pernah ditandatangani; dengan --head satu segel dari kertas."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--head", help="segel seperti tercetak, misalnya 1234-0123456789abcdef")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["head"]:
            self._one(options["head"])
            return
        check = check_ledger()
        if check.faults:
            raise CommandError("\n".join(check.faults))
        self.stdout.write(f"Utuh: {check.acts} catatan, {check.heads} segel yang ditandatangani sesuai.")

    def _one(self, text: str) -> None:
        typed = typed_head(text)
        if typed is None:
            raise CommandError("Bentuk segel: jumlah catatan, tanda hubung, lalu sedikitnya 16 huruf akar.")
        verdict = verdict_words(check_head(*typed))
        if not verdict.is_good:
            raise CommandError(verdict.sentence)
        self.stdout.write(verdict.sentence)
