import json
from typing import Any

from django.core.management.base import CommandError, CommandParser

from participants.errors import PersonRefused
from participants.services.persons.disclosure import disclose_person
from regions.errors import OutsideScope
from regions.prepared import PreparedCommand
from regions.services.user import ensure_system_user


class Command(PreparedCommand):
    help = "Menulis semua yang tersimpan tentang satu orang sebagai JSON; alasannya masuk log aktivitas."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("person", type=int, help="nomor peserta")
        parser.add_argument("--reason", required=True, help="surat permintaan atau dasarnya")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            told = disclose_person(
                participant_id=options["person"], reason=options["reason"], by=ensure_system_user()
            )
        except (PersonRefused, OutsideScope) as error:
            raise CommandError(str(error) or "Orang itu tidak ada.") from error
        self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
