"""Plans of a region: what they rest on, who may make them, and what their pages, files and command say."""

import json
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from zipfile import ZipFile

import docx
import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from python_calamine import CalamineWorkbook

from budgets.errors import PlanRefused
from budgets.models import Allocation, Scenario, ScenarioState
from budgets.planning.asked import Base, PlanAsked, read_asked
from budgets.planning.codec import read_answer
from budgets.planning.question import WHOLE, Goal
from budgets.selectors.planning.need import Covered, list_needs
from budgets.selectors.planning.scenario import get_scenario, result_of
from budgets.selectors.planning.stated import Grounds, state
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
from regions.rate import rate_of
from reports.selectors.category_need import get_category_need
from reports.selectors.plans.base import coverage_bases, covered_people_of
from reports.selectors.plans.compared import compared
from reports.selectors.plans.opened import opened_ceiling, opened_month
from reports.selectors.plans.progress import plan_progress
from reports.selectors.plans.shown import shown_plan
from reports.selectors.plans.variant import variant_of
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

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("system")]

YEAR = 2026
RATE = 16_800
COVERED = Covered({KOTA_A: "2025-07"}, {(KOTA_A, "nelayan"): 400})
BASES = {KOTA_A: Base(500, 10_000, "2025-07")}


def population(people, category="nelayan", region=KOTA_A, year=2025):
    return CategoryPopulation(
        region_id=region,
        year=year,
        category_id=category,
        kind="register",
        people=people,
        source="Register Dinas",
        as_of=date(year, 6, 30),
    )


@pytest.fixture
def people(cast, system):
    """1,000 fishers of whom 400 are paid for; 300 farm hands of whom nobody is known to be."""
    record_category_populations([population(1_000), population(300, "buruh_tani")], by=system)
    record_headcounts(
        [HeadcountFactory(category_id="nelayan", month=date(2025, 7, 1), people=400)], by=system
    )


def asked(ceiling=100 * 12 * RATE, **more):
    ceilings = {"apbd_kabkota": -1} if ceiling is None else {"apbd_kabkota": ceiling}
    return PlanAsked(**{"region": KOTA_A, "year": YEAR, "ceilings": ceilings, "least_months": 12} | more)


def stated(wanted, bases):
    return state(wanted, Grounds.read(wanted, [KOTA_A], bases, COVERED))


def solved(cast, wanted=None, **more):
    made = ask_scenario(
        asked=wanted or asked(),
        name="Pagu tetap",
        bases=more.pop("bases", BASES),
        covered=COVERED,
        by=cast.dewi,
        **more,
    )
    assert work_on_scenarios() == 1
    return get_scenario(cast.dewi, made.pk)


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


def test_what_the_plan_hangs_on_is_said_the_weightiest_first(cast, people):
    """A hundred for twelve months at 16,800; at 15,120 there would be 111, and ten months buy 120."""
    plan = shown_plan(solved(cast))
    swings = {one.words: (one.low, one.low_worth, one.high, one.high_worth) for one in plan.swings}
    assert swings == {
        "Iuran": ("\N{MINUS SIGN}10%", 111, "+10%", 90),
        "Lama paling singkat (bulan)": ("10", 120, "12", 100),
    }
    assert [one.span for one in plan.swings] == [21, 20]


def test_side_by_side(cast, people):
    few, many = solved(cast, asked(10 * 12 * RATE)), solved(cast)
    table = compared([few, many])
    rows = dict(table["rows"])
    assert table["scenarios"] == [few, many]
    assert rows["Orang terlindungi pada Desember"] == ["10", "100"]
    assert rows["Biaya"] == ["Rp2.016.000", "Rp20.160.000"]


def test_the_annex_adds_up_by_itself(cast, people, client_of):
    scenario = solved(cast)
    client = client_of(cast.dewi)
    answer = client.get(reverse("plan_annex", args=[scenario.pk, "xlsx"]))
    with ZipFile(BytesIO(answer.content)) as parts:
        formulas = re.findall("<f>([^<]+)</f>", parts.read("xl/worksheets/sheet1.xml").decode())
    assert formulas == ["I5*J5", "H5*K5", "SUM(H5:H5)", "SUM(L5:L5)"]
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert [row[11] for row in rows if isinstance(row[11], float)] == [20_160_000, 20_160_000]
    document = docx.Document(BytesIO(client.get(reverse("plan_annex", args=[scenario.pk, "docx"])).content))
    texts = [cell.text for row in document.tables[0].rows for cell in row.cells]
    assert texts.count("Rp20.160.000") == 2
    assert "Rp16.800" in texts


