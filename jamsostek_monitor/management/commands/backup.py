import getpass
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from jamsostek_monitor.backup.making import dated, thin
from jamsostek_monitor.backup.noted import make_noted
from jamsostek_monitor.backup.problems import BackupProblem
from regions.prepared import PreparedCommand


class Command(PreparedCommand):
    help = "Membuat cadangan: basis data pada satu saat, setelan, segel log aktivitas; kunci terpisah."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="folder baru atau kosong")
        parser.add_argument("--keys", type=Path, metavar="FILE", help="simpan kunci di berkas ini")
        parser.add_argument(
            "--keys-beside-data", action="store_true", help="izinkan berkas kunci di dalam cadangan"
        )
        parser.add_argument(
            "--keep",
            type=int,
            metavar="N",
            help="DIR menampung banyak cadangan bertanggal; hanya N terbaru yang disimpan",
        )

    def handle(self, *args: Any, folder: Path, keep: int | None = None, **options: Any) -> None:
        if keep is not None and keep < 1:
            raise CommandError("--keep sedikitnya 1.")
        made = folder if keep is None else dated(folder)
        try:
            manifest, seconds = make_noted(
                made, made_by=_who(), keys_file=options["keys"], beside=options["keys_beside_data"]
            )
        except BackupProblem as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(
            f"Cadangan {made} utuh: {len(manifest.tables)} tabel, {manifest.rows} baris, "
            f"{manifest.bytes} bita, {seconds:.1f} detik."
        )
        for gone in thin(folder, keep) if keep is not None else ():
            self.stdout.write(f"Cadangan lama {gone.name} dihapus.")
        if not options["keys"]:
            self.stdout.write(
                "Kunci tidak ikut. Tanpa kunci, NIK dalam cadangan tidak dapat dibaca: simpan sekali dengan "
                "--keys FILE di tempat lain."
            )


def _who() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "server"
