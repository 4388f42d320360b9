import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from regions.services.runtime_role import grant_runtime_rights
from regions.signins import SIGNINS
from reports.selectors.run import count_all_waiting
from reports.services.waiting_region import mark_outdated


class Command(BaseCommand):
    help = "Menyiapkan semuanya agar dapat melayani: skema, terjemahan, data acuan, angka. Aman diulang."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--without-examples", action="store_true", help="tanpa data contoh, apa pun setelannya"
        )

    def handle(self, *args: Any, without_examples: bool = False, **options: Any) -> None:
        with _collecting_static_files():
            call_command("migrate", interactive=False, verbosity=0)
            if role := os.environ.get("DATABASE_RUNTIME_ROLE"):
                grant_runtime_rights(role)
            call_command("make_ledger_key", stderr=self.stderr)
            call_command("compile_translations", stderr=self.stderr)
        call_command("load_reference", stderr=self.stderr)
        call_command("load_published", stderr=self.stderr)
        if settings.EXAMPLE_DATA and not without_examples:
            call_command("load_examples", stderr=self.stderr)
        if mark_outdated() or count_all_waiting():
            call_command("recompute", stderr=self.stderr)
        self._write_signins()

    def _write_signins(self) -> None:
        path = os.environ.get("SIGNINS_FILE")
        if path:
            Path(path).write_text(_signins() if settings.EXAMPLE_DATA else "", encoding="utf-8")


@contextmanager
def _collecting_static_files() -> Iterator[None]:
    """Beside what the block does: neither needs the other, and the first start takes a core for each."""
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "collect_once"]
    collecting = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    try:
        yield
        code = collecting.wait()
    finally:
        if collecting.poll() is None:
            collecting.kill()
            collecting.wait()
    if code:
        raise CommandError("Berkas statis (manage.py collect_once) gagal dikumpulkan; sebabnya di atas.")


def _signins() -> str:
    width = max(len(signin.username) for signin in SIGNINS)
    lines = [
        f"  {signin.username:<{width}}  {signin.password}  {signin.role_label}, {signin.place}"
        for signin in SIGNINS
    ]
    return "\n".join(["Akun contoh (nama pengguna, kata sandi, peran):", *lines, ""])
