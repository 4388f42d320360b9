"""Rows of law drawn in time: one line for all rows of the same thing, with their gaps and overlaps."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from budgets.models.contribution_rate import DatedRule

# In the units of the drawing.
WIDTH = 640
_LEAST_WIDTH = 3


@dataclass(frozen=True)
class Bar:
    """Some time of a line; `kind` is a row, a gap between rows, or an overlap of two."""

    kind: str
    first: date
    # None: open.
    until: date | None
    text: str
    x: int = 0
    width: int = 0


@dataclass(frozen=True)
class RuleLine:
    label: str
    bars: list[Bar]

    @property
    def faults(self) -> list[Bar]:
        return [bar for bar in self.bars if bar.kind != "row"]


@dataclass(frozen=True)
class Timeline:
    """`years` are (year, x) of the first days of years."""

    lines: list[RuleLine]
    years: list[tuple[int, int]]


def draw(
    rows: Iterable[Any], *, label: Callable[[Any], str], text: Callable[[Any], str], today: date
) -> Timeline:
    """Rows with one label are one line; a row ends on the day before `valid_until`."""
    found = list(rows)
    if not found:
        return Timeline([], [])
    start = date(min(row.valid_from.year for row in found), 1, 1)
    end = date(max(today.year, *(row.valid_until.year for row in found if row.valid_until)) + 1, 1, 1)

    def x_of(day: date) -> int:
        return (min(day, end) - start).days * WIDTH // (end - start).days

    def placed(bar: Bar) -> Bar:
        x = x_of(bar.first)
        width = max(x_of(bar.until or end) - x, _LEAST_WIDTH)
        return Bar(bar.kind, bar.first, bar.until, bar.text, x, width)

    lines: dict[str, list[DatedRule]] = {}
    for row in found:
        lines.setdefault(label(row), []).append(row)
    drawn = [
        RuleLine(name, [placed(bar) for bar in [*_bars(own, text), *faults_of(own)]])
        for name, own in lines.items()
    ]
    return Timeline(drawn, [(year, x_of(date(year, 1, 1))) for year in range(start.year, end.year + 1)])


def _bars(rows: list[DatedRule], text: Callable[[Any], str]) -> list[Bar]:
    return [Bar("row", row.valid_from, row.valid_until, text(row)) for row in rows]


def faults_of(rows: Iterable[DatedRule]) -> list[Bar]:
    """Times between rows of one thing that no row covers, and times that two of them cover."""
    faults: list[Bar] = []
    covered: date | None = None
    is_open = False
    for row in sorted(rows, key=lambda row: row.valid_from):
        if is_open or (covered is not None and row.valid_from < covered):
            ends = [day for day in (None if is_open else covered, row.valid_until) if day is not None]
            faults.append(Bar("overlap", row.valid_from, min(ends) if ends else None, ""))
        elif covered is not None and row.valid_from > covered:
            faults.append(Bar("gap", covered, row.valid_from, ""))
        is_open = is_open or row.valid_until is None
        if row.valid_until is not None:
            covered = row.valid_until if covered is None else max(covered, row.valid_until)
    return faults
