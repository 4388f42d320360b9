from typing import Any

from participants.services.key import rotate_keys
from regions.cipher import sealing_key
from regions.prepared import PreparedCommand
from regions.services.user import ensure_system_user


class Command(PreparedCommand):
    help = (
        "Menyandikan ulang semua NIK, KPJ, telepon dan berkas dengan kunci bernomor tertinggi di NIK_KEYS. "
        "Boleh diputus dan diulang; kunci lama dapat dihapus dari NIK_KEYS sesudah perintah ini selesai."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        changed = rotate_keys(by=ensure_system_user())
        self.stdout.write(f"{changed} baris disandikan ulang dengan kunci {sealing_key()}.")
