from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.utils.timezone import localdate

from regions.prepared import PreparedCommand
from regions.services.example_user import ensure_example_users
from regions.services.user import ensure_system_user
from reports.examples.span import SMALL, span_until
from reports.services.example import load_examples


class Command(PreparedCommand):
    help = "Memuat data contoh dan akun contoh. Hanya bila EXAMPLE_DATA=1. Aman diulang."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.EXAMPLE_DATA:
            raise CommandError("Data contoh tidak dimuat: setel EXAMPLE_DATA=1 untuk percobaan.")
        system = ensure_system_user()
        span = SMALL if settings.EXAMPLE_DATA_IS_SMALL else span_until(localdate())
        rows = load_examples(by=system, span=span)
        people = ensure_example_users(by=system)
        self.stderr.write(f"data contoh: {rows} baris, {people} akun baru")
