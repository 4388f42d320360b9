"""Budget lines and bills: what is in force when, what became of it, and who may see and write it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.cost_check import check_cost
from budgets.line import normal_account, normal_sub_activity
from budgets.models import Allocation, Realisation
from budgets.selectors.allocation import (
    explain_allocations,
    list_lines,
    list_stages,
    sum_shown,
)
from budgets.selectors.allocation import (
    sum_allocations as sum_allocations_by_month,
)
from budgets.selectors.realisation import (
    LineStages,
    Stages,
    explain_realised,
    list_realisations,
)
from budgets.selectors.realisation import (
    sum_realised as sum_realised_by_month,
)
from budgets.services.allocation import correct_allocation, record_allocations
from budgets.services.realisation import correct_realisation, record_realisations
from regions.errors import FactRefused, NotPermitted, OutsideScope
from regions.models import Change
from regions.region_months import RegionMonths
from reports.services.published_figure import load_published
from tests.cast import KOTA_A, KOTA_B
from tests.factories import AllocationFactory, RealisationFactory

JULY = date(2025, 7, 1)
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "typed", ["510202020006", "5.1.2.02.02.0006", "5.1.02.02.02.0006", " 5.1.02.02.02.0006 ", "5 1 2 2 2 6"]
)
def test_one_account_has_one_spelling(typed):
    assert normal_account(typed) == "5.1.02.02.02.0006"


@pytest.mark.parametrize(
    "typed", ["2.07.05.02.01.0003", "2.07.05.2.01.0003", "207052010003", "2070502010003"]
)
def test_one_sub_activity_has_one_spelling(typed):
    assert normal_sub_activity(typed) == "2.07.05.2.01.0003"


@pytest.mark.parametrize("typed", ["", "Belanja hibah", "5.1.02", "5.1.02.02.02.0006.01", "12345"])
def test_codes_of_another_form_stay_as_they_were_typed(typed):
    assert (normal_account(typed), normal_sub_activity(typed)) == (typed, typed)


@given(st.text(max_size=30))
def test_normal_is_normal(typed):
    assert normal_account(normal_account(typed)) == normal_account(typed)
    assert normal_sub_activity(normal_sub_activity(typed)) == normal_sub_activity(typed)


def sum_allocations(month):
    return sum_allocations_by_month(RegionMonths.at(month))[month]


def sum_realised(month):
    return sum_realised_by_month(RegionMonths.at(month))[month]


def test_a_plan_that_fits_says_so():
    check = check_cost(amount=3_024_000_000, heads=15_000, months=12, rate=16_800)
    assert (check.needed, check.difference, check.exceeds) == (3_024_000_000, 0, False)
    assert check.words == "15.000 orang × Rp16.800 × 12 bulan = Rp3.024.000.000: sama dengan pagu."


def test_a_plan_that_fits_nothing_says_what_the_money_buys():
    check = check_cost(amount=739_122_000, heads=4_400, months=9, rate=16_800)
    assert (check.needed, check.difference) == (665_280_000, 73_842_000)
    assert check.words == (
        "4.400 orang × Rp16.800 × 9 bulan = Rp665.280.000: pagu Rp739.122.000 lebih Rp73.842.000. "
        "Bagi 4.400 peserta, pagu cukup untuk 9 bulan penuh dengan sisa Rp73.842.000; untuk 10 bulan "
        "kurang Rp78.000. Selama 9 bulan uangnya cukup untuk 4.888 orang."
    )
    ten = check_cost(amount=739_122_000, heads=4_400, months=10, rate=16_800)
    assert (ten.difference, ten.exceeds) == (-78_000, True)
    assert "kurang Rp78.000" in ten.words
    assert ten.words.endswith("Selama 10 bulan uangnya cukup untuk 4.399 orang.")


def test_what_was_not_told_is_not_checked():
    assert check_cost(amount=1, heads=None, months=None, rate=None).difference is None
    monthly = check_cost(amount=739_122_000, heads=4_400, months=None, rate=16_800)
    assert (monthly.difference, "= Rp73.920.000 sebulan" in monthly.words) == (None, True)
    people = check_cost(amount=739_122_000, heads=None, months=10, rate=16_800)
    assert people.words == "Cukup untuk 4.399 orang selama 10 bulan dengan iuran Rp16.800."


money = st.integers(0, 10**15)


@given(amount=money, heads=st.integers(1, 10**7), months=st.integers(1, 12), rate=st.integers(1, 10**6))
def test_no_float_passes(amount, heads, months, rate):
    check = check_cost(amount=amount, heads=heads, months=months, rate=rate)
    assert {type(check.needed), type(check.difference)} == {int}
    assert check.needed + check.difference == amount


@pytest.fixture
def stages(cast):
    """A line of Kota A through the year, and one of the stranger's city."""
    plain = {"heads": None, "months": None, "monthly_rate": None}
    return record_allocations(
        [
            AllocationFactory(amount=100, **plain),
            AllocationFactory(amount=120, phase="pergeseran", decided_on=date(2025, 4, 10), **plain),
            AllocationFactory(
                amount=90, phase="pergeseran", sequence=2, decided_on=date(2025, 7, 31), **plain
            ),
            AllocationFactory(amount=150, phase="perubahan", decided_on=date(2025, 9, 1), **plain),
            AllocationFactory(region_id=KOTA_B, amount=999, **plain),
            AllocationFactory(year=2024, amount=7, decided_on=date(2024, 1, 2), **plain),
            AllocationFactory(category_id=None, funding_id=None, amount=5, **plain),
        ],
        by=cast.admin,
    ).created


