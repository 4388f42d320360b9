"""A small line among others upon the same axis: whole up to closed months, dashed to open ones, with gaps."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from reports.drawing.axis import Axis
from reports.drawing.stretches import stretches

WIDE, HIGH = 168, 64
_EDGE = 5


@dataclass(frozen=True)
class SmallLine:
    """Points as SVG writes them. `newest` is the last point, whether or not it is open."""

    closed: tuple[str, ...]
    open: tuple[str, ...]
    alone: tuple[tuple[str, str], ...]
    newest: tuple[str, str] | None
    is_open: bool


def small_line(
    rates: Mapping[date, Decimal], open_months: Collection[date], months: Sequence[date], axis: Axis
) -> SmallLine:
    places = {
        month: (_across(at, len(months)), _down(axis.share(rates[month])))
        for at, month in enumerate(months)
        if month in rates
    }
    newest = max(places, default=None)
    unbroken = list(stretches(months, places.keys()))
    parts: dict[bool, list[str]] = {False: [], True: []}
    for stretch in unbroken:
        for is_open, part in _parts(stretch, open_months):
            parts[is_open].append(" ".join(",".join(places[month]) for month in part))
    return SmallLine(
        tuple(parts[False]),
        tuple(parts[True]),
        tuple(places[stretch[0]] for stretch in unbroken if len(stretch) == 1),
        None if newest is None else places[newest],
        newest in open_months,
    )


def level_of(value: Decimal, axis: Axis) -> str:
    """The height of a level line, as that of a target."""
    return _down(axis.share(value))


def _across(at: int, count: int) -> str:
    return f"{_EDGE + (WIDE - 2 * _EDGE) * at / max(count - 1, 1):.1f}"


def _down(share: float) -> str:
    return f"{HIGH - _EDGE - (HIGH - 2 * _EDGE) * share:.1f}"


def _parts(stretch: Sequence[date], open_months: Collection[date]) -> Iterator[tuple[bool, list[date]]]:
    """Pairs of months alike in being open or not, joined."""
    part: list[date] = list(stretch[:1])
    kind: bool | None = None
    for last, month in pairwise(stretch):
        is_open = last in open_months or month in open_months
        if kind is not None and is_open != kind:
            yield kind, part
            part = [last]
        kind = is_open
        part.append(month)
    if kind is not None:
        yield kind, part
