"""A figure over months, as pages, paper, Word and slides show it.

What is drawn is described once: points, target, axis, and which points are named. The faces lay it out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from statistics import median

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from regions.formats import percent, points
from regions.month import add_months, months_from
from reports.drawing.axis import Axis, axis_of


@dataclass(frozen=True)
class TrendPoint:
    """`is_open` while the month may still change; `change` since the month before, where it is compared."""

    period: date
    rate: Decimal
    href: str = ""
    is_open: bool = False
    change: Decimal | None = None


@dataclass(frozen=True)
class TargetLine:
    label: str
    percent: Decimal

    @property
    def text(self) -> str:
        return f"{self.label}: {percent(self.percent, 0 if self.percent % 1 == 0 else 2)}"


class Turning(StrEnum):
    """Why a point is named."""

    NEWEST = "newest"
    HIGHEST = "highest"
    LOWEST = "lowest"
    MOVED_MOST = "moved_most"


# A month stands out whose change is a point or more, and this many times as large as changes mostly are.
_LEAST_JUMP, _OUTSTANDING = Decimal(1), 3


@dataclass(frozen=True)
class Trend:
    """Percentages by month, oldest first; a month that is not among the points is not known."""

    points: Sequence[TrendPoint]
    target: TargetLine | None = None

    @cached_property
    def axis(self) -> Axis:
        wanted = [self.target.percent] if self.target else []
        return axis_of([*(point.rate for point in self.points), *wanted])

    @cached_property
    def months(self) -> list[date]:
        """Every month from the first to the last, also those of which nothing is known."""
        first, last = self.points[0].period, self.points[-1].period
        return [add_months(first, at) for at in range(months_from(first, last) + 1)]

    def turnings(self) -> Iterator[tuple[Turning, TrendPoint]]:
        """The newest point, the highest, the lowest, and that of a change far above the others; each once."""
        newest = self.points[-1]
        yield Turning.NEWEST, newest
        named = {newest.period}
        by_rate = sorted(self.points, key=lambda point: point.rate)
        ends = ((Turning.HIGHEST, by_rate[-1]), (Turning.LOWEST, by_rate[0]))
        for turning, point in (*ends, *self._jump()):
            if point.period not in named and by_rate[0].rate != by_rate[-1].rate:
                named.add(point.period)
                yield turning, point

    def _jump(self) -> Iterator[tuple[Turning, TrendPoint]]:
        moved = [(abs(point.change), point) for point in self.points if point.change is not None]
        if not moved:
            return
        most, point = max(moved, key=lambda one: one[0])
        if most >= max(_LEAST_JUMP, _OUTSTANDING * median(size for size, _point in moved)):
            yield Turning.MOVED_MOST, point


def turning_texts(turning: Turning, point: TrendPoint) -> tuple[str, ...]:
    """What is written beside a point, the fullest first."""
    shown, month = percent(point.rate, 2), date_format(point.period, "M Y")
    if turning is Turning.HIGHEST:
        return _("tertinggi %(rate)s, %(month)s") % {"rate": shown, "month": month}, shown
    if turning is Turning.LOWEST:
        return _("terendah %(rate)s, %(month)s") % {"rate": shown, "month": month}, shown
    if turning is Turning.MOVED_MOST:
        return f"{points(point.change, 2)}, {month}", points(point.change, 2)
    return (shown,)
