"""A line over months is drawn in stretches: a month of which nothing is known is a gap."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date


def stretches(months: Sequence[date], known: Collection[date]) -> Iterator[list[date]]:
    """The known among these months, each stretch without a gap."""
    stretch: list[date] = []
    for month in months:
        if month in known:
            stretch.append(month)
        elif stretch:
            yield stretch
            stretch = []
    if stretch:
        yield stretch
