from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from jamsostek_monitor.translations import compile_catalogue, problems, update

_LANGUAGE = "en"


class Command(BaseCommand):
    help = "Menyusun terjemahan; --update memasukkan teks baru, --check menuntut semuanya diterjemahkan."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--update", action="store_true")
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["update"]:
            update(_LANGUAGE)
        if options["check"]:
            found = problems(_LANGUAGE)
            if found:
                raise CommandError("\n".join([*found, f"{len(found)} teks belum beres"]))
        compile_catalogue(_LANGUAGE)
