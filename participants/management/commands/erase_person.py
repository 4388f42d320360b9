from typing import Any

from django.core.management.base import CommandError, CommandParser

from participants.errors import PersonRefused
from participants.services.persons.erasure import ask_erasure, decide_erasure
from regions.errors import NotPermitted, OutsideScope
from regions.models import User
from regions.prepared import PreparedCommand
from regions.selectors.user import find_user


class Command(PreparedCommand):
    help = "Meminta penghapusan data satu orang atas nama pengguna, atau mengabulkannya atas nama lain."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("person", type=int, help="nomor peserta")
        parser.add_argument("--by", required=True, help="nama pengguna yang meminta atau memutuskan")
        parser.add_argument("--reason", default="", help="alasan permintaan")
        parser.add_argument("--grant", action="store_true", help="kabulkan permintaan yang menunggu")

    def handle(self, *args: Any, **options: Any) -> None:
        user: User | None = find_user(options["by"])
        if user is None:
            raise CommandError("Pengguna itu tidak ada.")
        try:
            if options["grant"]:
                decide_erasure(participant_id=options["person"], grant=True, by=user)
            else:
                ask_erasure(participant_id=options["person"], reason=options["reason"], by=user)
        except (PersonRefused, OutsideScope, NotPermitted) as error:
            raise CommandError(str(error) or "Tidak diizinkan, atau orang itu tidak ada.") from error
        self.stdout.write("Dihapus." if options["grant"] else "Permintaan dicatat; orang lain memutuskannya.")
