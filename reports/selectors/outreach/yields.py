"""What came after outreach events: people whose protection began, beside places without one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import log1p

from participants.models import OutreachEvent
from participants.selectors.outreach import events_nearby
from participants.selectors.persons.newcomers import Began, Newcomers, PlaceKey, newcomers
from regions.month import add_months, first_of
from reports.outreach.inference import Trial
from reports.outreach.window import DAYS, YieldWindow
from reports.selectors.outreach.places import PlaceNames, place_of, touches

# So many of the places most like it; twenty choices are the fewest by which one event can tell something.
_COMPARED = 19
# A year before the months before, to find places that were like it for longer.
_EARLIER = 12
_LONGEST = timedelta(days=2 * max(DAYS) + 62)


@dataclass(frozen=True)
class ComparedPlace:
    name: str
    before: int
    after: int

    @property
    def change(self) -> int:
        return self.after - self.before


@dataclass(frozen=True)
class WindowYield:
    """People who began in the place and category of an event, in so many days and as many months before."""

    window: YieldWindow
    is_over: bool
    after: Began
    before: Began
    compared: list[ComparedPlace] = field(default_factory=list)

    @property
    def change(self) -> int:
        return self.after.people - self.before.people

    @property
    def is_silent(self) -> bool:
        """Nobody began anywhere that is looked at: lists by name tell nothing of these months."""
        people = (self.after.people, self.before.people, *(one.before + one.after for one in self.compared))
        return not any(people)

    @property
    def trial(self) -> Trial | None:
        """What it gives to an estimate; nothing while its months run or where there is nothing to compare."""
        if not self.is_over or not self.compared or self.is_silent:
            return None
        return Trial(self.change, tuple(one.change for one in self.compared))


@dataclass(frozen=True)
class EventYield:
    event: OutreachEvent
    windows: dict[int, WindowYield]

    @property
    def short(self) -> WindowYield:
        return self.windows[min(DAYS)]

    @property
    def long(self) -> WindowYield:
        return self.windows[max(DAYS)]


def yields_of(events: Sequence[OutreachEvent], today: date) -> list[EventYield]:
    """Of those that were held."""
    held = [event for event in events if event.held_on]
    if not held:
        return []
    codes = {event.region_id for event in held}
    places = PlaceNames.of(codes)
    homes = {(code, village): district for code in codes for village, district in places[code].homes.items()}
    days = [event.held_on for event in held if event.held_on]
    near = events_nearby(codes, min(days) - _LONGEST, max(days) + _LONGEST)
    first = add_months(first_of(min(days)), -_EARLIER - 6)
    counted = {
        category: newcomers(codes, first, first_of(today), category, homes)
        for category in {event.category_id or "" for event in held}
    }
    return [
        _yield_of(event, counted[event.category_id or ""], places[event.region_id], near, today)
        for event in held
    ]


def _yield_of(
    event: OutreachEvent,
    counted: Newcomers,
    places: PlaceNames,
    near: Iterable[OutreachEvent],
    today: date,
) -> EventYield:
    held_on = event.held_on or event.planned_on
    found = {}
    for days in DAYS:
        window = YieldWindow.of(held_on, days)
        compared = _compared(event, counted, places, near, window)
        of = place_of(event)
        found[days] = WindowYield(
            window,
            window.is_over(today),
            counted.of(event.region_id, of, window.first, window.last),
            counted.of(event.region_id, of, window.first_before, window.last_before),
            compared,
        )
    return EventYield(event, found)


def _compared(
    event: OutreachEvent,
    counted: Newcomers,
    places: PlaceNames,
    near: Iterable[OutreachEvent],
    window: YieldWindow,
) -> list[ComparedPlace]:
    """Places of the same kind without an event for the same people in the months looked at, the most alike
    by how many began there before."""
    own = place_of(event)
    busy = [
        place_of(one)
        for one in near
        if one.region_id == event.region_id
        and one.held_on
        and window.first_before <= first_of(one.held_on) <= window.last
        and (not one.category_id or not event.category_id or one.category_id == event.category_id)
    ]
    free = {
        place: name
        for place, name in places.like(own).items()
        if place != own and not any(touches(place, one) for one in busy)
    }
    year_before = add_months(window.first_before, -_EARLIER)

    def began(place: PlaceKey, first: date, last: date) -> int:
        return counted.of(event.region_id, place, first, last).people

    def history(place: PlaceKey) -> tuple[float, float]:
        recent = began(place, window.first_before, window.last_before)
        return log1p(recent), log1p(began(place, year_before, add_months(window.first_before, -1)))

    mine = history(own)
    apart = {place: sum(abs(a - b) for a, b in zip(mine, history(place), strict=True)) for place in free}
    nearest = sorted(free, key=lambda place: (apart[place], free[place]))[:_COMPARED]
    return [
        ComparedPlace(
            free[place],
            began(place, window.first_before, window.last_before),
            began(place, window.first, window.last),
        )
        for place in nearest
    ]
