"""Quantities of regions as one long table: region, name, what divides it (a, b, c) and the number.

`reported` of `expected` regions below were summed; both are missing where the region said it itself.
"""

from collections.abc import Sequence
from typing import Any

import pandas as pd

KEY = ["region", "name", "a", "b", "c"]
COLUMNS = [*KEY, "value", "reported", "expected"]


def cells(name: str, region: Any, a: Any = "", b: Any = "", c: Any = "", *, value: Any) -> pd.DataFrame:
    told = {"region": region, "name": name, "a": a, "b": b, "c": c, "value": value}
    length = len(value)
    table = pd.DataFrame({key: _column(column, length) for key, column in told.items()}, columns=COLUMNS)
    kinds = dict.fromkeys(("value", "reported", "expected"), "Int64") | dict.fromkeys(KEY, "object")
    return table.astype(kinds)


def _column(column: Any, length: int) -> list[Any]:
    return [column] * length if isinstance(column, str) else list(column)


def counted(rows: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """How many rows are alike in these columns."""
    return rows.groupby(list(by), as_index=False).size().rename(columns={"size": "value"})


def summed(name: str, rows: pd.DataFrame, by: Sequence[str], value: str = "amount") -> pd.DataFrame:
    """Cells of the sums of a column, by the region and up to three other columns."""
    sums = rows.groupby(["region", *by], as_index=False)[value].sum()
    return cells(name, sums.region, *(sums[column] for column in by), value=sums[value])
