from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import CommandError, CommandParser

from regions.prepared import PreparedCommand
from regions.services.head import declare_fork


class Command(PreparedCommand):
    help = (
        "Menyatakan bahwa basis data dipulihkan dari cadangan: segel yang lebih panjang tidak "
        "berlaku lagi, dengan alasannya."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--reason", required=True, help="apa yang terjadi dan cadangan mana yang dipakai")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = declare_fork(reason=options["reason"], by=None)
        except ValueError as error:
            raise CommandError("Sebutkan alasannya.") from error
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Dicatat dan ditandatangani: {made}")
