"""What a written number may stand for, from where to where."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Interval:
    """Without an end it goes on for ever; an end that is out belongs to the interval no more."""

    low: Decimal | None
    high: Decimal | None
    low_in: bool = True
    high_in: bool = True

    def holds(self, value: Decimal) -> bool:
        return not self._below(value) and not self._above(value)

    def meets(self, other: "Interval") -> bool:
        """Whether one value may be in both."""
        return not _apart(self, other) and not _apart(other, self)

    def mirrored(self) -> "Interval":
        low = None if self.high is None else -self.high
        high = None if self.low is None else -self.low
        return Interval(low, high, self.high_in, self.low_in)

    def _below(self, value: Decimal) -> bool:
        return self.low is not None and (value < self.low or (value == self.low and not self.low_in))

    def _above(self, value: Decimal) -> bool:
        return self.high is not None and (value > self.high or (value == self.high and not self.high_in))


def exactly(value: Decimal) -> Interval:
    return Interval(value, value)


def rounded(value: Decimal, step: Decimal) -> Interval:
    """What is rounded to this value, half a step on either side."""
    return Interval(value - step / 2, value + step / 2)


def _apart(lower: Interval, upper: Interval) -> bool:
    if lower.high is None or upper.low is None:
        return False
    touches = lower.high == upper.low and not (lower.high_in and upper.low_in)
    return lower.high < upper.low or touches
