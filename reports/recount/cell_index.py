"""The cells of a month by region and name, for those who look them up one by one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from reports.recount.cells import COLUMNS

# Of how many regions below a number is the sum, of how many; None and None where it is the region's own.
Told = tuple[int | None, int | None]


@dataclass(frozen=True)
class RecountCell:
    a: str
    b: str
    c: str
    value: int
    told: Told


@dataclass(frozen=True)
class CellIndex:
    by_region: Mapping[str, Mapping[str, Sequence[RecountCell]]]

    @classmethod
    def of_table(cls, table: pd.DataFrame) -> "CellIndex":
        found: dict[str, dict[str, list[RecountCell]]] = {}
        for region, name, a, b, c, *numbers in table[COLUMNS].itertuples(index=False, name=None):
            value, reported, expected = map(_whole, numbers)
            cell = RecountCell(a, b, c, value or 0, (reported, expected))
            found.setdefault(region, {}).setdefault(name, []).append(cell)
        return cls(found)

    def of(self, region: str, name: str) -> Sequence[RecountCell]:
        return self.by_region.get(region, {}).get(name, ())

    def names(self, region: str) -> set[str]:
        return set(self.by_region.get(region, {}))


def _whole(number: Any) -> int | None:
    return None if pd.isna(number) else int(number)
