"""Construction projects of the fiscal year up to a month, counted apart: listed ones, and reported counts."""

import pandas as pd

from reports.recount.cells import cells
from reports.recount.tables import FactTables, january

_REGISTERED = "registered"


def projects_of(tables: FactTables, month: int) -> pd.DataFrame:
    rows, counts = _listed(tables.projects, month), _newest(tables.project_counts, month)
    is_beside = rows.region.isin(counts.region)
    counted, beside = rows[~is_beside], rows[is_beside]
    valued = counts[counts.total_value.notna() & counts.registered_value.notna()]
    return pd.concat(
        [
            *_sums(counted, {"known": "one", "registered": "insured"}),
            *_sums(
                counted[counted.value.notna()],
                {"valued": "one", "value": "value", "insured_value": "insured_value"},
            ),
            *_sums(beside, {"beside": "one", "beside_registered": "insured"}),
            *_sums(counts, {"known": "packages", "registered": "registered"}),
            *_sums(
                valued, {"valued": "packages", "value": "total_value", "insured_value": "registered_value"}
            ),
        ]
    )


def _listed(projects: pd.DataFrame, month: int) -> pd.DataFrame:
    """Those of this month's year that have begun; `insured` is 1 where registered by now."""
    rows = projects[(projects.year == month // 12) & (projects["first"] <= month)]
    insured = ((rows.jakon_status == _REGISTERED) & (rows.registered <= month)).astype("Int64")
    return rows.assign(one=insured * 0 + 1, insured=insured, insured_value=rows.value * insured)


def _newest(counts: pd.DataFrame, month: int) -> pd.DataFrame:
    rows = counts[counts.month.between(january(month), month)]
    return rows.sort_values("month").drop_duplicates("region", keep="last")


def _sums(rows: pd.DataFrame, columns: dict[str, str]) -> list[pd.DataFrame]:
    sums = rows.groupby("region")[list(columns.values())].sum()
    return [cells("projects", sums.index, name, value=sums[column]) for name, column in columns.items()]
