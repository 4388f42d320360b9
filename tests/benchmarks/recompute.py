"""The engine at the size of the nation: a whole history rebuilt, one change, many people, two workers.

A row is a spell; 514 regencies have 72 months of all other kinds of facts. The filling is not timed. The
floor is one bare pass over the spells, every cell of every month counted once, and a COPY of as many values.
"""

import subprocess
import sys
import tempfile

from tests.benchmarks import _setting as setting

options = setting.arguments(__doc__ or "", default_rows=1_000_000, small_rows=50_000)
setting.start()

import pandas as pd
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from participants.models import Headcount
from participants.services.headcount import correct_headcount
from regions.models import Change, User
from regions.services.user import ensure_system_user
from reports.models import MeasureValue, Run, WaitingRegion
from reports.services.recompute import recompute_stale
from reports.services.waiting_region import forget_all_runs
from tests.benchmarks._nation import FIRST, LAST, YEAR, fill, note_all, thousand_people

_FULL = 10_000_000
_TWO_SIZES = (1_000_000, _FULL)
_REGENCY = "32.01"
_WORKER = """
import resource, time
import django; django.setup()
from reports.models import WaitingRegion
from reports.services.recompute import recompute_stale
print("ready", flush=True); input()
while WaitingRegion.objects.exists():
    recompute_stale(seconds=3600)
    time.sleep(0.05)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, flush=True)
"""
_FLOOR = """
SELECT count(*), sum(people) FROM (
    SELECT region_id, category_id, funding_id, month, sum(sum(n)) OVER (
        PARTITION BY region_id, category_id, funding_id ORDER BY month) AS people
    FROM (
        SELECT region_id, category_id, funding_id, first_month AS month, 1 AS n FROM participants_enrolment
        UNION ALL
        SELECT region_id, category_id, funding_id, (last_month + interval '1 month')::date, -1
        FROM participants_enrolment WHERE last_month < %(last)s
    ) AS steps
    GROUP BY region_id, category_id, funding_id, month
) AS cells
"""


