"""Plans of a region: what they rest on, what they say, who may make them and what becomes of them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from budgets.errors import PlanRefused
from budgets.models import Allocation, Scenario, ScenarioState
from budgets.planning.asked import Base, PlanAsked, read_asked
from budgets.planning.question import WHOLE, Goal
from budgets.selectors.planning.need import list_needs
from budgets.selectors.planning.scenario import get_scenario, result_of
from budgets.selectors.planning.term import least_months
from budgets.services.scenario import accept_scenario, ask_scenario, edit_scenario, work_on_scenarios
from participants.models import CategoryPopulation
from participants.services.category_population import record_category_populations
from participants.services.category_target import record_category_targets
from participants.services.headcount import record_headcounts
from participants.services.membership_count import record_membership_counts
from participants.services.workforce import record_workforces
from regions.errors import NotPermitted, OutsideScope
from regions.models import Act, Region
from reports.selectors.category_need import get_category_need
from reports.selectors.plans.base import coverage_bases, covered_people_of
from reports.selectors.plans.progress import plan_progress
from reports.selectors.plans.shown import shown_plan
from reports.services.recompute import recompute_stale
from tests.cast import KOTA_A, KOTA_B, PROVINCE
from tests.factories import (
    CategoryTargetFactory,
    EnrolmentFactory,
    HeadcountFactory,
    MembershipCountFactory,
    ParticipantFactory,
    WorkforceFactory,
    nik_of,
)
from tests.reports.plans import BASES, COVERED, RATE, YEAR, asked, people, population, solved, stated

__all__ = ["people"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("system")]


def test_the_newest_count_says_how_many_there_are_and_reports_who_is_covered(people, system):
    record_category_populations([population(1_100, year=2026)], by=system)
    record_category_targets([CategoryTargetFactory(category_id="kader", year=2025, people=50)], by=system)
    needs = [
        (line.category, line.wanted, line.covered, line.left, line.basis, line.counted)
        for line in list_needs([KOTA_A, KOTA_B], 2025, COVERED)
    ]
    assert needs == [
        ("buruh_tani", 300, 0, 300, "population", "2025-07"),
        ("kader", 50, 0, 50, "target", "2025-07"),
        ("nelayan", 1_000, 400, 600, "population", "2025-07"),
    ]


def test_as_many_as_the_money_covers_for_the_whole_year(cast, people):
    result = result_of(solved(cast))
    assert [(line.people, line.months, line.rupiah) for line in result.lines] == [(100, 12, 100 * 12 * RATE)]
    assert result.edited.rupiah == 20_160_000
    assert result.nothing == [Decimal("5.00")] * 12
    assert result.edited.coverage == [Decimal("6.00")] * 12


def test_a_target_is_met_at_the_least_cost(cast, people):
    """From 500 to 700 of 10,000 workers: 200 people for the three months of the shortest cover."""
    wanted = asked(None, goal=Goal.COST, target=Decimal(7), least_months=3)
    result = result_of(solved(cast, wanted))
    assert result.edited.people == 200
    assert result.edited.rupiah == 200 * 3 * RATE
    assert result.edited.coverage[8:] == [Decimal("5.00"), *[Decimal("7.00")] * 3]


def test_nobody_is_counted_who_is_covered_already_unless_all_are_renewed(cast, people):
    everybody = asked(10**12, renews=True)
    assert result_of(solved(cast, asked(10**12))).edited.people == 900
    assert result_of(solved(cast, everybody)).edited.people == 1_300


def test_a_region_has_no_more_people_to_cover_than_workers_without(cast, people):
    bases = {KOTA_A: Base(9_950, 10_000, "2025-07")}
    assert result_of(solved(cast, asked(10**12), bases=bases)).edited.people == 50


def test_what_a_source_may_not_pay_for_it_does_not(cast, people):
    wanted = asked(ceilings={"dbh_cht": 10**12, "nphd": 10**12})
    scenario = solved(cast, wanted)
    assert {(line.category, line.source) for line in result_of(scenario).lines} == {("buruh_tani", "dbh_cht")}
    assert scenario.inputs["laws"]["dbh_cht"] == "PMK 215/2021; PMK 72/2024"


def test_mandatory_categories_and_floors_come_first(cast, people):
    wanted = asked(mandatory=("buruh_tani",), floors={"nelayan": 1})
    scenario = solved(cast, wanted)
    plan = shown_plan(scenario)
    # Money for a hundred: the farm hands are three hundred, and mandatory before the floor.
    assert {(line.line.category, line.line.people) for line in plan.lines} == {("buruh_tani", 100)}
    assert any("diminta 300 orang, rencana terdekat memberi 100, kurang 200" in one for one in plan.clashes)
    assert any("diminta 1 orang, rencana terdekat memberi 0, kurang 1" in one for one in plan.clashes)


def test_own_prices_and_leaving_members_are_assumptions(cast, people):
    wanted = asked(rate=20_000, churn=Decimal(12), growth=Decimal(6))
    result = result_of(solved(cast, wanted))
    assert result.edited.people == 100 * 12 * RATE // (12 * 20_000)
    # 500 members lose 12 percent in a year, 10,000 workers gain 6: 440 and 84 of 10,600.
    assert result.edited.coverage[-1] == Decimal("4.94")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"ceilings": {WHOLE: 1_000_000}}, "ceilings"),
        ({"ceilings": {"apbd_kabkota": -1}}, "ceilings"),
        ({"goal": Goal.COST}, "target"),
        ({"first": 6}, "least_months"),
        ({"target": Decimal(500)}, "target"),
        ({"floors": {"nelayan": 9_999}}, "floor_nelayan"),
        ({"ceilings": {"emas": 1_000}}, "ceilings"),
        ({"region": "ID"}, "region"),
    ],
)
def test_what_cannot_be_planned_is_said_at_once(cast, people, change, field):
    with pytest.raises(PlanRefused) as refused:
        ask_scenario(asked=asked(**change), name="x", bases=BASES, covered=COVERED, by=cast.dewi)
    assert refused.value.field == field
    assert not Scenario.objects.exists()


def test_without_a_count_nothing_is_guessed(cast, system):
    with pytest.raises(PlanRefused, match="Catat jumlah pekerja per kategori"):
        stated(asked(), BASES)


def test_a_target_needs_the_coverage_of_all_regions(cast, people):
    with pytest.raises(PlanRefused, match="cakupan 1 wilayah belum diketahui") as refused:
        stated(asked(target=Decimal(7)), {})
    assert refused.value.field == "target"


def test_a_category_whose_price_is_not_known_is_named(cast, system):
    record_category_populations([population(10, "non_asn"), population(10)], by=system)
    scenario = solved(cast, asked(10**9))
    assert shown_plan(scenario).unpriced == ["Pegawai non-ASN"]


def test_the_coverage_that_stands_is_the_base(cast, system):
    record_workforces([WorkforceFactory(region_id=KOTA_A, workers=1_000)], by=system)
    record_membership_counts([MembershipCountFactory(segment="all", members=250)], by=system)
    recompute_stale()
    assert coverage_bases(cast.dewi, [KOTA_A, KOTA_B], YEAR) == {KOTA_A: Base(250, 1_000, "2025-07")}
    assert coverage_bases(None, [KOTA_A], 2024) == {}
    assert coverage_bases(cast.budi, [KOTA_A], YEAR) == {}


def test_who_is_covered_is_what_the_page_of_needs_says_named_only_too(cast, people, system):
    """A category that no report of Kota B counts, but of which it lists three by name."""
    for number in range(1, 4):
        person = ParticipantFactory(region_id=KOTA_B, entered_by=cast.budi, digits=nik_of(number))
        EnrolmentFactory(participant=person, category_id="nelayan", entered_by=cast.budi)
    record_headcounts([HeadcountFactory(region_id=KOTA_B, category_id="kader", people=7)], by=system)
    recompute_stale()
    covered = covered_people_of(cast.dewi, [KOTA_A, KOTA_B], YEAR)
    need = get_category_need(cast.dewi, Region.objects.get(pk=KOTA_A), date(2026, 1, 1))
    assert covered.people[KOTA_A, "nelayan"] == 400
    assert {row.category.pk: row.covered for row in need.rows}["nelayan"] == 400
    assert covered.people[KOTA_B, "nelayan"] == 3
    assert covered_people_of(None, [KOTA_A], 2024).people == {}
    assert covered_people_of(cast.ratna, [KOTA_A], YEAR).people == {}


def test_a_shortest_cover_is_a_dated_rule():
    assert least_months(2026) == 3
    assert least_months(2015) == 1


def test_edited_lines_are_counted_again_and_a_ceiling_passed_is_shown(cast, people):
    scenario = solved(cast)
    edited = edit_scenario(pk=scenario.pk, people=[150], by=cast.dewi)
    result = result_of(edited)
    assert (result.edited.people, result.edited.rupiah) == (150, 150 * 12 * RATE)
    assert (result.optimum.people, result.optimum.rupiah) == (100, 100 * 12 * RATE)
    assert result.over == {"apbd_kabkota": 50 * 12 * RATE}
    with pytest.raises(PlanRefused, match="melampaui pagu"):
        accept_scenario(pk=scenario.pk, by=cast.dewi)
    with pytest.raises(PlanRefused, match="orang yang belum terlindungi"):
        edit_scenario(pk=scenario.pk, people=[5_000], by=cast.dewi)
    with pytest.raises(PlanRefused, match="Salin lebih dahulu"):
        edit_scenario(pk=scenario.pk, people=[1, 2], by=cast.dewi)
    assert result_of(get_scenario(cast.dewi, scenario.pk)).edited.people == 150


def test_one_source_may_go_on_where_another_ends(cast, people):
    """A line of five months and one of seven are the same people, and saving them unchanged is no excess."""
    scenario = solved(cast, asked(10**12, categories=("buruh_tani",)))
    (line,) = scenario.answer["lines"]
    halves = [line | {"months": 5}, line | {"first": 5, "months": 7}]
    scenario.answer = scenario.answer | {"lines": halves}
    scenario.save(update_fields=["answer"])
    edit_scenario(pk=scenario.pk, people=[300, 300], by=cast.dewi)
    with pytest.raises(PlanRefused, match="hanya 300 orang"):
        edit_scenario(pk=scenario.pk, people=[300, 301], by=cast.dewi)


def test_an_accepted_plan_changes_no_more(cast, people):
    scenario = solved(cast)
    accepted = accept_scenario(pk=scenario.pk, by=cast.dewi)
    assert (accepted.accepted_by, accept_scenario(pk=scenario.pk, by=cast.siti).accepted_by) == (
        cast.dewi,
        cast.dewi,
    )
    with pytest.raises(PlanRefused):
        edit_scenario(pk=scenario.pk, people=[1], by=cast.dewi)
    acts = Act.objects.filter(region_code=KOTA_A, subject__startswith="skenario rencana")
    assert [act.verb for act in acts.order_by("pk")] == ["recorded", "corrected"]


def test_a_waiting_plan_cannot_be_accepted(cast, people):
    made = ask_scenario(asked=asked(), name="x", bases=BASES, covered=COVERED, by=cast.dewi)
    with pytest.raises(PlanRefused):
        accept_scenario(pk=made.pk, by=cast.dewi)


def test_the_same_question_has_the_same_mark_and_another_one_has_not(cast, people):
    one, same, other = solved(cast), solved(cast), solved(cast, asked(5_000_000))
    assert one.fingerprint == same.fingerprint != other.fingerprint
    assert one.answer["lines"] == same.answer["lines"]
    assert read_asked(one.asked) == asked()


def test_facts_that_went_away_fail_the_plan_with_a_sentence(cast, people):
    made = ask_scenario(asked=asked(), name="x", bases=BASES, covered=COVERED, by=cast.dewi)
    CategoryPopulation.objects.all().delete()
    assert work_on_scenarios() == 1
    failed = Scenario.objects.get(pk=made.pk)
    assert failed.state == ScenarioState.FAILED
    assert "Catat jumlah pekerja" in failed.failure
    assert work_on_scenarios() == 0


def test_who_may_plan(cast, people):
    for person, refusal in (
        (cast.budi, OutsideScope),
        (cast.ratna, NotPermitted),
        (cast.lestari, NotPermitted),
    ):
        with pytest.raises(refusal):
            ask_scenario(asked=asked(), name="x", bases=BASES, covered=COVERED, by=person)
    scenario = solved(cast)
    with pytest.raises(OutsideScope):
        get_scenario(cast.budi, scenario.pk)
    with pytest.raises(NotPermitted):
        accept_scenario(pk=scenario.pk, by=cast.lestari)
    assert get_scenario(cast.lestari, scenario.pk) == scenario


def test_a_province_shares_one_ceiling_among_its_cities(cast, people, system):
    record_category_populations([population(80, region=KOTA_B)], by=system)
    wanted = PlanAsked(PROVINCE, YEAR, {"apbd_provinsi": 950 * 12 * RATE}, least_months=12)
    bases = {code: Base(0, 10_000, "2025-07") for code in (KOTA_A, KOTA_B)}
    result = result_of(solved(cast, wanted, bases=bases))
    assert result.edited.people == 950
    assert {line.region for line in result.lines} == {KOTA_A, KOTA_B}


def test_a_plan_that_was_decided_on_becomes_budget_lines(cast, people, client_of):
    scenario = solved(cast)
    address = reverse("plan_budget", args=[scenario.pk])
    form = {"decided_on": "2025-12-20", "document": "Perda APBD 2026", "legal_basis": "Perwal 1/2025"}
    client = client_of(cast.dewi)
    assert "Pakai rencana ini lebih dahulu" in client.post(address, form, follow=True).content.decode()
    assert not Allocation.objects.exists()
    accept_scenario(pk=scenario.pk, by=cast.dewi)
    assert client.post(address, form | {"decided_on": "2020-01-01"}).status_code == 422
    for _twice in range(2):
        assert client.post(address, form).status_code == 302
    (line,) = Allocation.objects.all()
    assert (line.amount, line.heads, line.months, line.monthly_rate) == (20_160_000, 100, 12, RATE)
    assert (line.region_id, line.year, line.funding_id, line.document) == (
        KOTA_A,
        YEAR,
        "apbd_kabkota",
        "Perda APBD 2026",
    )
    assert line.source == f"Skenario rencana {scenario.pk}: Pagu tetap"


def test_a_used_plan_stands_beside_what_was_reported(cast, people, system):
    record_category_populations([population(1_000, year=2026)], by=system)
    wanted = replace(asked(), year=2025, first=5, least_months=7, categories=("nelayan",))
    scenario = solved(cast, wanted)
    assert plan_progress(cast.dewi, scenario) is None
    accepted = accept_scenario(pk=scenario.pk, by=cast.dewi)
    recompute_stale()
    progress = plan_progress(cast.dewi, accepted)
    # 100 for twelve months are 171 for seven; 400 were covered before, and July told no more than those.
    assert [(row.planned, row.reported) for row in progress.months[4:8]] == [
        (400, None),
        (571, None),
        (571, 400),
        (571, None),
    ]
    assert progress.newest == date(2025, 7, 1)
    assert [(row.name, row.planned, row.reported, row.difference) for row in progress.categories] == [
        ("Nelayan", 571, 400, -171)
    ]
