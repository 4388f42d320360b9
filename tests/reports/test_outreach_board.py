"""What a region's outreach comes to, counted from lists by name, whole results of made-up histories."""

from datetime import date

import numpy as np
import pytest
from django.urls import reverse

from participants.models import Enrolment, OutreachEvent, Participant
from participants.selectors.persons.newcomers import Began, newcomers
from participants.services.outreach_event import record_outreach_events
from participants.services.perisai_agent import record_agent_recruits, record_perisai_agents
from regions.enums import InstitutionKind
from regions.models import Institution, Region
from regions.models.region import NATION
from regions.month import add_months
from regions.selectors.region import list_district_names
from reports.outreach_words import compared_words, conclusion_of
from reports.selectors.outreach.board import cost_of, get_outreach_board
from reports.selectors.outreach.places import PlaceNames
from reports.selectors.outreach.yields import yields_of
from tests.cast import KOTA_A, KOTA_B, PROVINCE
from tests.factories import (
    AgentRecruitsFactory,
    EnrolmentFactory,
    OutreachEventFactory,
    ParticipantFactory,
    PerisaiAgentFactory,
)

pytestmark = pytest.mark.usefixtures("cast")
TODAY = date(2026, 3, 20)
FIRST, MONTHS = date(2024, 1, 1), 24
HELD = (date(2025, 2, 12), date(2025, 5, 6), date(2025, 8, 19), date(2025, 9, 9))


@pytest.fixture
def districts():
    return list_district_names(Region.objects.get(pk=KOTA_A))


def people(by, begins, *, funding="apbd_kabkota", category="nelayan"):
    """One person for each (district, month) of `begins`, as a list brings them."""
    persons = [
        ParticipantFactory.build(
            region_id=KOTA_A,
            entered_by=by,
            district_name=district,
            nik_digest=serial.to_bytes(32, "big"),
            nik_sealed=b"x",
        )
        for serial, (district, _month) in enumerate(begins, start=Participant.objects.count() + 1)
    ]
    Participant.objects.bulk_create(persons)
    Enrolment.objects.bulk_create(
        EnrolmentFactory.build(
            participant=person,
            region_id=KOTA_A,
            entered_by=by,
            first_month=month,
            category_id=category,
            funding_id=funding,
        )
        for person, (_district, month) in zip(persons, begins, strict=True)
    )


def history(districts, drawn, *, effect):
    """(district, month) for each newcomer; where an event was held, `effect` more over its months."""
    begins = []
    for place, district in enumerate(districts):
        usual = 4 + 2 * (place % 3)
        for count in range(MONTHS):
            begins += [(district, add_months(FIRST, count))] * int(drawn.poisson(usual))
    for held, district in zip(HELD, districts, strict=False):
        begins += [(district, add_months(held.replace(day=1), 1))] * effect
    return begins


def held_events(by, districts, *, planned=True):
    rows = [
        OutreachEventFactory(
            title=f"Sosialisasi {district}",
            planned_on=day,
            held_on=day,
            attended=60,
            cost=3_000_000,
            district_name=district,
            category_id="nelayan",
        )
        for day, district in zip(HELD, districts, strict=False)
    ]
    stored = record_outreach_events(rows, by=by).rows
    if planned:
        OutreachEvent.objects.update(aim_fixed_on=date(2025, 1, 2))
    return stored


def board_of(cast, year=2025):
    return get_outreach_board(cast.wayan, Region.objects.get(pk=KOTA_A), year, TODAY)


def test_newcomers_are_counted_where_and_when_they_begin(cast, districts):
    first, second = districts[:2]
    people(cast.wayan, [(f"KEC. {first.upper()}", date(2025, 3, 1))] * 3)
    people(cast.wayan, [(first, date(2025, 4, 1)), (second, date(2025, 4, 1))], funding="mandiri")
    people(cast.wayan, [("", date(2025, 4, 1))])
    person = Participant.objects.filter(district_name=second).get()
    EnrolmentFactory(
        participant=person, entered_by=cast.wayan, first_month=date(2025, 6, 1), category_id="kader"
    )
    counted = newcomers([KOTA_A], date(2025, 1, 1), date(2025, 12, 1))
    key = first.casefold()
    year = (date(2025, 1, 1), date(2025, 12, 1))
    assert counted.of(KOTA_A, (key, ""), *year) == Began(4, 1)
    assert counted.of(KOTA_A, (key, ""), date(2025, 4, 1), date(2025, 4, 1)) == Began(1, 1)
    assert counted.of(KOTA_A, ("", ""), *year) == Began(6, 2)
    # Somebody new in a category is no newcomer to the region.
    of_kader = newcomers([KOTA_A], *year, "kader")
    assert of_kader.of(KOTA_A, ("", ""), *year) == Began(1, 0)
    assert counted.of(KOTA_A, ("", ""), date(2025, 6, 1), date(2025, 6, 1)) == Began(0, 0)