LINMAS = ("linmas", "apbd_kabkota")


@pytest.mark.parametrize(
    ("month", "amount"),
    [
        (date(2025, 1, 1), 100),
        (date(2025, 3, 1), 100),
        (date(2025, 4, 1), 120),
        (JULY, 90),
        (date(2025, 9, 1), 150),
        (date(2025, 12, 1), 150),
    ],
)
def test_the_latest_stage_is_in_force(stages, month, amount, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = sum_allocations(month)
    assert found == {KOTA_A: {LINMAS: amount, ("", ""): 5}, KOTA_B: {LINMAS: 999}}
    assert {row.amount for row in explain_allocations(KOTA_A, month)} == {amount, 5}


def test_another_year_has_its_own_budget(stages):
    assert sum_allocations(date(2024, 6, 1)) == {KOTA_A: {LINMAS: 7}}
    assert sum_allocations(date(2026, 1, 1)) == {}


def test_stages_of_a_line_stand_side_by_side(stages, cast):
    lines = list_lines(cast.wayan, region_code=KOTA_A, year=2025, month=JULY)
    got = {line.row.category_id: [(step.row.amount, step.delta) for step in line.steps] for line in lines}
    assert got == {"linmas": [(100, None), (120, 20), (90, -30), (150, 60)], None: [(5, None)]}
    assert sum_shown(lines) == LineStages()
    assert list_lines(cast.budi, region_code=KOTA_A, year=2025, month=JULY) == []
    assert [row.amount for row in list_stages(cast.budi, region_code="ID", year=2025)] == [999]


def test_spellings_of_codes_make_one_line(cast):
    record_allocations([AllocationFactory(account="510202020006")], by=cast.dewi)
    again = AllocationFactory(account="5.1.2.02.02.0006", sub_activity="2.07.05.02.01.0003")
    assert len(record_allocations([again], by=cast.dewi).unchanged) == 1
    assert Allocation.objects.get().account == "5.1.02.02.02.0006"


def test_lines_without_names_are_still_one_line(cast):
    bare = {"category_id": None, "funding_id": None, "sub_activity": "", "account": ""}
    record_allocations([AllocationFactory(**bare)], by=cast.wayan)
    with pytest.raises(FactRefused, match="sudah dicatat"):
        record_allocations([AllocationFactory(**bare, document="lain")], by=cast.wayan)
    assert Allocation.objects.count() == 1


def test_a_plan_above_its_amount_needs_a_reason(cast):
    over = {"amount": 739_122_000, "heads": 4_400, "months": 10}
    with pytest.raises(FactRefused, match=r"melampaui pagunya sebesar Rp78\.000"):
        record_allocations([AllocationFactory(**over)], by=cast.wayan)
    with pytest.raises(FactRefused):
        record_allocations([AllocationFactory(**over, over_ceiling=True, over_reason=" ")], by=cast.wayan)
    (row,) = record_allocations(
        [AllocationFactory(**over, over_ceiling=True, over_reason="Kekurangan menunggu perubahan")],
        by=cast.wayan,
    ).created
    fits = {"amount": 739_200_000}
    row = correct_allocation(pk=row.pk, revision=1, by=cast.wayan, reason="perubahan", new=fits)
    assert (row.over_ceiling, row.over_reason) == (False, "")


def test_a_stage_touches_its_year_from_its_day_on(cast):
    record_allocations([AllocationFactory(decided_on=date(2024, 12, 20))], by=cast.wayan)
    (row,) = record_allocations(
        [AllocationFactory(phase="perubahan", decided_on=date(2025, 9, 15))], by=cast.wayan
    ).created
    correct_allocation(
        pk=row.pk, revision=1, by=cast.wayan, reason="uji", new={"decided_on": date(2025, 10, 2)}
    )
    spans = list(Change.objects.order_by("pk").values_list("first_month", "last_month"))
    december = date(2025, 12, 1)
    assert spans == [(date(2025, 1, 1), december), (date(2025, 9, 1), december), (date(2025, 9, 1), december)]


@pytest.fixture
def line(cast):
    row = AllocationFactory(amount=100_000_000, heads=None)
    return record_allocations([row], by=cast.wayan).created[0]


def test_a_bill_goes_its_way_and_its_differences_stay_visible(line, cast):
    (bill,) = record_realisations([RealisationFactory(allocation=line)], by=cast.wayan).created
    before = Realisation.objects.get()
    assert (before.paid_amount, before.posted_amount) == (None, None)
    paid = {"paid_amount": 26_745_600, "paid_on": date(2025, 7, 20), "payment_order": "SP2D 12"}
    bill = correct_realisation(pk=bill.pk, revision=1, by=cast.anton, reason="dibayar", new=paid)
    posted = {"posted_amount": 26_728_800, "posted_on": date(2025, 8, 1)}
    correct_realisation(pk=bill.pk, revision=2, by=cast.anton, reason="dibukukan", new=posted)
    july, august = sum_realised(JULY), sum_realised(date(2025, 8, 1))
    assert july == {KOTA_A: {LINMAS: Stages(26_762_400, 26_745_600, None)}}
    assert august == {KOTA_A: {LINMAS: Stages(26_762_400, 26_745_600, 26_728_800)}}
    assert list(explain_realised(KOTA_A, JULY)) == [bill]
    (shown,) = list_lines(cast.wayan, region_code=KOTA_A, year=2025, month=JULY)
    assert (shown.spent.paid, shown.left) == (26_745_600, 73_254_400)
    assert list(list_realisations(cast.wayan)) == [bill]
    assert list(list_realisations(cast.budi)) == []


def test_stages_count_in_the_year_of_their_day(cast, django_assert_num_queries):
    late = RealisationFactory(
        first_month=date(2024, 12, 1),
        last_month=date(2024, 12, 1),
        billed_on=date(2024, 12, 28),
        paid_amount=26_762_400,
        paid_on=date(2025, 1, 15),
    )
    record_realisations([late], by=cast.wayan)
    with django_assert_num_queries(1):
        assert sum_realised(date(2024, 12, 1)) == {KOTA_A: {LINMAS: Stages(26_762_400, None, None)}}
    assert sum_realised(JULY) == {KOTA_A: {LINMAS: Stages(None, 26_762_400, None)}}
    assert sum_realised(date(2024, 11, 1)) == {}
    assert list(Change.objects.values_list("first_month", "last_month")) == [
        (date(2024, 12, 1), date(2025, 12, 1))
    ]


def test_bills_above_the_line_need_a_reason_and_are_flagged(line, cast):
    record_realisations([RealisationFactory(allocation=line, billed_amount=90_000_000)], by=cast.wayan)
    with pytest.raises(FactRefused, match=r"terlampaui Rp5\.000\.000"):
        record_realisations([RealisationFactory(allocation=line, billed_amount=15_000_000)], by=cast.wayan)
    # Two bills in one set do not both fit because each alone would.
    both = [RealisationFactory(allocation=line, billed_amount=6_000_000) for _bill in range(2)]
    with pytest.raises(FactRefused, match=r"terlampaui Rp2\.000\.000"):
        record_realisations(both, by=cast.wayan)
    said = RealisationFactory(
        allocation=line, billed_amount=15_000_000, over_ceiling=True, over_reason="Menunggu perubahan APBD"
    )
    (row,) = record_realisations([said], by=cast.wayan).created
    assert row.over_ceiling
    (shown,) = list_lines(cast.wayan, region_code=KOTA_A, year=2025, month=JULY)
    assert shown.over == 5_000_000
    # The same bill with less fits again, and is not counted twice.
    row = correct_realisation(
        pk=row.pk, revision=1, by=cast.wayan, reason="uji", new={"billed_amount": 10_000_000}
    )
    assert (row.over_ceiling, row.over_reason) == (False, "")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"billed_amount": None, "billed_on": None}, "billed_on"),
        ({"billed_on": None}, "billed_on"),
        ({"paid_on": date(2025, 7, 9)}, "paid_amount"),
        ({"paid_amount": 1, "paid_on": date(2025, 7, 1)}, "paid_on"),
        ({"billed_amount": -1}, "billed_amount"),
        ({"last_month": date(2025, 6, 1)}, "last_month"),
        ({"billed_on": date(2099, 1, 1)}, "billed_on"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(values, field, cast):
    with pytest.raises(FactRefused) as refused:
        record_realisations([RealisationFactory(**values)], by=cast.wayan)
    assert field in {problem.field for problem in refused.value.problems}
    assert not Realisation.objects.exists()


def test_a_bill_belongs_to_the_line_of_its_region(line, cast):
    with pytest.raises(FactRefused, match="milik wilayah lain"):
        record_realisations([RealisationFactory(region_id=KOTA_B, allocation=line)], by=cast.admin)
    with pytest.raises(FactRefused, match="Berbeda dari baris anggarannya"):
        record_realisations([RealisationFactory(allocation=line, category_id="kader")], by=cast.wayan)


def test_the_stranger_and_the_leader_do_not_write(line, cast):
    with pytest.raises(FactRefused, match="di luar wewenang"):
        record_allocations([AllocationFactory(year=2024, decided_on=date(2024, 1, 2))], by=cast.budi)
    for who, refusal in ((cast.budi, OutsideScope), (cast.ratna, NotPermitted), (cast.lestari, NotPermitted)):
        with pytest.raises(refusal):
            correct_allocation(pk=line.pk, revision=1, by=who, reason="uji", new={"amount": 1})
    line.refresh_from_db()
    assert line.amount == 100_000_000


def test_published_budgets_are_facts(system, cast):
    load_published(by=system)
    assert sum_allocations(date(2024, 12, 1))["17.06"] == {("", ""): 362_880_000}
    assert sum_allocations(date(2025, 1, 1))["64.09"] == {("", ""): 3_024_000_000}
    september = date(2025, 9, 1)
    assert sum_allocations(september)["73.10"] == {("", "apbdes"): 2_239_339_680}
    assert sum_realised(september)["73.10"] == {("", "apbdes"): Stages(None, 1_493_319_120, None)}
    row = Realisation.objects.get(region_id="73.10")
    assert (row.first_month, row.last_month) == (date(2025, 1, 1), date(2025, 8, 1))
    (line,) = list_lines(cast.dewi, region_code="73.10", year=2025, month=september)
    # Nobody told what was billed and posted: that is not zero.
    assert sum_shown([line]) == LineStages(None, 1_493_319_120, None, 1_493_319_120)
    mukomuko = Allocation.objects.get(region_id="17.06")
    assert (mukomuko.heads, mukomuko.monthly_rate, mukomuko.months) == (1_800, 16_800, 12)
    assert (
        check_cost(
            amount=mukomuko.amount, heads=mukomuko.heads, months=mukomuko.months, rate=mukomuko.monthly_rate
        ).difference
        == 0
    )
