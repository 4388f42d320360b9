"""Lists by file: 100,000 persons from the workbook to the facts, beside reading alone and beside a rival.

Ratios of one run. The machine is noisy: rival, floor and import take turns in three rounds on empty
tables, and of each the fastest counts:
- `times_rival`: our rows per second / those of django-import-export with `use_bulk`, which has no dry run by
  cell, no encryption, no spells, no source rows; it is spared the checks of a NIK too.
- `times_floor`: our seconds / those of reading the cells (calamine) and one COPY of them into a bare table.
  CI holds 10,000 rows to `--most-floors 15`: 7.3 were measured, and 6 seconds, the most that an office should
  wait for them, were 19 floors of that run.
"""

import csv
import json
import os
import random
import subprocess
import sys
import threading
import time
from datetime import date
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks._setting import arguments, report, start, timed

start()

import xlsxwriter
from django.core.management import call_command
from django.db import connection
from import_export import resources
from python_calamine import CalamineWorkbook
from tablib import Dataset

from participants.models import Batch, BatchRow, Enrolment, Participant
from participants.services.batches import work as batch_work
from participants.services.batches.batch import BatchTerms, confirm_batch, send_file
from regions.cipher import digest, seal
from regions.services.user import ensure_system_user
from tests.conftest import load_test_reference

TITLES = (
    "No", "NIK", "No KPJ", "Nama Lengkap", "Tempat Lahir", "Tanggal Lahir", "L/P", "Alamat", "Kelurahan",
    "Kecamatan", "No HP", "Pekerjaan",
)  # fmt: skip
GIVEN = [
    "Agus",
    "Asep",
    "Bambang",
    "Dedi",
    "Eko",
    "Hendra",
    "Iwan",
    "Joko",
    "Kasim",
    "Mulyadi",
    "Nana",
    "Rahmat",
    "Slamet",
    "Udin",
    "Yusuf",
]
RIVAL_ROWS = 5000
ROUNDS = 3
RIVAL_FIELDS = ("nik_digest", "nik_sealed", "region", "entered_by", "name", "birth_date", "sex", "address")