def test_what_came_after_an_event_is_every_person_who_began_there(cast, districts):
    begins = history(districts, np.random.default_rng(5), effect=0)
    people(cast.wayan, begins)
    (event, *_rest) = held_events(cast.wayan, districts[:1])
    (one,) = yields_of([event], TODAY)
    counted = {
        district: [sum(begin == (district, add_months(FIRST, n)) for begin in begins) for n in range(MONTHS)]
        for district in districts
    }
    # 12 February 2025: 30 days end in March, 90 in May.
    own = counted[districts[0]]
    assert (one.short.after.people, one.short.before.people) == (sum(own[13:15]), sum(own[11:13]))
    assert (one.long.after.people, one.long.before.people) == (sum(own[13:17]), sum(own[9:13]))
    assert {place.name: (place.before, place.after) for place in one.long.compared} == {
        district: (sum(months[9:13]), sum(months[13:17]))
        for district, months in counted.items()
        if district != districts[0]
    }
    assert cost_of(one) == round(3_000_000 / one.long.after.people)


def test_places_with_an_event_of_their_own_are_not_compared(cast, districts):
    people(cast.wayan, history(districts, np.random.default_rng(6), effect=0))
    first, second, *_rest = held_events(cast.wayan, districts)
    told = {one.event.pk: one for one in yields_of([first, second], TODAY)}
    names = {place.name for place in told[first.pk].long.compared}
    # May lies within the months after the event of February; August does not.
    assert names == set(districts) - {districts[0], districts[1]}
    everywhere = OutreachEventFactory(
        title="Seluruh kota", held_on=date(2025, 3, 3), planned_on=date(2025, 3, 3), attended=9, cost=0
    )
    record_outreach_events([everywhere], by=cast.wayan)
    assert yields_of([first], TODAY)[0].long.compared == []


@pytest.mark.parametrize("seed", range(4))
def test_a_known_effect_is_found_within_its_interval(cast, districts, seed):
    people(cast.wayan, history(districts, np.random.default_rng(seed), effect=45))
    held_events(cast.wayan, districts)
    told = board_of(cast).estimate
    assert told.is_more
    assert told.low <= 45 <= told.high
    assert "lebih banyak" in conclusion_of(board_of(cast))[-1]
    assert "bukan sebab" in conclusion_of(board_of(cast))[-1]


@pytest.mark.parametrize("seed", range(10, 14))
def test_none_is_claimed_where_there_is_none(cast, districts, seed):
    people(cast.wayan, history(districts, np.random.default_rng(seed), effect=0))
    held_events(cast.wayan, districts)
    told = board_of(cast).estimate
    assert not told.is_found
    assert told.low <= 0 <= told.high
    assert "tidak terlihat hasil" in conclusion_of(board_of(cast))[-1]


def test_aims_written_down_afterwards_are_a_hint_only(cast, districts):
    people(cast.wayan, history(districts, np.random.default_rng(1), effect=45))
    held_events(cast.wayan, districts, planned=False)
    board = board_of(cast)
    assert board.estimate is None
    assert board.hint.is_more
    assert "belum dapat dinilai" in conclusion_of(board)[-1]


def test_months_that_run_are_not_judged(cast, districts):
    (event,) = held_events(cast.wayan, districts[:1])
    (one,) = yields_of([event], date(2025, 4, 30))
    assert one.short.is_over
    assert not one.long.is_over
    assert (one.long.trial, cost_of(one)) == (None, None)


def test_lists_that_are_silent_compare_nothing(cast, districts):
    (event,) = held_events(cast.wayan, districts[:1])
    (one,) = yields_of([event], TODAY)
    assert one.long.is_over
    assert one.long.trial is None
    assert "tidak ada yang dapat dibandingkan" in compared_words(one)


