from typing import Any

from regions.prepared import PreparedCommand
from reports.services.thinning import thin_runs


class Command(PreparedCommand):
    help = "Membuang hitungan lama; yang terakhir tiap hari dan yang ditutup tinggal."

    def handle(self, *args: Any, **options: Any) -> None:
        done = thin_runs()
        self.stderr.write(
            f"{done.runs} hitungan dengan {done.values} nilai dibuang; kini {done.run_bytes / 2**20:.1f} MB "
            f"hitungan dan {done.value_bytes / 2**20:.1f} MB nilai"
        )
