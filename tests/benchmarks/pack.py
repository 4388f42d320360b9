"""Packs of a regency and of the largest province, and all of them by one worker and by two.

A row is a regency: each has the months of a year, so that its pack is full.
"""

from tests.benchmarks import _setting as setting

options = setting.arguments(__doc__ or "", default_rows=514, small_rows=40)
setting.start()

import os
import resource
import subprocess
import sys
import time
from collections import Counter

from django.db import connection

from regions.models import Region
from regions.roles import Role
from regions.services.user import assign_role, ensure_system_user
from reports.models import Pack, PackFile
from reports.services.pack import ask_pack
from reports.services.recompute import recompute_stale
from tests.benchmarks._nation import MONTHS, fill, note_all
from tests.benchmarks._pack_files import QUARTER, four_files

_FIRST = (
    "import sys, time, django; django.setup(); import reports.services.pack_work;"
    "from tests.benchmarks._pack_files import four_files;"
    "began = time.perf_counter(); four_files(sys.argv[1]); print(time.perf_counter() - began)"
)
_WORKER = (
    "import django; django.setup(); from reports.services.pack_work import work_on_packs; work_on_packs()"
)


def ask_all(regencies: list[Region], by) -> None:
    for region in regencies:
        ask_pack(region_code=region.code, period=QUARTER, by=by)


def forget() -> None:
    """So that the next workers begin anew."""
    with connection.cursor() as cursor:
        cursor.execute(
            "TRUNCATE reports_packdownload, reports_packfile, reports_packjob_parts, reports_packschedule,"
            " reports_packjob, reports_pack"
        )


def first_of_a_process(region: Region) -> float:
    """Seconds of the four files in a process that has started as a worker does and has made none before."""
    done = subprocess.run(
        [sys.executable, "-c", _FIRST, region.code], env=os.environ, check=True, capture_output=True
    )
    return float(done.stdout.split()[-1])


def with_workers(count: int, regencies: list[Region], by) -> tuple[float, float]:
    """Seconds of processes that each begin when all are ready to; and the most memory one of them took."""
    forget()
    ask_all(regencies, by)
    began = time.perf_counter()
    running = [subprocess.Popen([sys.executable, "-c", _WORKER], env=os.environ) for _one in range(count)]
    for process in running:
        assert process.wait() == 0
    seconds = time.perf_counter() - began
    assert Pack.objects.count() == len(regencies)
    assert PackFile.objects.count() == 4 * len(regencies)
    return seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def main() -> None:
    fill(options.rows)
    note_all(MONTHS[-13:])
    recompute_stale(seconds=3600)
    system = ensure_system_user()
    assign_role(user=system, role=Role.ADMINISTRATOR, by=system, region_code="ID", office_code=None)
    runs = Region.objects.filter(level=2, valid_until=None).order_by("code")
    regencies = list(runs[: options.rows])
    parents = Counter(region.parent_id for region in regencies)
    largest, below = parents.most_common(1)[0]
    first = first_of_a_process(regencies[0])
    four_files(regencies[0].code)
    # Another one each time: what was laid out once comes from the typesetter's memory.
    regency = min(setting.timed(lambda region=region: four_files(region.code)) for region in regencies[1:6])
    province = setting.timed(lambda: four_files(largest))
    one, memory = with_workers(1, regencies, system)
    two, memory_of_two = with_workers(2, regencies, system)
    setting.report(
        {
            "regencies": len(regencies),
            "regency_pack_first_s": first,
            "regency_pack_warm_s": regency,
            "province_regencies": below,
            "province_pack_warm_s": province,
            "ratio_province_to_its_regencies_alone": province / (regency * below),
            "one_worker_s": one,
            "two_workers_s": two,
            "ratio_one_to_two_workers": one / two,
            "packs_per_second_two_workers": len(regencies) / two,
            "peak_mb_of_a_worker": max(memory, memory_of_two),
            "stored_mb_per_pack": sum(PackFile.objects.values_list("size", flat=True)) / len(regencies) / 1e6,
        },
        options.as_json,
    )


if __name__ == "__main__":
    main()