def test_the_board_tells_plan_audience_institutions_and_agents(cast, districts, client_of):
    people(cast.wayan, [(districts[0], date(2025, 3, 1))] * 5)
    people(cast.wayan, [(districts[0], date(2025, 3, 1))] * 2, funding="mandiri")
    seen, left = (
        Institution.objects.create(code=code, name=name, kind=InstitutionKind.OPD, region_id=KOTA_A)
        for code, name in (("dinas-uji", "Dinas Uji"), ("badan-uji", "Badan Uji"))
    )
    held_events(cast.wayan, districts[:1])
    plan = {"planned_on": date(2026, 6, 1), "title": "Nanti", "district_name": districts[1]}
    office = {"title": "OPD", "audience": "opd", "institution": seen, "topic": "aturan"}
    done = {"planned_on": date(2025, 4, 1), "held_on": date(2025, 4, 1), "attended": 12, "cost": 500_000}
    record_outreach_events(
        [OutreachEventFactory(**plan), OutreachEventFactory(**office, **done)], by=cast.wayan
    )
    agent, silent = record_perisai_agents(
        [PerisaiAgentFactory(), PerisaiAgentFactory(number="P-002", yearly_target=60)], by=cast.wayan
    ).rows
    record_agent_recruits(
        [AgentRecruitsFactory(agent=agent, month=date(2025, 11, 1), people=30)], by=cast.wayan
    )
    board = board_of(cast)
    assert (len(board.held), board.attended, board.cost) == (2, 72, 3_500_000)
    assert {place.name for place in board.never} == set(districts[1:])
    place = next(one for one in board.places if one.name == districts[0])
    assert (len(place.held), place.began, place.began.paid_by_others) == (1, Began(7, 2), 5)
    rows = {row.audience.value: (row.held, row.attended) for row in board.audiences if row.held}
    assert rows == {"pekerja": (1, 60), "opd": (1, 12)}
    (visited,) = [one for one in board.visited if one.kind == InstitutionKind.OPD]
    assert seen in visited.reached
    assert left in visited.left
    agents = board.agents
    assert (agents.at_work, agents.more, agents.recruited, agents.target) == (2, 2, 30, 180)
    assert [row.agent for row in agents.silent] == [silent]
    assert [one.name for one in board_of(cast, 2026).places if one.planned] == [districts[1]]
    page = client_of(cast.wayan).get(reverse("outreach_board", args=[KOTA_A]), {"tahun": "2025"})
    assert b"2 kegiatan terlaksana dalam 2025, dihadiri 72 orang" in page.content
    assert b"Agen Uji" not in page.content


def test_a_province_is_told_by_its_regencies(cast, districts):
    people(cast.wayan, [(districts[0], date(2025, 3, 1))] * 3)
    held_events(cast.wayan, districts[:1])
    board = get_outreach_board(cast.lestari, Region.objects.get(pk=PROVINCE), 2025, TODAY)
    told = {place.code: (len(place.held), place.began.people) for place in board.places if place.events}
    assert told == {KOTA_A: (1, 3)}
    assert len(board.yields) == 1


def test_who_reads_closed_months_only_learns_nothing_of_newcomers(cast, districts, client_of):
    people(cast.wayan, [(districts[0], date(2025, 3, 1))] * 7)
    (event,) = held_events(cast.wayan, districts[:1])
    address = reverse("outreach_event_detail", args=[event.pk])
    assert "Peserta baru sesudahnya</h2>" in client_of(cast.wayan).get(address).content.decode()
    leader = client_of(cast.ratna).get(address)
    assert leader.status_code == 200
    assert leader.context["came"] is None
    assert client_of(cast.budi).get(address).status_code == 404


def test_the_places_of_many_regencies_are_read_in_two_questions(django_assert_num_queries):
    with django_assert_num_queries(2):
        found = PlaceNames.of([KOTA_A, KOTA_B])
    assert found[KOTA_A].districts and found[KOTA_B].districts
    assert not found[KOTA_A].districts.keys() & found[KOTA_B].districts.keys()


def test_above_provinces_nobody_is_counted(cast):
    nation = get_outreach_board(cast.wayan, Region.objects.get(pk=NATION), 2025, TODAY)
    assert nation.places and {place.began for place in nation.places} == {None}
    province = get_outreach_board(cast.wayan, Region.objects.get(pk=PROVINCE), 2025, TODAY)
    assert None not in {place.began for place in province.places}
