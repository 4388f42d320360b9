"""What a rebuild is held against: the bare pass with a COPY, and the same counted by pandas."""

import tempfile

import pandas as pd
from django.db import connection
from django.db.models import Sum

from regions.enums import Level
from reports.models import MeasureValue
from tests.benchmarks import _pandas
from tests.benchmarks import _setting as setting
from tests.benchmarks._cpu import Spent
from tests.benchmarks._nation import LAST

# All that is stored of a value: not its key, nor what the database makes itself.
_COLUMNS = ", ".join(
    one.column for one in MeasureValue._meta.concrete_fields if not one.primary_key and not one.generated
)
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
# Of regencies both must count alike; above, the nation of pandas knows no region that came or went.
_ALIKE = ("CAT-01", "CAT-03", "CAT-05", "CON-01", "CON-03", "COV-01", "BAL-05", "BUD-08")


def floor() -> tuple[float, float, float]:
    """Seconds of one bare pass over the spells, and of a COPY of as many values into a table like theirs;
    and the CPU seconds of both."""
    with connection.cursor() as cursor, tempfile.TemporaryFile("w+") as lines:
        cursor.execute("SET work_mem = '256MB'; SET jit = off")
        cursor.execute(_FLOOR, {"last": LAST})
        spent = Spent()
        bare = setting.timed(lambda: cursor.execute(_FLOOR, {"last": LAST}))
        used = spent.here()
        current = "SELECT id FROM reports_run WHERE is_current"
        cursor.copy_expert(
            f"COPY (SELECT {_COLUMNS} FROM reports_measurevalue WHERE run_id IN ({current}) ORDER BY id)"
            " TO STDOUT",
            lines,
        )
        lines.seek(0)
        cursor.execute("CREATE TABLE floor_value (LIKE reports_measurevalue INCLUDING ALL)")
        spent = Spent()
        copy = setting.timed(lambda: cursor.copy_expert(f"COPY floor_value ({_COLUMNS}) FROM STDIN", lines))
        used += spent.here()
        cursor.execute("DROP TABLE floor_value; RESET work_mem; RESET jit")
    return bare, copy, used


def with_pandas() -> tuple[float, float, float]:
    """Seconds of counting and of storing, and CPU seconds of both.

    Of regencies the same people and rupiah must come out.
    """
    counted: list[pd.DataFrame] = []
    spent = Spent()
    seconds = setting.timed(lambda: counted.append(_pandas.count()))
    used = spent.here()
    _compare(counted[0])
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE pandas_value (LIKE reports_measurevalue INCLUDING ALL)")
        spent = Spent()
        stored = setting.timed(lambda: _pandas.store(counted[0]))
        used += spent.here()
        cursor.execute("DROP TABLE pandas_value")
    return seconds, stored, used


def _compare(values: pd.DataFrame) -> None:
    regencies = values[values["region"].str.len() == len("32.01")]
    theirs = regencies[regencies["measure"].isin(_ALIKE)].groupby("measure")["numerator"].sum()
    ours = MeasureValue.objects.filter(
        measure__in=_ALIKE, run__is_current=True, run__region__level=Level.REGENCY
    )
    sums = ours.order_by().values_list("measure").annotate(whole=Sum("numerator"))
    assert {code: int(theirs[code]) for code in _ALIKE} == {code: int(whole) for code, whole in sums}
