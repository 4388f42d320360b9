"""Invented outreach of one example city: events of each stage, agents and whom they registered."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.timezone import localdate

from participants.models import AgentRecruits, OutreachEvent, PerisaiAgent
from regions.month import add_months, months_between
from reports.examples.facts import common
from reports.examples.places import Place

_CILEGON = "36.72"
# Name, audience, topic, category, district, month and day; people expected and there, cost planned and paid.
_EVENTS = (
    ("Sosialisasi nelayan Ciwandan", "pekerja", "daftar", "nelayan", "Ciwandan", (2, 12), 60, 54, 3, 3),
    ("Rapat kader posyandu", "pekerja", "gabungan", "kader", "Jombang", (3, 18), 80, 91, 4, 5),
    ("Pasar Kranggot", "umum", "daftar", "pedagang_kaki_lima", "Jombang", (5, 6), 100, 72, 6, 5),
    ("Forum camat dan lurah", "camat", "aturan", None, "", (6, 24), 40, 38, 2, 2),
    ("Linmas Pulomerak", "pekerja", "klaim", "linmas", "Pulomerak", (9, 9), 50, 47, 2, 3),
)
_MILLION = 1_000_000
# Number, district, year before or the same, yearly target, people of each month on average.
_AGENTS = (
    ("P-36-011", "Ciwandan", -1, 120, 8),
    ("P-36-014", "Jombang", -1, 150, 14),
    ("P-36-020", "Pulomerak", 0, 90, 5),
    ("P-36-023", "Citangkil", 0, 90, 0),
)


def outreach_events(place: Place) -> Iterator[OutreachEvent]:
    year = place.span.budget_years[0]
    if place.code != _CILEGON:
        return
    for name, audience, topic, category, district, day, expected, came, planned, paid in _EVENTS:
        told = date(year, *day)
        is_past = told <= localdate()
        yield OutreachEvent(
            **common(place, min(told, localdate())),
            planned_on=told,
            title=name,
            audience=audience,
            topic=topic,
            category_id=category,
            district_name=district,
            expected_people=expected,
            planned_cost=planned * _MILLION,
            held_on=told if is_past else None,
            attended=came if is_past else None,
            cost=paid * _MILLION if is_past else None,
        )


def perisai_agents(place: Place) -> Iterator[PerisaiAgent]:
    if place.code != _CILEGON:
        return
    for number, district, before, target, _people in _AGENTS:
        since = date(place.span.budget_years[0] + before, 1, 6)
        yield PerisaiAgent(
            **common(place, since),
            number=number,
            name=f"Agen Contoh {number[-2:]}",
            district_name=district,
            since=since,
            yearly_target=target,
        )


def agent_recruits(agents: Iterable[PerisaiAgent]) -> Iterator[AgentRecruits]:
    usual = {number: people for number, *_middle, people in _AGENTS}
    for agent in agents:
        first_month = date(agent.since.year, 1, 1)
        for first in months_between(first_month, min(localdate(), add_months(first_month, 23))):
            if not usual.get(agent.number):
                continue
            yield AgentRecruits(
                **{name: getattr(agent, name) for name in ("region_id", "source", "origin")},
                as_of=first,
                agent=agent,
                month=first,
                people=usual[agent.number] + first.month * 7 % 5,
            )
