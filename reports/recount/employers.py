"""What the employers of regions come to in a month, counted apart: of each its newest report of a year."""

import pandas as pd

from reports.recount.cells import cells
from reports.recount.tables import FactTables

_YEAR = 12
_NONE = "none"


def employers_of(tables: FactTables, month: int) -> pd.DataFrame:
    rows = _standing(tables.employers, month)
    is_registered = rows.standing != _NONE
    # Who is not registered has nobody registered.
    insured = rows.insured.where(is_registered, 0)
    paired = rows.assign(insured=insured)[rows.known.notna() & insured.notna()]
    registered = rows[is_registered]
    knows_arrears = registered.arrears.notna() | registered.months_owed.notna()
    answered = registered[knows_arrears]
    owing = (answered.arrears.fillna(0) > 0) | (answered.months_owed.fillna(0) > 0)
    return pd.concat(
        [
            _counted("known", rows, pd.Series(True, index=rows.index)),
            _counted("registered", rows, is_registered),
            _counted("partly", rows, rows.standing.str.startswith("part")),
            _counted("told", paired, pd.Series(True, index=paired.index)),
            _summed("workers", paired, "known"),
            _summed("insured", paired, "insured"),
            _counted("answered", answered, pd.Series(True, index=answered.index)),
            _counted("in_arrears", answered, owing),
            _summed("arrears", registered[registered.arrears.notna()], "arrears"),
        ]
    )


def _standing(reports: pd.DataFrame, month: int) -> pd.DataFrame:
    recent = reports[reports.month.between(month - _YEAR + 1, month)]
    newest = recent.sort_values("month").drop_duplicates(["region", "identity"], keep="last")
    numbered = newest[newest.npp != ""][["region", "called"]].drop_duplicates()
    marked = newest.merge(numbered.assign(is_numbered=True), on=["region", "called"], how="left")
    return marked[(marked.npp != "") | marked.is_numbered.isna()].reset_index(drop=True)


def _counted(name: str, rows: pd.DataFrame, counts: pd.Series) -> pd.DataFrame:
    return _summed(name, rows.assign(one=counts.astype("Int64")), "one")


def _summed(name: str, rows: pd.DataFrame, column: str) -> pd.DataFrame:
    sums = rows.groupby("region")[column].sum()
    return cells("employers", sums.index, name, value=sums)
