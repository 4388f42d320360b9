from typing import Any

from django.core.management.base import CommandError

from regions.prepared import PreparedCommand
from regions.selectors.act import verify_acts


class Command(PreparedCommand):
    help = "Memeriksa rantai sidik catatan perbuatan dari yang pertama sampai yang terakhir."

    def handle(self, *args: Any, **options: Any) -> None:
        check = verify_acts()
        if check.broken_at is not None:
            raise CommandError(
                f"Rantai putus pada catatan nomor {check.broken_at}, sesudah {check.acts} catatan utuh."
            )
        self.stdout.write(f"Utuh: {check.acts} catatan.")
