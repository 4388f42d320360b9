"""Outreach events and Perisai agents: their registers, one event, agents to choose from."""

from datetime import date

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from participants.models import AgentRecruits, OutreachEvent, PerisaiAgent
from regions.access import within
from regions.errors import OutsideScope
from regions.models import Region, User
from regions.selectors.region import in_subtree


def list_outreach_events(
    user: User, *, region_code: str = "", month: date | None = None, year: int | None = None
) -> QuerySet[OutreachEvent]:
    """Of the month or year for which they were planned, or in which they were held."""
    rows = OutreachEvent.objects.filter(within(user, permission=OutreachEvent.fact.listed_with))
    if region_code:
        rows = rows.filter(in_subtree("region__code", region_code))
    if month:
        planned = Q(planned_on__year=month.year, planned_on__month=month.month)
        rows = rows.filter(planned | Q(held_on__year=month.year, held_on__month=month.month))
    if year:
        rows = rows.filter(Q(planned_on__year=year) | Q(held_on__year=year))
    related = ("region", "category", "institution", "agent", "entered_by")
    return rows.select_related(*related).order_by("-planned_on", "-pk")


def get_outreach_event(user: User, pk: int) -> OutreachEvent:
    """Raises OutsideScope."""
    row = list_outreach_events(user).filter(pk=pk).first()
    if row is None:
        raise OutsideScope(pk)
    return row


def events_nearby(codes: set[str], first: date, last: date) -> list[OutreachEvent]:
    """Held in these regions between two days, whoever asks: a place that is compared had none of its own."""
    rows = OutreachEvent.objects.filter(region__in=codes, held_on__range=(first, last))
    return list(rows.order_by("pk"))


def list_perisai_agents(user: User, *, region_code: str = "") -> QuerySet[PerisaiAgent]:
    """`recruited` of all months."""
    rows = PerisaiAgent.objects.filter(within(user, permission=PerisaiAgent.fact.seen_with))
    if region_code:
        rows = rows.filter(in_subtree("region__code", region_code))
    counted: QuerySet[PerisaiAgent] = rows.annotate(recruited=Coalesce(Sum("recruits__people"), 0))
    return counted.select_related("region", "entered_by").order_by("region_id", "number")


def list_agent_recruits(
    user: User, *, region_code: str = "", month: date | None = None
) -> QuerySet[AgentRecruits]:
    rows = AgentRecruits.objects.filter(within(user, permission=AgentRecruits.fact.listed_with))
    if region_code:
        rows = rows.filter(in_subtree("region__code", region_code))
    if month:
        rows = rows.filter(month=month)
    return rows.select_related("region", "agent", "entered_by").order_by(
        "-month", "region_id", "agent__number"
    )


def agents_in(regions: QuerySet[Region]) -> QuerySet[PerisaiAgent]:
    """A form shows their number and area, never their name."""
    rows = PerisaiAgent.objects.filter(region__in=regions)
    return rows.select_related("region").order_by("region", "number")


def agents_at_work(regions: QuerySet[Region]) -> QuerySet[PerisaiAgent]:
    return agents_in(regions).filter(until=None)


def agents_of(region_code: str) -> list[PerisaiAgent]:
    """Of a region and below it, for sums; whoever asks was let in before."""
    rows = PerisaiAgent.objects.filter(in_subtree("region__code", region_code))
    return list(rows.select_related("region").order_by("region", "number"))


def recruits_by_month(agents: list[int]) -> dict[int, dict[date, int]]:
    """Agent → month → people newly registered."""
    found: dict[int, dict[date, int]] = {}
    rows = AgentRecruits.objects.filter(agent__in=agents).values_list("agent", "month", "people")
    for agent, month, people in rows:
        found.setdefault(agent, {})[month] = people
    return found
