"""Time, size and questions of boards: every regency of the nation, years of months, twenty people clicking.

A row is a month of all 514 regencies. Twenty people click at once on a server as an installation runs it: on
a small page that needs a sign-in, on boards anywhere, on boards of the newest month.
"""

from tests.benchmarks import _setting as setting

options = setting.arguments(__doc__ or "", default_rows=60, small_rows=3)
setting.start()

import gzip
import re
import statistics
import time
from random import Random

from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from regions.enums import Level
from regions.models import Region, User
from reports.services.recompute import recompute_stale
from tests.benchmarks._clicks import clicked, get, percentile, served
from tests.benchmarks._nation import MONTHS, fill, note_all

_PEOPLE = 20
_SMALL = "/akun/sesi/"
_NEWEST = f"{MONTHS[-1]:%Y-%m}"
_BOARDS = {
    "nation": f"/wilayah/ID/?periode={_NEWEST}",
    "province": f"/wilayah/32/?periode={_NEWEST}",
    "regency": f"/wilayah/32.73/?periode={_NEWEST}",
    "between": f"/wilayah/32/antarwilayah/?periode={_NEWEST}",
    "categories": f"/wilayah/32/kategori/?periode={_NEWEST}",
    "money": f"/wilayah/32.73/uang/?periode={_NEWEST}",
}


def signed_in(user: User) -> str:
    client = Client()
    client.force_login(user)
    return str(client.session.session_key)


def first_view(port: int, address: str, session: str) -> int:
    """Bytes over the wire of a page and of all that it names, nothing of it known before."""
    _status, body, headers = get(port, address, session)
    page = _unpacked(body, headers)
    named = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page))
    named |= {
        address
        for sheet in [one for one in named if one.endswith(".css")]
        for address in _fonts(_unpacked(*get(port, sheet, session)[1:]))
    }
    return len(body) + sum(len(get(port, one, session)[1]) for one in sorted(named))


def _unpacked(body: bytes, headers: dict[str, str]) -> str:
    return (gzip.decompress(body) if headers.get("content-encoding") == "gzip" else body).decode()


def _fonts(sheet: str) -> list[str]:
    """Those that every page needs; the others name the characters for which browsers fetch them."""
    faces = [face for face in sheet.split("@font-face") if "unicode-range" not in face]
    return [
        f"/static/fonts/{name}" for face in faces for name in re.findall(r"fonts/([\w.\-]+\.woff2)", face)
    ]


def questions(client: Client, address: str) -> int:
    cache.delete_pattern("*")
    client.get(address, HTTP_HOST="localhost")
    cache.delete_pattern("*")
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address, HTTP_HOST="localhost").status_code == 200
    return len(asked)


def main() -> None:
    fill(20_000)
    call_command("collectstatic", interactive=False, verbosity=0)
    months = MONTHS[-options.rows :]
    note_all(months)
    while recompute_stale(seconds=60).regions:
        pass
    user = User.objects.get(username="dewi")
    client = Client()
    client.force_login(user)
    results: dict[str, float] = {
        f"{name}_queries": questions(client, address) for name, address in _BOARDS.items()
    }
    codes = list(
        Region.objects.filter(level__lte=Level.REGENCY, valid_until=None).values_list("code", flat=True)
    )
    sessions = [signed_in(user) for _person in range(_PEOPLE)]
    each = 5 if options.small else 25

    def anywhere(chance: Random) -> str:
        return f"/wilayah/{chance.choice(codes)}/?periode={chance.choice(months):%Y-%m}"

    def newest(chance: Random) -> str:
        return f"/wilayah/{chance.choice(codes[:60])}/?periode={_NEWEST}"

    cache.delete_pattern("*")
    with served() as port:
        for name, address in _BOARDS.items():
            began = time.perf_counter()
            get(port, address, sessions[0])
            results[f"{name}_cold_s"] = time.perf_counter() - began
            results[f"{name}_first_view_bytes"] = first_view(port, address, sessions[0])
        clicked(port, sessions, 2, lambda _chance: _SMALL)
        small = clicked(port, sessions, each, lambda _chance: _SMALL)
        for name, choose in (("anywhere", anywhere), ("newest", newest)):
            taken = clicked(port, sessions, each, choose)
            results[f"{name}_median_ms"] = statistics.median(taken) * 1000
            results[f"{name}_p95_ms"] = percentile(taken, 0.95) * 1000
            results[f"ratio_p95_{name}_to_small_page"] = percentile(taken, 0.95) / percentile(small, 0.95)
    results |= {
        "small_page_median_ms": statistics.median(small) * 1000,
        "small_page_p95_ms": percentile(small, 0.95) * 1000,
    }
    setting.report(results, options.as_json)


if __name__ == "__main__":
    main()
