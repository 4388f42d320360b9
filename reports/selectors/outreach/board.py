"""A year's outreach of a region: its plan by place, whom it reached, what came afterwards, the agents."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from participants.models import OutreachEvent
from participants.outreach import Audience, EventStage, Topic
from participants.place_names import place_key
from participants.selectors.outreach import list_outreach_events
from participants.selectors.persons.newcomers import Began, newcomers
from regions.enums import InstitutionKind, Level
from regions.models import Institution, Region, User
from regions.selectors.institution import institutions_of
from regions.selectors.region import regencies_of
from reports.outreach.cost import cost_per_person
from reports.outreach.inference import Estimate, estimate
from reports.selectors.outreach.agents import AgentBoard, get_agent_board
from reports.selectors.outreach.places import PlaceNames, place_of
from reports.selectors.outreach.yields import EventYield, yields_of

# Bodies that outreach goes to; payers that only give money are none.
_VISITED = (
    *(InstitutionKind.OPD, InstitutionKind.DESA, InstitutionKind.KELURAHAN),
    *(InstitutionKind.BUMD, InstitutionKind.BUMDES, InstitutionKind.COMPANY, InstitutionKind.GROUP),
)


@dataclass(frozen=True)
class PlacePlan:
    """A district of a regency, or a regency of a region above: its events of the year, and who began."""

    name: str
    # Of a regency, whose own board it leads to.
    code: str
    events: list[OutreachEvent]
    # Not counted for the regencies of the nation: that would read every list by name of the country.
    began: Began | None

    @property
    def held(self) -> list[OutreachEvent]:
        return [event for event in self.events if event.held_on]

    @property
    def planned(self) -> int:
        """Not held yet, and not cancelled."""
        return sum(not event.held_on and not event.cancelled_on for event in self.events)

    @property
    def attended(self) -> int:
        return sum(event.attended or 0 for event in self.held)

    @property
    def newest(self) -> date | None:
        return max((event.held_on for event in self.held if event.held_on), default=None)


@dataclass(frozen=True)
class AudienceRow:
    audience: Audience
    held: int
    attended: int
    topics: list[Topic]


@dataclass(frozen=True)
class VisitedKind:
    """Institutions of one kind that the register has here, and which of them had an event this year."""

    kind: InstitutionKind
    reached: list[Institution]
    left: list[Institution]

    @property
    def known(self) -> int:
        return len(self.reached) + len(self.left)


@dataclass(frozen=True)
class OutreachBoard:
    region: Region
    year: int
    today: date
    events: list[OutreachEvent]
    yields: list[EventYield]
    places: list[PlacePlan]
    visited: list[VisitedKind]
    agents: AgentBoard

    @property
    def held(self) -> list[OutreachEvent]:
        return [event for event in self.events if event.held_on]

    @property
    def overdue(self) -> list[OutreachEvent]:
        return [event for event in self.events if event.stage(self.today) == EventStage.OVERDUE]

    @property
    def coming(self) -> list[OutreachEvent]:
        return [event for event in self.events if event.stage(self.today) == EventStage.PLANNED]

    @property
    def attended(self) -> int:
        return sum(event.attended or 0 for event in self.held)

    @property
    def cost(self) -> int:
        return sum(event.cost or 0 for event in self.held)

    @cached_property
    def finished(self) -> list[EventYield]:
        """Those of whom the longest window is over."""
        return [one for one in self.yields if one.long.is_over]

    @cached_property
    def planned_ahead(self) -> list[EventYield]:
        return [one for one in self.finished if one.event.was_planned]

    @cached_property
    def estimate(self) -> Estimate | None:
        """Of those whose aim was written down before, and that have places to compare."""
        return _estimate(self.planned_ahead)

    @cached_property
    def hint(self) -> Estimate | None:
        """Of all, where some were written down afterwards; no more than a hint."""
        return _estimate(self.finished) if len(self.finished) > len(self.planned_ahead) else None

    @property
    def never(self) -> list[PlacePlan]:
        """Places without any event this year, held or planned."""
        return [place for place in self.places if not place.events]

    @property
    def audiences(self) -> list[AudienceRow]:
        rows = []
        for audience in Audience:
            held = [event for event in self.held if event.audience == audience]
            topics = [topic for topic in Topic if any(event.topic == topic for event in held)]
            rows.append(AudienceRow(audience, len(held), sum(one.attended or 0 for one in held), topics))
        return rows


def cost_of(one: EventYield) -> int | None:
    """Rupiah for each person who began in the longest window; None while it runs."""
    if not one.long.is_over:
        return None
    return cost_per_person(one.event.cost, one.long.after.people)


def get_outreach_board(user: User, region: Region, year: int, today: date) -> OutreachBoard:
    events = list(list_outreach_events(user, region_code=region.pk, year=year))
    places = (
        _districts(region, events, year)
        if region.level == Level.REGENCY
        else _regencies(region, regencies_of(region, today), events, year)
    )
    return OutreachBoard(
        region,
        year,
        today,
        events,
        yields_of(events, today),
        places,
        _visited(institutions_of(region.pk, _VISITED), events),
        get_agent_board(region.pk, year, today),
    )


def _estimate(yields: Iterable[EventYield]) -> Estimate | None:
    trials = [one.long.trial for one in yields]
    return estimate([trial for trial in trials if trial is not None])


def _districts(region: Region, events: list[OutreachEvent], year: int) -> list[PlacePlan]:
    places = PlaceNames.of([region.pk])[region.pk]
    homes = {(region.pk, village): district for village, district in places.homes.items()}
    began = newcomers([region.pk], date(year, 1, 1), date(year, 12, 1), homes=homes)
    found = []
    for place, name in places.districts.items():
        here = [event for event in events if place_of(event)[0] == place_key(name)]
        found.append(
            PlacePlan(name, "", here, began.of(region.pk, place, date(year, 1, 1), date(year, 12, 1)))
        )
    return found


def _regencies(
    above: Region, regencies: list[Region], events: list[OutreachEvent], year: int
) -> list[PlacePlan]:
    codes = [one.pk for one in regencies]
    first, last = date(year, 1, 1), date(year, 12, 1)
    began = newcomers(codes, first, last) if above.level == Level.PROVINCE else None
    by_code: dict[str, list[OutreachEvent]] = {code: [] for code in codes}
    for event in events:
        if event.region_id in by_code:
            by_code[event.region_id].append(event)
    return [
        PlacePlan(
            one.full_label,
            one.pk,
            by_code[one.pk],
            began.of(one.pk, ("", ""), first, last) if began else None,
        )
        for one in regencies
    ]


def _visited(known: list[Institution], events: list[OutreachEvent]) -> list[VisitedKind]:
    reached = {event.institution_id for event in events if event.held_on and event.institution_id}
    found = []
    for kind in _VISITED:
        of_kind = [one for one in known if one.kind == kind]
        if of_kind:
            found.append(
                VisitedKind(
                    kind,
                    [one for one in of_kind if one.pk in reached],
                    [one for one in of_kind if one.pk not in reached],
                )
            )
    return found
