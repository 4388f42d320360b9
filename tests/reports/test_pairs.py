"""Two halves of a figure are summed over the regions that have both; a region's own stands as it is."""

from datetime import date

import pytest
from django.urls import reverse

from budgets.services.allocation import record_allocations
from budgets.services.claim import record_claims
from budgets.services.contribution import record_contributions
from budgets.services.realisation import record_realisations
from participants.services.headcount import record_headcounts
from reports.measures.frozen import Below
from reports.measures.pairs import BALANCE, Pair, stored_pairs
from reports.models import MeasureValue, Run
from reports.selectors.explanation import explain_value
from reports.selectors.recount.comparison import compare_months
from reports.services.recompute import recompute_stale
from tests.cast import KOTA_A, KOTA_B, NATION, PROVINCE
from tests.factories import (
    AllocationFactory,
    ClaimFactory,
    ContributionFactory,
    HeadcountFactory,
    RealisationFactory,
)

pytestmark = pytest.mark.usefixtures("cast_once")

JULY = date(2025, 7, 1)


def value(code, measure, **more):
    """Numerator, denominator and of how many regions; None where there is no figure."""
    rows = MeasureValue.objects.filter(
        run__region=code, run__period=JULY, run__is_current=True, measure=measure, **more
    )
    row = rows.first()
    return row and (row.numerator, row.denominator, row.reported)


def payment(code, amount, **more):
    return ContributionFactory(region_id=code, amount=amount, **more)


def test_a_balance_is_of_the_regions_that_reported_both(cast, system):
    record_contributions([payment(KOTA_A, 1_000)], by=system)
    record_claims(
        [ClaimFactory(region_id=KOTA_A, amount=300), ClaimFactory(region_id=KOTA_B, amount=900)], by=system
    )
    recompute_stale()
    for code in (PROVINCE, NATION):
        assert value(code, "BAL-01") == (1_000, None, 1)
        assert value(code, "BAL-02")[:2] == (1_200, None)
        assert value(code, "BAL-03") == (700, None, 1)
        assert value(code, "BAL-04") == (300, 1_000, 1)
        assert value(code, "BAL-05", variant="kas") == (700, None, 1)
        assert value(code, "BAL-08", variant="kas") == (300, 1_000, 1)
    assert compare_months(NATION, [JULY]).differences == []


def test_the_explanation_leads_to_the_regions_that_are_in_it(cast, system, client_of):
    record_contributions([payment(KOTA_A, 1_000)], by=system)
    claims = [ClaimFactory(region_id=code, amount=n) for code, n in ((KOTA_A, 300), (KOTA_B, 900))]
    record_claims(claims, by=system)
    recompute_stale()
    row = MeasureValue.objects.get(
        run__region=PROVINCE, run__period=JULY, run__is_current=True, measure="BAL-03"
    )
    told = explain_value(cast.dewi, row)
    assert {part.measure: part.numerator for part in told.parts} == {"BAL-01": 1_000, "BAL-02": 1_200}
    below = {one.region.pk: one.value.numerator for one in told.below if one.value}
    assert below == {KOTA_A: 700}
    page = client_of(cast.dewi).get(reverse("explanation", args=[PROVINCE, "2025-07", "BAL-03"]))
    assert reverse("explanation", args=[KOTA_A, "2025-07", "BAL-03"]) in page.content.decode()


def test_nobody_has_both_so_there_is_no_balance(cast, system):
    record_contributions([payment(KOTA_A, 1_000)], by=system)
    record_claims([ClaimFactory(region_id=KOTA_B, amount=900)], by=system)
    recompute_stale()
    assert (value(PROVINCE, "BAL-01"), value(PROVINCE, "BAL-02")) == ((1_000, None, 1), (900, None, 1))
    assert (value(PROVINCE, "BAL-03"), value(NATION, "BAL-04")) == (None, None)
    assert compare_months(NATION, [JULY]).differences == []


def test_what_a_province_reported_itself_stands(cast, system):
    record_contributions([payment(KOTA_A, 1_000)], by=system)
    record_claims([ClaimFactory(region_id=PROVINCE, amount=400)], by=system)
    recompute_stale()
    assert value(PROVINCE, "BAL-03")[:2] == (600, None)
    assert value(NATION, "BAL-03") == (600, None, 1)
    assert compare_months(NATION, [JULY]).differences == []


def test_dues_less_what_came_from_those_who_owe(cast, system):
    record_headcounts([HeadcountFactory(region_id=KOTA_A, people=10)], by=system)
    funding = {"funding_id": "apbd_kabkota"}
    paid = [payment(KOTA_A, 100_000, **funding), payment(KOTA_B, 356_000, **funding)]
    record_contributions(paid, by=system)
    recompute_stale()
    assert value(PROVINCE, "CON-02")[0] == 456_000
    assert value(PROVINCE, "CON-03")[0] == value(KOTA_A, "CON-03")[0] == 168_000 - 100_000
    assert compare_months(NATION, [JULY]).differences == []


def test_what_was_paid_without_a_ceiling_absorbs_none(cast, system):
    record_allocations([AllocationFactory(region_id=KOTA_A, amount=1_000, heads=None)], by=system)
    bills = [
        RealisationFactory(
            region_id=code, billed_amount=None, billed_on=None, paid_amount=n, paid_on=date(2025, 7, 9)
        )
        for code, n in ((KOTA_A, 250), (KOTA_B, 900))
    ]
    record_realisations(bills, by=system)
    recompute_stale()
    assert value(PROVINCE, "BUD-02")[0] == 1_150
    for measure in ("BUD-03", "BUD-08"):
        assert value(PROVINCE, measure) == value(NATION, measure) == (250, 1_000, 1)
    assert compare_months(NATION, [JULY]).differences == []


def test_a_line_lasts_for_the_people_of_those_who_have_it(cast, system):
    people = [HeadcountFactory(region_id=code, people=100) for code in (KOTA_A, KOTA_B)]
    record_headcounts(people, by=system)
    record_allocations([AllocationFactory(region_id=KOTA_A, amount=3_360_000, heads=None)], by=system)
    recompute_stale()
    assert value(KOTA_A, "BUD-06") == (3_360_000, 1_680_000, None)
    assert value(PROVINCE, "BUD-06") == value(NATION, "BUD-06") == (3_360_000, 1_680_000, 1)
    assert compare_months(NATION, [JULY]).differences == []


@pytest.mark.parametrize("stored_before_pairs", [True, False])
def test_what_was_closed_before_pairs_were_counted_has_its_totals(cast, system, stored_before_pairs):
    record_contributions([payment(KOTA_A, 1_000)], by=system)
    record_claims([ClaimFactory(region_id=KOTA_B, amount=900)], by=system)
    recompute_stale()
    stored = Run.objects.get(region=PROVINCE, is_current=True, period=JULY).quantities
    if stored_before_pairs:
        del stored["pairs"]
    expected = {BALANCE: Pair(1_000, 900, is_sum=True)} if stored_before_pairs else {}
    found = stored_pairs(stored)
    assert {key: pair for key, pair in found.items() if key == BALANCE} == expected
    assert Below.read(stored).pairs() == found
