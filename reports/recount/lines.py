"""The figures of one region as they are found, and the sums that several of them need."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pandas as pd

from reports.recount.cell_index import CellIndex, RecountCell, Told

IDENTITY = ["code", "segment", "category", "funding", "target", "variant"]
FACTS = ["numerator", "denominator", "rate", "reported", "expected", "missing", "partial", "grade"]


def rate_of(numerator: int, denominator: int | None) -> Decimal | None:
    """In percent, with two places, halves rounded away from zero."""
    if not denominator:
        return None
    exact = Decimal(numerator) * 100 / Decimal(denominator)
    return exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


@dataclass
class Lines:
    """Of one region; `reporters` say of sums how many regions below said any of it, of how many."""

    region: str
    cells: CellIndex
    reporters: Mapping[str, tuple[int, int]]
    below: int
    rows: list[dict[str, Any]] = field(default_factory=list)

    def of(self, name: str) -> Sequence[RecountCell]:
        return self.cells.of(self.region, name)

    def total(self, name: str) -> tuple[int, Told]:
        return sum(cell.value for cell in self.of(name)), self.reporters.get(name, (None, None))

    def has(self, name: str) -> bool:
        return bool(self.of(name))

    def add(
        self,
        code: str,
        numerator: int,
        denominator: int | None = None,
        told: Told = (None, None),
        **more: Any,
    ) -> None:
        identity = {name: more.pop(name, "") for name in IDENTITY[1:]}
        facts = {"missing": "", "partial": 0, **more}
        self.rows.append(
            {"code": code, **identity, "numerator": numerator, "denominator": denominator}
            | {"reported": told[0], "expected": told[1], **facts}
        )

    def table(self, grades: Mapping[tuple[str, str], str]) -> pd.DataFrame:
        for row in self.rows:
            row["grade"] = grades.get((row["code"], row["segment"]), "") or grades[row["code"], ""]
            row["rate"] = rate_of(row["numerator"], row["denominator"])
        return pd.DataFrame(self.rows, columns=[*IDENTITY, *FACTS], dtype="object")


def weaker(one: Told, other: Told) -> Told:
    """What is made of two numbers rests on no more regions than the one that fewer told."""
    if one[0] is None or other[0] is None:
        return one if other[0] is None else other
    return one if one[0] <= other[0] else other
