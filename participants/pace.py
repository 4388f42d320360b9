"""What a target asks of the months that remain. Whole people, no fractions kept, no floats.

This is the one place where people are rounded to whole people: up for those who must still be reached, down
for those who come. It says what to do, not what is; what is divided to say what is, is a measure.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import ceil


class Track(StrEnum):
    REACHED = "reached"
    ON = "on"
    OFF = "off"
    # Without a year of figures before there is no pace to judge by.
    UNKNOWN = "unknown"
    MISSED = "missed"


@dataclass(frozen=True)
class Need:
    """`needed` members are the target, `gap` are missing; `per_month` must come in each month left."""

    needed: int
    gap: int
    months_left: int
    per_month: int
    # Net additions per month over the last twelve months, rounded down; None without them.
    pace: int | None
    # Members at the year's end if that goes on, rounded down.
    projected: int | None
    track: Track

    @property
    def short(self) -> int | None:
        """By how many people that misses the target; 0 where it does not."""
        return None if self.projected is None else max(0, self.needed - self.projected)


def needed_members(percent: Decimal, workers: int) -> int:
    """Members by which coverage first reaches the percentage: rounded up to whole people."""
    return ceil(Fraction(percent) * workers / 100)


def months_until(year: int, newest: date) -> int:
    """Months after the newest one up to December of the year; 0 when it is over."""
    return max(0, (year - newest.year) * 12 + 12 - newest.month)


def need_of(
    *, percent: Decimal, year: int, workers: int, members: int, newest: date, year_before: int | None
) -> Need:
    """`members` of the `newest` month; `year_before` those of twelve months earlier.

    Carried on, they never come to more than there are workers.
    """
    needed = needed_members(percent, workers)
    need = need_for(needed=needed, year=year, members=members, newest=newest, year_before=year_before)
    if need.projected is None or need.projected <= max(workers, members):
        return need
    return replace(need, projected=max(workers, members))


def need_for(*, needed: int, year: int, members: int, newest: date, year_before: int | None) -> Need:
    """The same where the target says itself how many people it needs."""
    gap = max(0, needed - members)
    left = months_until(year, newest)
    per_month = -(-gap // left) if left else gap
    track = _track(gap, left, members, year_before)
    if year_before is None:
        return Need(needed, gap, left, per_month, None, None, track)
    gained = members - year_before
    return Need(needed, gap, left, per_month, gained // 12, members + gained * left // 12, track)


def _track(gap: int, left: int, members: int, year_before: int | None) -> Track:
    """On track where the net additions of the last year, carried on, close the gap in time."""
    if gap == 0:
        return Track.REACHED
    if left == 0:
        return Track.MISSED
    if year_before is None:
        return Track.UNKNOWN
    return Track.ON if (members - year_before) * left >= gap * 12 else Track.OFF