def person(number: int, chance: random.Random) -> list[str]:
    """An invented person; numbers below 10 million never share a NIK."""
    born = date(1965 + number % 40, 1 + number // 40 % 12, 1 + number // 480 % 28)
    serial = number // 13_440 % 9998 + 1
    nik = f"3672{1 + number % 8:02}{born.day:02}{born.month:02}{born.year % 100:02}{serial:04}"
    name = f"{chance.choice(GIVEN)} {chance.choice(GIVEN)} {chance.choice(GIVEN)}"
    card = f"{chance.randrange(10**10, 10**11)}"
    district = ("Cibeber", "Cilegon", "Purwakarta", "Jombang")[number % 4]
    rest = [f"{born:%d/%m/%Y}", "L", f"Jl. Melati {number % 200}", "Kotabumi", district]
    return [str(number), nik, card, name, "Cilegon", *rest, f"08{chance.randrange(10**9, 10**10)}", "Nelayan"]


def write_workbook(path: Path, rows: int) -> None:
    chance = random.Random(7)
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Daftar")
        sheet.write_row(0, 0, ["DAFTAR PEKERJA RENTAN"])
        sheet.write_row(2, 0, TITLES)
        for number in range(rows):
            sheet.write_row(3 + number, 0, person(number + 1, chance))


def floor(path: Path) -> None:
    """Nothing but the cells: read once, copied once."""
    rows = list(CalamineWorkbook.from_path(path).get_sheet_by_index(0).iter_rows())[3:]
    text = StringIO()
    csv.writer(text).writerows(rows)
    text.seek(0)
    with connection.cursor() as cursor:
        columns = ", ".join(f"c{index} text" for index in range(len(TITLES)))
        cursor.execute(f"DROP TABLE IF EXISTS floor; CREATE TABLE floor ({columns})")
        cursor.copy_expert("COPY floor FROM STDIN (FORMAT csv)", text)


class RivalResource(resources.ModelResource):
    """The rival's usual way: bulk writes, persons found again by their NIK, differences not reported."""

    class Meta:
        model = Participant
        import_id_fields = ("nik_digest",)
        fields = RIVAL_FIELDS
        use_bulk = True
        batch_size = 1000
        skip_diff = True
        use_transactions = True


def rival(path: Path, rows: int) -> float:
    """Rows per second of the rival on the first rows of the same file, from the cells to the commit."""
    user = ensure_system_user()
    cells = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(nrows=rows + 3)[3:]
    began = time.perf_counter()
    data = Dataset(headers=RIVAL_FIELDS)
    for row in cells:
        nik, name, born, sex, address = row[1], row[3], row[5], row[6], row[7]
        birth_date = date(*map(int, reversed(born.split("/"))))
        data.append([digest(nik), seal(nik), "36.72", user.pk, name, birth_date, sex, address])
    result = RivalResource().import_data(data, raise_errors=True)
    seconds = time.perf_counter() - began
    assert Participant.objects.count() == len(cells) == result.total_rows
    Participant.objects.all().delete()
    return len(cells) / seconds


class Peak(threading.Thread):
    """The most memory that this process and its children held at one moment, each shared page once (PSS)."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.megabytes = 0.0
        self.over = threading.Event()

    def run(self) -> None:
        while not self.over.wait(0.3):
            self.megabytes = max(self.megabytes, sum(map(held, [os.getpid(), *children()])) / 1024)


def children() -> list[int]:
    paths = Path("/proc/self/task").glob("*/children")
    return [int(pid) for path in paths for pid in path.read_text().split()]


def held(pid: int) -> int:
    """Proportional set size in kB; nothing of a process that has just ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def work(pk: int) -> dict[str, float]:
    """A list that was sent is read, confirmed and stored: in a process of its own, as a worker is.

    The search for doubles, which follows in a transaction of its own, is not counted.
    """
    committed: list[float] = []
    search, batch_work.find_duplicates = batch_work.find_duplicates, lambda **_: committed.append(clock())
    user, clock, peak = ensure_system_user(), time.perf_counter, Peak()
    peak.start()
    began = clock()
    batch_work.work_on_batches()
    read = clock()
    confirm_batch(pk=pk, by=user)
    batch_work.work_on_batches()
    peak.over.set()
    batch = Batch.objects.get(pk=pk)
    searching = timed(lambda: search(region_code="36.72", by=user))
    seconds = {"read": read - began, "store": committed[0] - read, "search": searching}
    return {**seconds, "peak_mb": peak.megabytes, **batch.counts["state"]}


def send(path: Path) -> tuple[int, float]:
    """The web process takes the file in; the number of the batch and the seconds."""
    terms = BatchTerms(
        region_code="36.72",
        category="nelayan",
        funding="apbd_kabkota",
        segment="bpu",
        programmes=("jkk", "jkm"),
        first_month=date(2025, 1, 1),
        source="SK Wali Kota 1/2025",
        as_of=date(2025, 1, 31),
    )
    began = time.perf_counter()
    content = path.read_bytes()
    batch = send_file(terms=terms, file_name=path.name, content=content, by=ensure_system_user())
    return batch.pk, time.perf_counter() - began


def import_list(path: Path) -> dict[str, float]:
    pk, sending = send(path)
    command = [sys.executable, "-m", "tests.benchmarks.import", "--work", str(pk)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=dict(os.environ))
    result = json.loads(done.stdout)
    return result | {"read": result["read"] + sending}


def empty() -> None:
    """No persons and no lists, so that every round begins alike."""
    tables = ", ".join(model._meta.db_table for model in (Batch, BatchRow, Participant))
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {tables} CASCADE")


def main() -> None:
    if "--work" in sys.argv:
        print(json.dumps(work(int(sys.argv[-1]))))
        return
    options = arguments(__doc__ or "", 100_000, 10_000, has_floor=True)
    call_command("migrate", verbosity=0)
    load_test_reference()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "daftar.xlsx"
        write_workbook(path, options.rows)
        rivals, floors, imports = [], [], []
        for _round in range(ROUNDS):
            empty()
            if not options.most_floors:
                rivals.append(rival(path, min(RIVAL_ROWS, options.rows)))
            floors.append(timed(lambda: floor(path)))
            imports.append(import_list(path))
        second = import_list(path)
    lowest = min(floors)
    first = min(imports, key=lambda one: one["read"] + one["store"])
    seconds, again = first["read"] + first["store"], second["read"] + second["store"]
    assert first["new"] == second["same"] == options.rows, (first, second)
    assert Participant.objects.count() == Enrolment.objects.count() == options.rows
    assert BatchRow.objects.count() == 2 * options.rows, BatchRow.objects.count()
    report(
        {
            "rows": options.rows,
            "read_seconds": first["read"],
            "store_seconds": first["store"],
            "rows_per_second": options.rows / seconds,
            **beside_rival(options.rows / seconds, rivals),
            "floor_seconds": lowest,
            "times_floor": seconds / lowest,
            "peak_mb": max(one["peak_mb"] for one in (*imports, second)),
            "second_upload_seconds": again,
            "second_to_first": again / seconds,
            "search_for_doubles_seconds": first["search"],
        },
        options.as_json,
    )
    if options.most_floors and seconds / lowest > options.most_floors:
        sys.exit(f"{seconds / lowest:.1f} times the floor, at most {options.most_floors:g} are allowed")


def beside_rival(rate: float, rivals: list[float]) -> dict[str, float]:
    return {"rival_rows_per_second": max(rivals), "times_rival": rate / max(rivals)} if rivals else {}


if __name__ == "__main__":
    main()
