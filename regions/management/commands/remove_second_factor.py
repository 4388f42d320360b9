from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import override

from regions.errors import AccountRefused
from regions.prepared import PreparedCommand
from regions.selectors.user import find_user
from regions.services.account import drop_second_factor
from regions.services.user import ensure_system_user


class Command(PreparedCommand):
    help = "Menghapus langkah kedua sebuah akun yang pemiliknya kehilangan ponsel, kunci dan kode cadangan."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", metavar="NAMA")
        parser.add_argument("--reason", required=True, metavar="ALASAN", help="tercatat dalam log aktivitas")

    def handle(self, *args: Any, **options: Any) -> None:
        person = find_user(options["username"])
        if person is None:
            raise CommandError(f"Tidak ada akun {options['username']}.")
        with override("id"):
            try:
                drop_second_factor(person, reason=options["reason"], by=ensure_system_user())
            except AccountRefused as refused:
                raise CommandError(refused.sentence) from refused
        self.stdout.write(f"Langkah kedua {person.username} dihapus; semua sesinya berakhir.")
