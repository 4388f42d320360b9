"""Outreach events and Perisai agents: what is stored, what is refused, when an aim counts as planned."""

from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate

from participants.models import OutreachEvent
from participants.outreach import EventStage
from participants.place_names import place_key
from participants.services.outreach_event import correct_outreach_event, record_outreach_events
from participants.services.perisai_agent import record_agent_recruits, record_perisai_agents
from regions.errors import FactRefused, NotPermitted, OutsideScope
from regions.models import Region
from tests.factories import AgentRecruitsFactory, OutreachEventFactory, PerisaiAgentFactory

pytestmark = pytest.mark.usefixtures("cast")
TODAY = localdate()
DISTRICT = "Ciwandan"


def event(by, **told):
    return record_outreach_events([OutreachEventFactory(**told)], by=by).rows[0]


def problems_of(call):
    with pytest.raises(FactRefused) as refused:
        call()
    return {(problem.field, problem.message) for problem in refused.value.problems}


@pytest.mark.parametrize(
    "name", ["Ciwandan", "KEC. CIWANDAN", " kecamatan  ciwandan ", "Kel. Ciwandan", "desa_ciwandan"]
)
def test_names_of_places_are_compared_in_one_form(name):
    assert place_key(name) == "ciwandan"


def test_a_district_is_written_as_the_register_writes_it(cast):
    stored = event(cast.wayan, district_name="KEC. CIWANDAN")
    assert stored.district_name == DISTRICT
    assert stored.place == DISTRICT


def test_unknown_places_are_refused_with_a_remedy(cast):
    village = Region.objects.create(
        code="36.72.01.1001", name="Gunungsugih", level=4, kind="kelurahan", parent_id="36.72.01"
    )
    district = village.parent.name
    assert event(cast.wayan, district_name=district, village_name="kel. gunungsugih").village_name == (
        "Gunungsugih"
    )
    wrong = {
        ("district_name", "Kecamatan ini tidak ada di wilayah itu. Pilih dari daftarnya, atau kosongkan."),
    }
    assert problems_of(lambda: event(cast.wayan, title="Dua", district_name="Atlantis")) == wrong
    assert problems_of(lambda: event(cast.wayan, title="Tiga", village_name="Gunungsugih")) == {
        ("district_name", "Sebut juga kecamatannya.")
    }
    (told,) = problems_of(
        lambda: event(cast.wayan, title="Empat", district_name=district, village_name="Antah")
    )
    assert told[0] == "village_name"


def test_an_event_goes_from_plan_to_outcome(cast):
    planned = event(cast.wayan, planned_on=TODAY - timedelta(days=2))
    assert planned.stage(TODAY) == EventStage.OVERDUE
    assert planned.stage(planned.planned_on) == EventStage.PLANNED
    new = {"held_on": TODAY - timedelta(days=1), "attended": 41, "cost": 1_900_000}
    held = correct_outreach_event(pk=planned.pk, revision=1, by=cast.wayan, reason="terlaksana", new=new)
    assert held.stage(TODAY) == EventStage.HELD
    assert (held.attended, held.cost) == (41, 1_900_000)
    called_off = event(cast.wayan, title="Batal", cancelled_on=TODAY)
    assert called_off.stage(TODAY) == EventStage.CANCELLED


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"held_on": TODAY + timedelta(days=1), "attended": 1, "cost": 0}, "held_on"),
        ({"held_on": TODAY, "cost": 0}, "attended"),
        ({"held_on": TODAY, "attended": 3}, "cost"),
        ({"attended": 3}, "attended"),
        ({"cost": 3}, "cost"),
        ({"held_on": TODAY, "attended": 3, "cost": 0, "cancelled_on": TODAY}, "cancelled_on"),
        ({"held_on": TODAY, "attended": 3, "cost": -1}, "cost"),
        ({"planned_cost": -1}, "planned_cost"),
        ({"as_of": TODAY + timedelta(days=1)}, "as_of"),
    ],
)
def test_what_cannot_be_is_refused(cast, told, field):
    assert {where for where, _sentence in problems_of(lambda: event(cast.wayan, **told))} == {field}
    assert not OutreachEvent.objects.exists()


def test_an_aim_is_planned_only_if_it_was_said_before(cast):
    """The day of an aim that is changed after the event is the day of the change."""
    row = event(cast.wayan, planned_on=TODAY - timedelta(days=3), district_name=DISTRICT)
    OutreachEvent.objects.filter(pk=row.pk).update(aim_fixed_on=TODAY - timedelta(days=9))
    new = {"held_on": TODAY - timedelta(days=3), "attended": 5, "cost": 0}
    held = correct_outreach_event(pk=row.pk, revision=1, by=cast.wayan, reason="terlaksana", new=new)
    assert held.was_planned
    assert held.aim_fixed_on == TODAY - timedelta(days=9)
    moved = correct_outreach_event(
        pk=row.pk, revision=2, by=cast.wayan, reason="salah kecamatan", new={"district_name": ""}
    )
    assert moved.aim_fixed_on == TODAY
    assert not moved.was_planned
    # Sent once more as it was, an aim stays fixed; sent with another, it does not.
    again = record_outreach_events([OutreachEventFactory(title="Ulang")], by=cast.wayan).rows[0]
    OutreachEvent.objects.filter(pk=again.pk).update(aim_fixed_on=date(2025, 7, 1))
    for told, fixed in (({"note": "sama"}, date(2025, 7, 1)), ({"category_id": "nelayan"}, TODAY)):
        row = OutreachEventFactory(title="Ulang", **told)
        assert record_outreach_events([row], by=cast.wayan, overwrite=True).rows[0].aim_fixed_on == fixed


def test_events_are_of_those_who_look_after_the_region(cast):
    stored = event(cast.wayan)
    with pytest.raises(FactRefused):
        event(cast.budi, title="Orang lain")
    with pytest.raises(OutsideScope):
        correct_outreach_event(pk=stored.pk, revision=1, by=cast.budi, reason="coba", new={"title": "x"})
    with pytest.raises(NotPermitted):
        correct_outreach_event(pk=stored.pk, revision=1, by=cast.ratna, reason="coba", new={"title": "x"})


def test_an_agent_and_whom_they_registered(cast):
    (agent,) = record_perisai_agents([PerisaiAgentFactory(number=" p-007 ")], by=cast.wayan).rows
    assert agent.number == "P-007"
    (told,) = record_agent_recruits([AgentRecruitsFactory(agent=agent)], by=cast.wayan).rows
    assert told.people == 9

    def refused(**changes):
        row = AgentRecruitsFactory(agent=agent, **changes)
        (problem,) = problems_of(lambda: record_agent_recruits([row], by=cast.admin))
        return problem[0]

    assert refused(month=date(2024, 12, 1)) == "month"
    assert refused(month=date(2025, 7, 2)) == "month"
    assert refused(month=date(TODAY.year + 1, 1, 1)) == "month"
    assert refused(region_id="36.73") == "agent"


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"number": "3672010704650001"}, "number"),
        ({"since": TODAY + timedelta(days=1)}, "since"),
        ({"until": date(2024, 1, 1)}, "until"),
    ],
)
def test_an_agent_that_cannot_be_is_refused(cast, told, field):
    row = PerisaiAgentFactory(**told)
    assert {where for where, _ in problems_of(lambda: record_perisai_agents([row], by=cast.wayan))} == {field}