def form_of(**more):
    return {
        "name": "Dua miliar",
        "goal": "people",
        "ceiling": "20.160.000",
        "first": "0",
        "least_months": "12",
        "programmes": ["jkk", "jkm"],
        "use_apbd_kabkota": "on",
        "take_nelayan": "on",
        "take_buruh_tani": "on",
        **more,
    }


def test_from_the_form_to_the_page(cast, people, client_of):
    client = client_of(cast.dewi)
    address = reverse("plan_create") + f"?wilayah={KOTA_A}&tahun={YEAR}"
    assert "Buruh tani" in client.get(address).content.decode()
    answer = client.post(address, form_of())
    scenario = Scenario.objects.get()
    assert answer.headers["Location"] == reverse("plan_page", args=[scenario.pk])
    assert "menunggu" in client.get(answer.headers["Location"]).content.decode().lower()
    work_on_scenarios()
    page = client.get(answer.headers["Location"]).content.decode()
    assert "100 orang terlindungi sampai akhir 2026 dengan Rp20.160.000" in page
    copy = client.get(reverse("plan_create") + f"?salin={scenario.pk}").content.decode()
    assert 'value="20160000"' in copy or 'value="20.160.000"' in copy
    client.post(reverse("plan_edit", args=[scenario.pk]), {"people": ["90"]})
    assert "90 orang terlindungi" in client.get(answer.headers["Location"]).content.decode()
    refused = client.post(reverse("plan_edit", args=[scenario.pk]), {"people": ["banyak"]}, follow=True)
    assert "Belum ada yang berubah" in refused.content.decode()
    client.post(reverse("plan_accept", args=[scenario.pk]))
    assert Scenario.objects.get().accepted_by == cast.dewi


def test_a_refusal_stays_on_the_form(cast, people, client_of):
    address = reverse("plan_create") + f"?wilayah={KOTA_A}&tahun={YEAR}"
    answer = client_of(cast.dewi).post(address, form_of(goal="cost", ceiling=""))
    assert answer.status_code == 422
    assert "Biaya terendah memerlukan tujuan" in answer.content.decode()


ASKED = ("--region", KOTA_A, "--year", "2026")


