from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from regions.errors import OutlinesRefused
from regions.prepared import PreparedCommand
from regions.services.boundary import load_boundaries
from regions.services.user import ensure_system_user

_NAMED = 20


class Command(PreparedCommand):
    help = "Memuat batas wilayah dari GeoJSON (properti “code”: kode Kemendagri). Aman diulang: menggantikan."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="BERKAS.geojson")
        parser.add_argument(
            "--source", required=True, help="dari siapa bentuknya, keadaan kapan, lisensi apa"
        )

    def handle(self, *args: Any, file: Path, source: str, **options: Any) -> None:
        if not source.strip() or len(source) > 300:
            raise CommandError("Sebutkan sumbernya dalam 1 sampai 300 huruf.")
        try:
            loaded = load_boundaries(content=file.read_bytes(), source=source, by=ensure_system_user())
        except OSError:
            raise CommandError(f"Berkas {file} tidak dapat dibaca.") from None
        except OutlinesRefused as refused:
            raise CommandError(f"{refused.sentence} Tidak ada yang disimpan.") from None
        self.stdout.write(f"{loaded.stored} batas wilayah disimpan.")
        self._tell(loaded.missing, "tidak ada di peta")
        self._tell(loaded.broken, "berbentuk rusak dan tidak disimpan")
        self._tell(loaded.unknown, "tidak dikenal sebagai provinsi atau kabupaten/kota dan dilewati")
        self._tell(loaded.mended, "bergaris silang dan dibetulkan")

    def _tell(self, codes: Sequence[str], what: str) -> None:
        if codes:
            more = f" dan {len(codes) - _NAMED} lagi" if len(codes) > _NAMED else ""
            self.stdout.write(f"{len(codes)} kode {what}: {', '.join(codes[:_NAMED])}{more}.")
