"""A line of a year, as small as a word, for a cell of a table."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

WIDE, HIGH = 96, 24
_EDGE = 2
# In percentage points: a year that moved less fills no more than its part of the height.
_LEAST_SPREAD = Decimal(5)


def strokes(rates: Mapping[date, Decimal], months: Sequence[date]) -> list[str]:
    """Points of each unbroken stretch, as SVG writes them; months without a rate are gaps."""
    known = [rates[month] for month in months if month in rates]
    if not known:
        return []
    middle = (max(known) + min(known)) / 2
    spread = max(max(known) - min(known), _LEAST_SPREAD)
    drawn: list[list[str]] = [[]]
    for at, month in enumerate(months):
        if month not in rates:
            drawn.append([])
            continue
        x = _EDGE + (WIDE - 2 * _EDGE) * at / max(len(months) - 1, 1)
        y = HIGH / 2 - (HIGH - 2 * _EDGE) * float((rates[month] - middle) / spread)
        drawn[-1].append(f"{x:.1f},{y:.1f}")
    return [" ".join(part) for part in drawn if part]
