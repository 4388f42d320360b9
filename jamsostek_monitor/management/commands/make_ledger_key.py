from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from jamsostek_monitor.embedded.keys import kept_ledger_key


class Command(BaseCommand):
    help = "Membuat kunci penanda tangan log aktivitas bila belum ada; dijalankan prepare."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.LEDGER_KEY:
            return
        # What follows in this process signs with it already.
        settings.LEDGER_KEY = kept_ledger_key(settings.VAR_DIR)
        self.stderr.write(
            f"LEDGER_KEY dibuat di {settings.VAR_DIR / 'secrets'}. "
            f"Pada beberapa mesin, setel kunci yang sama di semuanya."
        )