def work(count: int) -> tuple[float, float]:
    """Seconds until nothing waits with so many workers, and the peak memory of the largest in MB."""
    running = [
        subprocess.Popen(
            [sys.executable, "-c", _WORKER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _worker in range(count)
    ]
    for process in running:
        assert process.stdout and process.stdout.readline() == "ready\n"

    def go() -> None:
        for process in running:
            assert process.stdin
            process.stdin.write("\n")
            process.stdin.flush()
        for process in running:
            process.wait()

    taken = setting.timed(go)
    assert not WaitingRegion.objects.exists()
    return taken, max(float(process.stdout.read()) for process in running if process.stdout)


def floor() -> tuple[float, float]:
    """Seconds of the bare pass, and of the COPY of as many values into a table like theirs."""
    columns = (
        "run_id, measure, segment, category, funding, target, variant, numerator, denominator, definition"
    )
    with connection.cursor() as cursor, tempfile.TemporaryFile("w+") as lines:
        cursor.execute("SET work_mem = '256MB'; SET jit = off")
        bare = setting.timed(lambda: cursor.execute(_FLOOR, {"last": LAST}), 2)
        cursor.copy_expert(f"COPY reports_measurevalue ({columns}) TO STDOUT", lines)
        lines.seek(0)
        cursor.execute("CREATE TABLE floor_value (LIKE reports_measurevalue INCLUDING ALL)")
        copy = setting.timed(lambda: cursor.copy_expert(f"COPY floor_value ({columns}) FROM STDIN", lines))
        cursor.execute("DROP TABLE floor_value; RESET work_mem; RESET jit")
    return bare, copy


def with_pandas() -> None:
    """People by name of every cell and month and distinct persons, read, counted and summed upward."""
    with connection.cursor() as cursor, tempfile.TemporaryFile("w+") as lines:
        cursor.copy_expert(
            "COPY (SELECT region_id, participant_id, category_id, funding_id,"
            " array_to_string(programmes, ' '), first_month, last_month"
            " FROM participants_enrolment) TO STDOUT (FORMAT csv)",
            lines,
        )
        lines.seek(0)
        names = ["region", "person", "category", "funding", "programmes", "first", "last"]
        text = dict.fromkeys(("region", "category", "funding", "programmes"), str)
        spells = pd.read_csv(lines, names=names, dtype=text, parse_dates=["first", "last"])
    index = {"first": spells["first"].dt.year * 12 + spells["first"].dt.month}
    last = spells["last"].fillna(pd.Timestamp(LAST))
    index["last"] = (last.dt.year * 12 + last.dt.month).clip(upper=LAST.year * 12 + LAST.month)
    spells = spells.assign(**index)
    cell = ["region", "category", "funding", "programmes"]
    _running(spells, cell)
    ordered = spells.sort_values(["person", "first"])
    before = ordered.groupby("person")["last"].cummax().groupby(ordered["person"]).shift()
    distinct = ordered.assign(first=ordered["first"].where(~(before >= ordered["first"]), before + 1))
    people = _running(distinct[distinct["first"] <= distinct["last"]], ["region"])
    people.groupby(people.index.get_level_values(0).str[:2]).sum()


def _running(spells: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    months = range(FIRST.year * 12 + FIRST.month, LAST.year * 12 + LAST.month + 2)
    more = spells.groupby([*by, "first"], observed=True).size().unstack(fill_value=0)
    fewer = spells.assign(after=spells["last"] + 1).groupby([*by, "after"], observed=True).size()
    less = fewer.unstack(fill_value=0)
    wide = more.reindex(columns=months, fill_value=0).sub(
        less.reindex(columns=months, fill_value=0), fill_value=0
    )
    return wide.cumsum(axis=1)


def change_one() -> None:
    row = Headcount.objects.get(
        region=_REGENCY, month=YEAR[0], category_id="linmas", funding_id="apbd_kabkota"
    )
    new = {"people": row.people + 1}
    system = ensure_system_user()
    correct_headcount(pk=row.pk, revision=row.revision, by=system, reason="benchmark", new=new)
    assert recompute_stale().runs == 3 * len(YEAR)


def change_thousand() -> float:
    thousand_people(_REGENCY, ensure_system_user().pk)
    Change.objects.create(region_id=_REGENCY, first_month=YEAR[0], last_month=YEAR[-1], counts_on=True)
    taken = setting.timed(recompute_stale)
    assert not WaitingRegion.objects.exists()
    return taken


def pages() -> dict[str, float]:
    client = Client()
    client.force_login(User.objects.get(username="dewi"))
    results: dict[str, float] = {}
    month = f"{YEAR[-1]:%Y-%m}"
    addresses = {
        **{f"board_{code}": f"/wilayah/{code}/?periode={month}" for code in ("ID", "32", _REGENCY)},
        **{
            f"explain_{measure}_{code}": f"/angka/{code}/{month}/{measure}/"
            for measure in ("COV-01", "CAT-02", "CAT-05", "CON-01", "CON-03")
            for code in ("ID", _REGENCY)
        },
    }
    for name, address in addresses.items():
        client.get(address, HTTP_HOST="localhost")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address, HTTP_HOST="localhost").status_code == 200, address
        results[f"{name}_queries"] = len(queries)
        results[f"{name}_ms"] = 1000 * setting.timed(
            lambda at=address: client.get(at, HTTP_HOST="localhost"), 5
        )
    return results


def measured(rows: int) -> dict[str, float]:
    """Each part is told on the error channel as soon as it is known: the whole takes long."""
    results: dict[str, float] = {"spells": rows}

    def tell(**more: float) -> None:
        results.update(more)
        print({name: round(value, 3) for name, value in more.items()}, file=sys.stderr, flush=True)

    fill(rows)
    note_all()
    whole, peak = work(2)
    tell(
        rebuild_s=whole,
        worker_peak_mb=peak,
        runs=Run.objects.filter(is_current=True).count(),
        values=MeasureValue.objects.filter(run__is_current=True).count(),
    )
    change_one()
    tell(one_change_s=setting.timed(change_one, 5))
    tell(thousand_persons_12_months_s=change_thousand())
    bare, copied = floor()
    tell(floor_pass_s=bare, floor_copy_s=copied, ratio_rebuild_to_floor=whole / (bare + copied))
    pandas = setting.timed(with_pandas)
    tell(pandas_s=pandas, ratio_rebuild_to_pandas=whole / pandas)
    tell(**pages())
    forget_all_runs(first_month=YEAR[0], last_month=YEAR[-1])
    one, _peak = work(1)
    forget_all_runs(first_month=YEAR[0], last_month=YEAR[-1])
    two, _peak = work(2)
    tell(year_one_worker_s=one, year_two_workers_s=two, two_workers_ratio=one / two)
    return results


def main() -> None:
    call_command("collectstatic", interactive=False, verbosity=0)
    sizes = _TWO_SIZES if options.rows >= _FULL else (options.rows,)
    results: dict[str, float] = {}
    for rows in sizes:
        before, results = results, measured(rows)
        if before:
            results["ratio_one_change_10m_to_1m"] = results["one_change_s"] / before["one_change_s"]
            results |= {f"{name}_at_1m": value for name, value in before.items()}
    setting.report(results, options.as_json)


if __name__ == "__main__":
    main()