def told_by_command(*arguments):
    out = StringIO()
    call_command("plan", *arguments, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_the_command_says_the_same_as_the_page(cast, people):
    told = told_by_command(
        "--region", KOTA_A, "--year", "2026", "--ceiling", "20160000", "--least-months", "12"
    )
    assert told["status"] == "optimal"
    assert (told["objective"], told["people"], told["rupiah"], told["gap"]) == (100, 100, 20_160_000, 0.0)
    assert told["lines"] == [
        {
            "region": KOTA_A,
            "category": told["lines"][0]["category"],
            "source": "apbd_kabkota",
            "first": 1,
            "months": 12,
            "people": 100,
            "rupiah": 20_160_000,
        }
    ]
    assert told["binding"] == ["ceiling:all"]
    assert told["one_million_more"] == {"all": 4}


def test_the_command_refuses_with_a_sentence(cast, system):
    told = told_by_command(*ASKED, "--ceiling", "1")
    assert told["status"] == "refused"
    assert "Catat jumlah pekerja per kategori" in told["why"]


def test_every_line_opens_to_its_formula_tariff_need_and_assumptions(cast, people, client_of):
    scenario = solved(cast, asked(300 * 12 * RATE, programmes=("jkk", "jkm")))
    page = client_of(cast.dewi).get(reverse("plan_page", args=[scenario.pk])).content.decode()
    lines = result_of(scenario).lines
    assert lines
    for line in lines:
        address = reverse("plan_line", args=[scenario.pk, line.place])
        assert f'href="{address}"' in page
        opened = client_of(cast.dewi).get(address).content.decode()
        assert f"{line.people} orang × 12 bulan × Rp16.800" in opened
        assert "Register Dinas" in opened
        assert "PP" in opened
        assert "Tarifnya kini lain" not in opened
    assert client_of(cast.dewi).get(reverse("plan_line", args=[scenario.pk, 99])).status_code == 404
    assert client_of(cast.budi).get(reverse("plan_line", args=[scenario.pk, 0])).status_code == 404


def test_every_month_opens_to_members_workers_and_lines(cast, people, client_of):
    """500 of 10,000 and 300 planned; members leave, workers are added, by the plan's assumptions."""
    wanted = asked(300 * 12 * RATE, churn=Decimal(12), growth=Decimal(6))
    scenario = solved(cast, wanted)
    client = client_of(cast.dewi)
    page = client.get(reverse("plan_page", args=[scenario.pk])).content.decode()
    result = result_of(scenario)
    for number in range(1, 13):
        address = reverse("plan_month", args=[scenario.pk, number])
        assert f'href="{address}"' in page
        opened = opened_month(scenario, shown_plan(scenario), number - 1)
        assert opened.members == 500 - 5 * number
        assert opened.workers == 10_000 + 50 * number
        assert opened.planned == result.edited.by_month[number - 1] == 300
        assert opened.rate == result.edited.coverage[number - 1]
        assert opened.rate == rate_of(opened.covered, opened.workers)
    told = client.get(reverse("plan_month", args=[scenario.pk, 12])).content.decode()
    assert "(440 peserta + 300 orang dari rencana) ÷ 10.600 pekerja = 6,98%" in told
    assert reverse("plan_line", args=[scenario.pk, 0]) in told
    assert client.get(reverse("plan_month", args=[scenario.pk, 13])).status_code == 404
    assert client.get(reverse("plan_month", args=[scenario.pk, 0])).status_code == 404
    assert client_of(cast.budi).get(reverse("plan_month", args=[scenario.pk, 1])).status_code == 404


def test_every_ceiling_opens_to_the_lines_it_pays_for(cast, people, client_of):
    scenario = solved(cast, asked(300 * 12 * RATE))
    client = client_of(cast.dewi)
    address = reverse("plan_ceiling", args=[scenario.pk, "apbd_kabkota"])
    assert f'href="{address}"' in client.get(reverse("plan_page", args=[scenario.pk])).content.decode()
    told = client.get(address).content.decode()
    assert "Rp60.480.000 − Rp60.480.000 = Rp0 tidak terpakai" in told
    opened = opened_ceiling(scenario, shown_plan(scenario), "apbd_kabkota")
    assert opened.spent == opened.shown.spent == sum(one.line.rupiah for one in opened.lines)
    for unknown in ("semua", "csr"):
        assert client.get(reverse("plan_ceiling", args=[scenario.pk, unknown])).status_code == 404


def test_other_ceilings_and_assumptions_open_as_plans_of_their_own(cast, people, client_of):
    """What the curve and the swings say comes out when it is asked as a plan."""
    scenario = solved(cast, asked(300 * 12 * RATE, target=Decimal(7)))
    answer = read_answer(scenario.answer)
    assert len(answer.curve) > 2
    for place, point in enumerate(answer.curve):
        variant = variant_of(scenario, {"kurva": str(place)})
        assert variant.ceilings == {"apbd_kabkota": point.ceiling}
        assert result_of(solved(cast, variant)).optimum.people == point.value
    for swing in scenario.answer["swings"]:
        for side, word in (("low", "rendah"), ("high", "tinggi")):
            told = {"asumsi": swing["assumption"], "arah": word}
            assert result_of(solved(cast, variant_of(scenario, told))).optimum.people == swing[side]
    copied = {"salin": scenario.pk, "asumsi": "price", "arah": "tinggi"}
    form = client_of(cast.dewi).get(reverse("plan_create"), copied).context["form"]
    assert form["price_change"].value() == "10"
    assert variant_of(scenario, {"kurva": "99"}) == variant_of(scenario, {}) == read_asked(scenario.asked)


def test_a_plan_of_several_years_has_an_annex_for_each(cast, people, client_of):
    stages = (100 * 12 * RATE, 300 * 12 * RATE)
    wanted = replace(asked(stages[0], stages=stages), ceilings={"apbd_kabkota": -1, WHOLE: stages[0]})
    scenario = solved(cast, wanted)
    client = client_of(cast.dewi)
    for year, rupiah in zip((YEAR, YEAR + 1), stages, strict=True):
        answer = client.get(reverse("plan_annex", args=[scenario.pk, "xlsx"]), {"tahun": year})
        rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
        assert rows[0][0] == f"Lampiran usulan anggaran iuran Jamsostek {year}"
        amounts = [row[11] for row in rows if isinstance(row[11], float)]
        assert amounts[-1] == rupiah == sum(amounts[:-1])
        assert f"lampiran-{KOTA_A}-{year}-" in answer["Content-Disposition"]
    page = client.get(reverse("plan_page", args=[scenario.pk])).content.decode()
    assert f"?tahun={YEAR + 1}" in page
    assert client.get(reverse("plan_annex", args=[scenario.pk, "docx"]), {"tahun": 2040}).status_code == 404


def test_the_command_solves_several_years(cast, people):
    stages = ("--stage", str(100 * 12 * RATE), "--stage", str(300 * 12 * RATE))
    told = told_by_command(*ASKED, *stages, "--least-months", "12")
    years = [(one["year"], one["renewed"], one["people"], one["rupiah"]) for one in told["years"]]
    assert years == [(2026, 0, 100, 20_160_000), (2027, 100, 300, 60_480_000)]
    assert told["people"] == 100
    for wrong in (stages[:2], (*stages, "--ceiling", "1"), stages * 3):
        with pytest.raises(CommandError):
            told_by_command(*ASKED, *wrong)


def test_several_years_are_solved_in_the_background_and_shown(cast, people, client_of):
    """100, then 300 people's money: from 500 of 10,000 workers to 8 percent in the second year."""
    stages = (100 * 12 * RATE, 300 * 12 * RATE)
    wanted = asked(stages[0], target=Decimal(8), stages=stages)
    wanted = replace(wanted, ceilings={**wanted.ceilings, "apbd_kabkota": -1, WHOLE: stages[0]})
    scenario = solved(cast, wanted)
    shown = shown_plan(scenario)
    told = [(row.year, row.renewed, row.added, row.rate, row.missing) for row in shown.staged.years]
    assert told == [(YEAR, 0, 100, Decimal("6.00"), 200), (YEAR + 1, 100, 200, Decimal("8.00"), 0)]
    assert [row.rupiah for row in shown.staged.years] == list(stages)
    assert all(sum(line.rupiah for line in row.lines) == row.rupiah for row in shown.staged.years)
    assert f"tercapai pada akhir {YEAR + 1}" in shown.staged.sentence
    assert result_of(scenario).edited.people == 100
    page = client_of(cast.dewi).get(reverse("plan_page", args=[scenario.pk])).content.decode()
    assert "Bertahap menurut tahun" in page
    assert page.count("<svg") >= 2


def test_a_plan_of_several_years_is_asked_by_shares_of_a_growing_budget(cast, people, client_of):
    client = client_of(cast.dewi)
    sent = {
        "name": "Bertahap",
        "goal": "people",
        "first": "0",
        "least_months": "12",
        "programmes": ["jkk", "jkm"],
    }
    sent |= {"use_apbd_kabkota": "on", "take_nelayan": "on", "years": "2", "budget": "1.000.000.000"}
    sent |= {"budget_growth": "10", "share_1": "1", "share_2": "2"}
    address = f"{reverse('plan_create')}?wilayah={KOTA_A}&tahun={YEAR}"
    assert client.post(address, {**sent, "share_2": ""}).status_code == 422
    assert client.post(address, sent).status_code == 302
    kept = read_asked(Scenario.objects.get().asked)
    assert kept.stages == (10_000_000, 22_000_000)
    assert kept.ceilings[WHOLE] == 10_000_000
    assert kept.capacity == {"budget": 1_000_000_000, "growth": "10", "shares": ["1", "2"]}


def test_whom_a_plan_leaves_out_is_offered_to_another_payer(cast, people, client_of):
    scenario = solved(cast)
    shown = shown_plan(scenario)
    assert shown.people_left_out == 900 - 100
    assert shown.rupiah_left_out == 800 * 12 * RATE
    page = client_of(cast.dewi).get(reverse("plan_page", args=[scenario.pk])).content.decode()
    assert reverse("pledge_record") in page


def lines_of(answer):
    return b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()


def test_tables_of_plans_are_files(cast, people, client_of):
    scenario, client = solved(cast), client_of(cast.dewi)
    page = reverse("plan_page", args=[scenario.pk])
    (_head, line) = lines_of(client.get(page, {"unduh": "csv"}))
    assert line.endswith(";12;100;100 orang × 12 bulan × Rp16.800;20160000;")
    (_head, line) = lines_of(client.get(reverse("plan_list"), {"unduh": "csv"}))
    assert line.startswith(f"{scenario.pk};Pagu tetap;{KOTA_A};")
    (head, *rows) = lines_of(client.get(reverse("plan_compare"), {"s": scenario.pk, "unduh": "csv"}))
    assert head == "hal;Pagu tetap"
    assert "Biaya;Rp20.160.000" in rows
    assert client_of(cast.budi).get(page, {"unduh": "csv"}).status_code == 404
