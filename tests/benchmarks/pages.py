"""Time of the boards against the smallest page that the same process can serve.

A row is an example province: its regencies' facts fill the boards.
"""

from tests.benchmarks import _setting as setting

options = setting.arguments(__doc__ or "", default_rows=4, small_rows=1)
setting.start()

import gzip
import statistics
import time

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from regions.models import User
from regions.services.example_user import ensure_example_users
from regions.services.user import ensure_system_user
from reports.services.example import load_examples
from reports.services.recompute import recompute_stale

_PAGES = {
    "nation": "/wilayah/ID/?periode=2024-11",
    "province": "/wilayah/17/?periode=2024-11",
    "regency": "/wilayah/36.72/?periode=2025-07",
    "explanation": "/angka/36.72/2025-07/COV-01/",
    "home": "/",
}


def percentile(samples: list[float], share: float) -> float:
    return statistics.quantiles(samples, n=100)[int(share * 100) - 1]


def sample(client: Client, address: str, count: int) -> list[float]:
    taken = []
    for _request in range(count):
        began = time.perf_counter()
        response = client.get(address, HTTP_HOST="localhost")
        taken.append(time.perf_counter() - began)
        assert response.status_code == 200, (address, response.status_code)
    return taken


def main() -> None:
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("load_reference")
    call_command("load_published")
    system = ensure_system_user()
    load_examples(by=system)
    ensure_example_users(by=system)
    recompute_stale(seconds=3600)
    client = Client()
    client.force_login(User.objects.get(username="dewi"))
    count = 20 if options.small else 100
    sample(client, "/healthz", 5)
    bare = statistics.median(sample(client, "/healthz", count))
    results = {"floor_healthz_ms": bare * 1000}
    for name, address in _PAGES.items():
        sample(client, address, 3)
        taken = sample(client, address, count)
        with CaptureQueriesContext(connection) as queries:
            content = client.get(address, HTTP_HOST="localhost").content
        results |= {
            f"{name}_median_ms": statistics.median(taken) * 1000,
            f"{name}_p95_ms": percentile(taken, 0.95) * 1000,
            f"{name}_queries": len(queries),
            f"{name}_gzip_bytes": len(gzip.compress(content)),
            f"ratio_{name}_to_floor": statistics.median(taken) / bare,
        }
    setting.report(results, options.as_json)


if __name__ == "__main__":
    main()
