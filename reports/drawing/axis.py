"""The one axis of amounts that every drawing has: it begins at nought and ends at a round number.

Equal figures give an equal axis, whether they stand on a page, on paper, in Word, in a workbook or on slides.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

# More lines than this tell no more than the figures themselves.
_MOST_STEPS = 7
_ROUND = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))


@dataclass(frozen=True)
class Axis:
    """Nought is on it; below nought it reaches only where a figure does."""

    low: Decimal
    high: Decimal
    step: Decimal

    @property
    def ticks(self) -> list[Decimal]:
        return [self.low + self.step * at for at in range(int((self.high - self.low) / self.step) + 1)]

    def share(self, value: Decimal | int) -> float:
        """Where on the axis a value lies, from 0 at its low end to 1."""
        return float((value - self.low) / (self.high - self.low))

    def in_vega(self, name: str, words: Callable[[Decimal], str]) -> dict[str, Any]:
        """The encoding of a field upon this axis, its ticks written by `words`."""
        # By their place on the axis: a number may be written in more than one way.
        said = json.dumps([words(tick) for tick in self.ticks], ensure_ascii=False)
        at = f"round((datum.value - {float(self.low)}) / {float(self.step)})"
        return {
            "field": name,
            "type": "quantitative",
            "scale": {"domain": [float(self.low), float(self.high)], "nice": False, "zero": True},
            "axis": {
                "title": None,
                "values": [float(tick) for tick in self.ticks],
                "labelExpr": f"({said})[{at}]",
            },
        }


def axis_of(values: Iterable[Decimal | int | None]) -> Axis:
    """Of all that is drawn, a target among it; what is not known is not drawn."""
    known = [Decimal(value) for value in values if value is not None]
    low, high = min([Decimal(0), *known]), max([Decimal(0), *known])
    if low == high:
        high = Decimal(1)
    power = Decimal(10) ** ((high - low).adjusted() - 1)
    while True:
        for digit in _ROUND:
            step = digit * power
            first, last = _whole(low / step, ROUND_FLOOR), _whole(high / step, ROUND_CEILING)
            if last - first <= _MOST_STEPS:
                return Axis(first * step, last * step, step)
        power *= 10


def _whole(value: Decimal, rounding: str) -> Decimal:
    return value.quantize(Decimal(1), rounding=rounding)
