"""Where the second computation and what is stored differ, figure by figure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
from django.db.models import Q

from reports.models import MeasureValue, Run
from reports.recount.lines import FACTS, IDENTITY
from reports.recount.month import recounted
from reports.recount.tables import number_of
from reports.selectors.recount.facts import load_tables, subtree_of

_COLUMNS = ("run__region_id", "measure", *IDENTITY[1:], *FACTS)


@dataclass(frozen=True)
class Difference:
    """One figure in both ways; None where one of them has no such figure."""

    region: str
    month: date
    identity: tuple[str, ...]
    stored: dict[str, Any] | None
    recounted: dict[str, Any] | None

    @property
    def code(self) -> str:
        return self.identity[0]


@dataclass(frozen=True)
class Compared:
    """How many region-months were compared, how many figures, and where they differ."""

    regions: int
    figures: int
    differences: list[Difference]


def compare_months(code: str, months: Collection[date], *, below: bool = True) -> Compared:
    """All figures of the current runs of a region, and of those below it, against a count of the facts."""
    numbers = sorted(number_of(month) for month in months)
    tables = load_tables(code, numbers[0], numbers[-1])
    regions = figures = 0
    differences: list[Difference] = []
    for month in sorted(months):
        wanted = subtree_of(code) if below else Q(region_id=code)
        runs = Run.objects.filter(wanted, period=month, is_current=True)
        codes = sorted(runs.values_list("region_id", flat=True))
        told = _by_identity(recounted(tables, number_of(month), codes))
        stored = _stored(runs)
        regions, figures = regions + len(codes), figures + len(stored)
        for key in sorted(set(told) | set(stored)):
            if told.get(key) != stored.get(key):
                differences.append(Difference(key[0], month, key[1:], stored.get(key), told.get(key)))
    return Compared(regions, figures, differences)


def _by_identity(table: pd.DataFrame) -> dict[tuple[str, ...], dict[str, Any]]:
    rows = table[["region", *IDENTITY, *FACTS]].itertuples(index=False, name=None)
    width = 1 + len(IDENTITY)
    return {tuple(row[:width]): dict(zip(FACTS, map(_plain, row[width:]), strict=True)) for row in rows}


def _stored(runs: Any) -> dict[tuple[str, ...], dict[str, Any]]:
    rows = MeasureValue.objects.filter(run__in=runs.values("pk")).order_by().values_list(*_COLUMNS)
    width = 1 + len(IDENTITY)
    return {tuple(row[:width]): dict(zip(FACTS, row[width:], strict=True)) for row in rows}


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | Decimal):
        return value
    return None if pd.isna(value) else int(value)
