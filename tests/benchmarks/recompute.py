"""The engine at the size of the nation: a whole history rebuilt, one change, many people, two workers.

A row is a spell; 514 regencies have 72 months of all other kinds of facts. The filling is not timed. The
floor is one bare pass over the spells, every cell of every month counted once, and a COPY of as many values.
Boards are held against those of ten thousand spells. With ten million rows one million is measured before.
"""

import os
import subprocess
import sys
from dataclasses import dataclass

from tests.benchmarks import _setting as setting

options = setting.arguments(__doc__ or "", default_rows=1_000_000, small_rows=50_000)
setting.start()

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
from tests.benchmarks._cpu import Spent
from tests.benchmarks._nation import YEAR, fill, note_all, thousand_people
from tests.benchmarks._rivals import floor, with_pandas

_FEW, _FULL = 10_000, 10_000_000
_BEFORE_FULL = 1_000_000
_REGENCY = "32.01"
_WORKER = """
import re, resource, time
from pathlib import Path
import django; django.setup()
from reports.models import WaitingRegion
from reports.services.recompute import recompute_stale
print("ready", flush=True); input()
while WaitingRegion.objects.exists():
    recompute_stale(seconds=3600)
    time.sleep(0.05)
used = resource.getrusage(resource.RUSAGE_SELF)
# Not ru_maxrss: it begins with what the process that started this one held.
peak = re.search("VmHWM:(.*) kB", Path("/proc/self/status").read_text())
print(int(peak[1]) / 1024, used.ru_utime + used.ru_stime, flush=True)
"""


@dataclass(frozen=True)
class Worked:
    """Seconds until nothing waited, the peak memory of the largest worker in MB, and CPU seconds of all
    workers and their sessions of PostgreSQL."""

    seconds: float
    peak_mb: float
    cpu: float


def work(count: int) -> Worked:
    """Until nothing waits with so many workers."""
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

    spent = Spent()
    taken = setting.timed(go)
    assert not WaitingRegion.objects.exists()
    used = [process.stdout.read().split() for process in running if process.stdout]
    cpu = spent.elsewhere() + sum(float(cpu) for _peak, cpu in used)
    return Worked(taken, max(float(peak) for peak, _cpu in used), cpu)


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
    """Milliseconds of boards, and what the dearest explanation takes."""
    client = Client()
    client.force_login(User.objects.get(username="dewi"))
    month = f"{YEAR[-1]:%Y-%m}"
    boards = {
        f"board_{name}_ms": asked(client, f"/wilayah/{code}/?periode={month}")[1]
        for name, code in (("nation", "ID"), ("province", "32"), ("regency", _REGENCY))
    }
    explained = [
        asked(client, f"/angka/{code}/{month}/{measure}/")
        for measure in ("COV-01", "CAT-02", "CAT-05", "CON-01", "CON-03")
        for code in ("ID", "32", _REGENCY)
    ]
    dearest = {
        "explaining_queries": max(count for count, _ms in explained),
        "explaining_ms": max(ms for _count, ms in explained),
    }
    return {**boards, **dearest}


def asked(client: Client, address: str) -> tuple[int, float]:
    """Queries and milliseconds of a page that has been shown before."""

    def show() -> None:
        assert client.get(address, HTTP_HOST="localhost").status_code == 200, address

    show()
    with CaptureQueriesContext(connection) as queries:
        show()
    return len(queries), 1000 * setting.timed(show, 7)


def tell(results: dict[str, float], **more: float) -> None:
    """On the error channel as soon as it is known, with how busy the machine is: the whole takes long."""
    results.update(more)
    shown = {name: round(value, 3) for name, value in more.items()}
    print(f"{shown} load {os.getloadavg()[0]:.1f}", file=sys.stderr, flush=True)


def measured(rows: int) -> dict[str, float]:
    results: dict[str, float] = {"spells": rows}
    fill(rows)
    note_all()
    rebuilt = work(2)
    tell(
        results,
        rebuild_s=rebuilt.seconds,
        rebuild_cpu_s=rebuilt.cpu,
        worker_peak_mb=rebuilt.peak_mb,
        runs=Run.objects.filter(is_current=True).count(),
        values=MeasureValue.objects.filter(run__is_current=True).count(),
    )
    bare, copied, used = floor()
    ratio = rebuilt.seconds / (bare + copied)
    tell(results, floor_pass_s=bare, floor_copy_s=copied, floor_cpu_s=used, ratio_rebuild_to_floor=ratio)
    change_one()
    tell(results, one_change_s=setting.timed(change_one, 5))
    tell(results, thousand_persons_12_months_s=change_thousand())
    tell(results, **pages())
    counted, stored, used = with_pandas()
    ratio = rebuilt.seconds / (counted + stored)
    tell(results, pandas_count_s=counted, pandas_store_s=stored, pandas_cpu_s=used)
    tell(results, ratio_rebuild_to_pandas=ratio)
    one, two = year(1), year(2)
    tell(results, year_one_worker_s=one.seconds, year_one_worker_cpu_s=one.cpu)
    tell(results, year_two_workers_s=two.seconds, year_two_workers_cpu_s=two.cpu)
    tell(results, two_workers_ratio=one.seconds / two.seconds)
    return results


def year(workers: int) -> Worked:
    """Rebuilding the last twelve months, with the tables as tidy as before."""
    forget_all_runs(first_month=YEAR[0], last_month=YEAR[-1])
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE reports_run, reports_measurevalue, reports_waitingregion")
    return work(workers)


def against_few(results: dict[str, float]) -> None:
    """The same boards with ten thousand spells."""
    fill(_FEW)
    note_all()
    work(2)
    few = pages()
    boards = {name: value for name, value in few.items() if name.startswith("board")}
    more = {f"{name.removesuffix('_ms')}_ratio_to_10k": results[name] / ms for name, ms in boards.items()}
    tell(results, **{f"{name}_at_10k": ms for name, ms in boards.items()}, **more)


def main() -> None:
    call_command("collectstatic", interactive=False, verbosity=0)
    before = measured(_BEFORE_FULL) if options.rows >= _FULL else {}
    results = measured(options.rows)
    if before:
        tell(results, ratio_one_change_10m_to_1m=results["one_change_s"] / before["one_change_s"])
        results |= {f"{name}_at_1m": value for name, value in before.items()}
    against_few(results)
    results["load_average"] = os.getloadavg()[0]
    setting.report(results, options.as_json)


if __name__ == "__main__":
    main()
