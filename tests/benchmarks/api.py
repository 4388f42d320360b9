"""Programs at size: a set of headcounts by one request, values of the nation as one stream of CSV.

A row is a value that is streamed; sets are of 10,000 headcounts, or 1,000 where it is small.
"""

from tests.benchmarks import _setting as setting

options = setting.arguments(__doc__ or "", default_rows=1_000_000, small_rows=50_000)
setting.start()

import http.client
import json
import os
import subprocess
import time
from collections.abc import Iterator
from datetime import date
from itertools import islice, product
from pathlib import Path

from django.db import connection

from participants.models import Category, Headcount
from regions.enums import Level
from regions.models import Region, User
from regions.services.api_token import make_api_token
from reports.services.recompute import recompute_stale
from tests.benchmarks._clicks import served
from tests.benchmarks._nation import MONTHS, fill, note_all

_SET = 1_000 if options.small else 10_000
_PLAIN = """COPY (SELECT r.region_id, r.period, v.measure, v.segment, v.category, v.funding, v.target,
    v.variant, v.numerator, v.denominator
    FROM reports_measurevalue AS v JOIN reports_run AS r ON r.id = v.run_id
    WHERE r.is_current) TO STDOUT WITH CSV"""
# The same figures once more, said of earlier months.
_AGAIN = """
WITH runs AS (
    INSERT INTO reports_run ({run}) SELECT {run_shifted} FROM reports_run WHERE period = ANY(%(months)s)
    RETURNING id, region_id, period)
INSERT INTO reports_measurevalue ({value}) SELECT {value_of_run}
FROM reports_measurevalue AS v JOIN reports_run AS o ON o.id = v.run_id
JOIN runs ON runs.region_id = o.region_id AND runs.period = (o.period - %(by)s::interval)::date
WHERE o.period = ANY(%(months)s)
"""


def columns(table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s "
            "AND column_name <> 'id' AND is_generated = 'NEVER'",
            [table],
        )
        return [name for (name,) in cursor.fetchall()]


def values_of(rows: int, months: list[date]) -> int:
    """Current values: computed for these months, then said again of earlier years until there are enough."""
    note_all(months)
    while recompute_stale(seconds=60).regions:
        pass
    run, value = columns("reports_run"), columns("reports_measurevalue")
    statement = _AGAIN.format(
        run=", ".join(run),
        run_shifted=", ".join("(period - %(by)s::interval)::date" if one == "period" else one for one in run),
        value=", ".join(value),
        value_of_run=", ".join("runs.id" if one == "run_id" else f"v.{one}" for one in value),
    )
    counted = count_values()
    for years in range(1, rows // counted + 1):
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
            cursor.execute(statement, {"months": months, "by": f"{20 * years} years"})
            cursor.execute("SET session_replication_role = DEFAULT")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return count_values()


def count_values() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM reports_measurevalue AS v JOIN reports_run AS r ON r.id = v.run_id "
            "WHERE r.is_current"
        )
        return int(cursor.fetchone()[0])


def heads(count: int) -> list[dict[str, object]]:
    regions = Region.objects.filter(level=Level.REGENCY, valid_until=None).values_list("code", flat=True)
    categories = Category.objects.values_list("pk", flat=True)
    places: Iterator[tuple[str, str]] = islice(product(regions, categories), count)
    return [
        {
            **{"region": region, "month": "2025-11", "category": category, "funding": "apbn"},
            **{"people": 100 + place % 7, "source": "uji", "as_of": "2025-12-31"},
        }
        for place, (region, category) in enumerate(places)
    ]


def asked(port: int, token: str, method: str, address: str, body: object = None) -> tuple[int, int, float]:
    """Status, bytes of the answer, seconds."""
    to = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    if method == "GET":
        headers["Accept"] = "text/csv"
    began = time.perf_counter()
    to.request(method, address, json.dumps(body) if body else None, headers)
    answer = to.getresponse()
    size = 0
    while part := answer.read(1 << 20):
        size += len(part)
    to.close()
    return answer.status, size, time.perf_counter() - began


def most_memory(port: int) -> float:
    """Megabytes of the web process that ever held most."""
    asked = ["pgrep", "-f", f"bind=127.0.0.1:{port}"]
    listed = subprocess.run(asked, capture_output=True, text=True, check=True)
    peaks = []
    for number in listed.stdout.split():
        try:
            status = Path(f"/proc/{number}/status").read_text()
        except OSError:
            continue
        peaks += [int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM")]
    return max(peaks)


def main() -> None:
    fill(20_000)
    results: dict[str, float] = {"values": values_of(options.rows, MONTHS[-1 if options.small else -3 :])}
    user = User.objects.get(username="admin")
    role = user.assignments.get()
    token = make_api_token(by=user, assignment_id=role.pk, name="ukur", days=1, may_write=True).text
    rows = heads(_SET)
    with served() as port:
        asked(port, token, "GET", "/api/v1/regions/?limit=1")
        before = most_memory(port)
        status, _size, seconds = asked(port, token, "POST", "/api/v1/facts/headcount/", {"rows": rows})
        assert status == 201, status
        results |= {"set_rows": len(rows), "set_s": seconds}
        status, size, results["set_again_s"] = asked(
            port, token, "POST", "/api/v1/facts/headcount/", {"rows": rows}
        )
        assert status == 200, status
        results["web_after_sets_mb"] = most_memory(port)
    with served() as port:
        asked(port, token, "GET", "/api/v1/regions/?limit=1")
        before = most_memory(port)
        status, size, seconds = asked(port, token, "GET", "/api/v1/values/")
        assert status == 200, status
        results |= {"csv_s": seconds, "csv_mb": size / 1e6, "web_before_mb": before}
        results["csv_added_mb"] = most_memory(port) - before
    results |= floors(rows)
    results["csv_in_floors"] = results["csv_s"] / results["copy_floor_s"]
    results["set_in_floors"] = results["set_s"] / results["insert_floor_s"]
    setting.report(results, options.as_json)


def floors(rows: list[dict[str, object]]) -> dict[str, float]:
    """What the database alone needs: COPY of the values to nowhere, the same headcounts inserted bare."""
    connection.ensure_connection()
    with connection.cursor() as cursor, open(os.devnull, "w") as nowhere:
        copied = setting.timed(lambda: cursor.copy_expert(_PLAIN, nowhere))
    stored = list(Headcount.objects.order_by("-pk")[: len(rows)])
    for row in stored:
        row.pk, row.month = None, date(2019, 1, 1)
    return {
        "copy_floor_s": copied,
        "insert_floor_s": setting.timed(lambda: Headcount.objects.bulk_create(stored, batch_size=2000)),
    }


if __name__ == "__main__":
    main()
