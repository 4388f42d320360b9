"""How tables grow with the people in them, and which times grow along: bytes per row, and slopes."""

from tests.benchmarks import _setting as setting

if __name__ == "__main__":
    setting.start()

import os
import sys

from django.db import connection

from regions.services.user import ensure_system_user
from reports.models import Run
from reports.services.recompute import recompute_stale
from tests.benchmarks._nation import fill, note_all
from tests.benchmarks.recompute import change_one, work

# A tenth, a third and the whole of what is asked for.
_PARTS = (10, 3, 1)
_ONE_CITY = (
    "SELECT count(*) FROM participants_enrolment WHERE region_id = '32.73' AND first_month <= '2025-06-01'"
    " AND (last_month IS NULL OR last_month >= '2025-06-01') AND state = 'active'"
)
_NATION = _ONE_CITY.replace("region_id = '32.73' AND ", "")
_ONE_PERSON = "SELECT count(*) FROM participants_participant WHERE nik_digest = decode(md5('4711'), 'hex')"
_SIZES = (
    "SELECT relname, reltuples::bigint,"
    " pg_relation_size(oid) + coalesce(pg_relation_size(nullif(reltoastrelid, 0)), 0), pg_indexes_size(oid)"
    " FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND reltuples >= 1000"
    " ORDER BY pg_total_relation_size(oid) DESC LIMIT 12"
)


def asked(statement: str) -> float:
    """Milliseconds of the fastest of five."""
    with connection.cursor() as cursor:
        return 1000 * setting.timed(lambda: cursor.execute(statement), 5)


def measured(rows: int) -> dict[str, float]:
    fill(rows)
    note_all()
    rebuilt = work(2)
    change_one()
    found = {
        "rebuild_s": rebuilt.seconds,
        "rebuild_cpu_s": rebuilt.cpu,
        "runs": float(Run.objects.count()),
        "one_change_s": setting.timed(change_one, 3),
        "one_city_ms": asked(_ONE_CITY),
        "nation_ms": asked(_NATION),
        "one_person_ms": asked(_ONE_PERSON),
    }
    shown = {name: round(value, 2) for name, value in found.items()}
    print(f"{rows} {shown} load {os.getloadavg()[0]:.1f}", file=sys.stderr, flush=True)
    return found


def per_row() -> dict[str, float]:
    """Bytes of table and indexes for each row of the largest tables."""
    found: dict[str, float] = {}
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute(_SIZES)
        for name, rows, table, indexes in cursor.fetchall():
            found |= {
                f"{name}_rows": rows,
                f"{name}_bytes": table / rows,
                f"{name}_index_bytes": indexes / rows,
            }
    return found


def main() -> None:
    options = setting.arguments("What a row is: a spell of an invented person.", 1_000_000, 30_000)
    results: dict[str, float] = {}
    for part in _PARTS:
        rows = options.rows // part
        results |= {f"{name}_at_{rows}": value for name, value in measured(rows).items()}
    assert ensure_system_user() and not recompute_stale().runs
    setting.report(results | per_row(), options.as_json)


if __name__ == "__main__":
    main()
