"""What was due, paid and claimed in a closed month stays to the rupiah, whatever the law says later."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from budgets.enums import RateBase
from budgets.models import ContributionRate
from budgets.services.contribution import record_contributions
from budgets.services.tariff import note_tariff_change
from budgets.services.wage_base import record_wage_bases
from participants.models import Participant
from participants.services.headcount import record_headcounts
from participants.services.membership_count import record_membership_counts
from participants.services.persons.merge import merge_participants
from regions.enums import MonthState
from regions.models import ReportingMonth
from reports.models import MeasureValue, Run
from reports.services.recompute import recompute_stale
from tests.cast import KOTA_A, PROVINCE
from tests.factories import (
    ContributionFactory,
    HeadcountFactory,
    MembershipCountFactory,
    WageBaseFactory,
)
from tests.months import close
from tests.participants.batches import people, store

JUNE, JULY, AUGUST = date(2025, 6, 1), date(2025, 7, 1), date(2025, 8, 1)
MEASURES = ("CON-01", "CON-02", "CON-03", "CON-04", "BUD-06", "CAT-02", "BAL-01")


def told(code, month):
    rows = MeasureValue.objects.filter(run__region=code, run__period=month, run__is_current=True)
    return set(rows.values_list("measure", "category", "funding", "variant", "numerator", "denominator"))


def total(code, month, measure):
    row = MeasureValue.objects.get(
        run__region=code,
        run__period=month,
        run__is_current=True,
        measure=measure,
        category="",
        funding="",
        variant="",
    )
    return row.numerator


def dearer(programme, rupiah, since):
    """A new flat rate of BPU in force from a day on."""
    ContributionRate.objects.create(
        segment="bpu",
        programme=programme,
        base=RateBase.FLAT,
        rupiah=rupiah,
        valid_from=since,
        legal_source="uji",
    )
    note_tariff_change(since=since)


@pytest.fixture
def year(cast, system):
    """June closed, July open: 1,593 Linmas without names in both, and three persons of another category."""
    record_headcounts([HeadcountFactory(month=month) for month in (JUNE, JULY)], by=system)
    record_membership_counts([MembershipCountFactory(month=month) for month in (JUNE, JULY)], by=system)
    record_contributions(
        [
            ContributionFactory(
                amount=10_000_000, first_month=JUNE, last_month=JUNE, paid_on=date(2025, 6, 20)
            )
        ],
        by=system,
    )
    store(people(3), cast.wayan, first_month=JUNE, category="nelayan")
    recompute_stale()
    close(cast, month=JUNE)
    recompute_stale()
    return told(KOTA_A, JUNE)


def test_due_is_people_times_price_and_arrears_what_did_not_come(year):
    assert total(KOTA_A, JUNE, "CON-01") == (1_593 + 3) * 16_800
    assert total(KOTA_A, JUNE, "CON-02") == 10_000_000
    assert total(KOTA_A, JUNE, "CON-03") == (1_593 + 3) * 16_800 - 10_000_000
    assert total(KOTA_A, JULY, "CON-01") == 2 * (1_593 + 3) * 16_800
    assert total(PROVINCE, JULY, "CON-03") == 2 * (1_593 + 3) * 16_800 - 10_000_000


def test_a_dearer_rate_leaves_what_was_closed_and_the_year_to_date_that_holds_it(year):
    dearer("jkm", 7_800, date(2025, 1, 1))
    recompute_stale()
    assert told(KOTA_A, JUNE) == year
    # June as it was closed, July by the new law.
    assert total(KOTA_A, JULY, "CON-01") == (1_593 + 3) * (16_800 + 17_800)
    assert total(PROVINCE, JULY, "CON-01") == (1_593 + 3) * (16_800 + 17_800)
    assert Run.objects.get(region=KOTA_A, period=JUNE, is_current=True).moved_at is not None


def test_two_merged_persons_are_paid_for_once(cast, system):
    store(people(2), cast.wayan, first_month=JULY)
    one, two = Participant.objects.order_by("pk")
    recompute_stale()
    assert total(KOTA_A, JULY, "CON-01") == 2 * 16_800
    merge_participants(
        keep=one.pk, other=two.pk, keep_revision=1, other_revision=1, by=cast.siti, reason="sama"
    )
    recompute_stale()
    assert total(KOTA_A, JULY, "CON-01") == 16_800


def test_a_price_that_nobody_knows_is_told_and_not_counted(system, cast):
    headcount = HeadcountFactory(category_id="non_asn", people=40)
    record_headcounts([headcount, HeadcountFactory(people=10)], by=system)
    recompute_stale()
    unknown = MeasureValue.objects.get(run__region=KOTA_A, run__is_current=True, measure="CON-05")
    assert (unknown.category, unknown.numerator) == ("non_asn", 40)
    assert total(KOTA_A, JULY, "CON-01") == 10 * 16_800
    record_wage_bases([WageBaseFactory(category_id="non_asn", first_month=JULY)], by=system)
    recompute_stale()
    assert total(KOTA_A, JULY, "CON-01") == 10 * 16_800 + 40 * 10_800


def test_arrears_by_month_add_up_to_the_whole(year):
    rows = MeasureValue.objects.filter(
        run__region=KOTA_A, run__period=JULY, run__is_current=True, measure="CON-04"
    )
    by_month = dict(rows.values_list("variant", "numerator"))
    due = (1_593 + 3) * 16_800
    # The payment of ten million told no payer, so it is set against nobody's arrears but the whole's.
    assert by_month == {"2025-06": due, "2025-07": due}
    assert total(KOTA_A, JULY, "CON-03") == sum(by_month.values()) - 10_000_000


CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["rate", "wage", "headcount", "payment", "persons", "recompute"]),
        st.integers(1, 40_000),
        st.sampled_from([date(2024, 1, 1), date(2025, 1, 1), JUNE, JULY]),
    ),
    min_size=1,
    max_size=7,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=CHANGES)
def test_whatever_the_law_and_the_neighbours_do_the_closed_month_stays(changes, year, cast, system):
    for kind, number, since in changes:
        if (
            kind == "rate"
            and not ContributionRate.objects.filter(
                segment="bpu", programme="jkm", valid_from=since, base=RateBase.FLAT
            ).exists()
        ):
            dearer("jkm", number, since)
        elif kind == "wage":
            base = WageBaseFactory(category_id="linmas", first_month=since, rupiah=number * 1_000)
            record_wage_bases([base], by=system, overwrite=True)
        elif kind == "headcount":
            row = HeadcountFactory(month=AUGUST, people=number)
            record_headcounts([row], by=system, overwrite=True)
        elif kind == "payment":
            # Paid in an open month for the closed one as well.
            row = ContributionFactory(
                amount=number, first_month=JUNE, last_month=JULY, paid_on=date(2025, 7, 5)
            )
            record_contributions([row], by=system)
        elif kind == "persons":
            store(people(1, first=number), cast.wayan, first_month=JULY, category="kader")
        else:
            recompute_stale()
    recompute_stale()
    assert ReportingMonth.objects.get(region=KOTA_A, month=JUNE).state == MonthState.CLOSED
    assert told(KOTA_A, JUNE) == year
    parts = MeasureValue.objects.filter(
        run__region=KOTA_A, run__period=JULY, run__is_current=True, measure="CON-01"
    ).values_list("numerator", flat=True)
    above = MeasureValue.objects.filter(
        run__region=PROVINCE, run__period=JULY, run__is_current=True, measure="CON-01"
    ).values_list("numerator", flat=True)
    assert list(parts) == list(above)
