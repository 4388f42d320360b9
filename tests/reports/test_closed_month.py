"""A closed month's figures are history: nothing but closing it again gives it others."""

from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from participants.models import Headcount, MembershipCount, Workforce
from participants.services.headcount import correct_headcount, record_headcounts
from participants.services.membership_count import correct_membership_count, record_membership_counts
from participants.services.workforce import correct_workforce
from regions.services.reporting_month import locked_row, step
from reports.measures.frozen import Below, from_json, to_json
from reports.models import Cause, MeasureValue, Restatement, Run
from reports.selectors.definitions.definition import coverage_definition_on
from reports.selectors.gathering.tree import gather
from reports.selectors.months.restatement import differences
from reports.selectors.run import stored_quantities
from reports.selectors.waiting_region import awaits_below
from reports.services.recompute import recompute_stale
from reports.services.waiting_region import forget_runs, mark_outdated, note_changes, note_waiting
from tests.cast import KOTA_A, KOTA_B, PROVINCE
from tests.factories import HeadcountFactory, MembershipCountFactory
from tests.months import JULY, WAY, close, reopen
from tests.reports.test_recompute import current

pytestmark = pytest.mark.usefixtures("cast_once")


def values(code):
    rows = MeasureValue.objects.filter(run__region_id=code, run__is_current=True)
    return set(rows.values_list("run__period", "measure", "category", "target", "numerator", "denominator"))


def correct_members(by, members):
    row = MembershipCount.objects.get(region_id=KOTA_A, month=JULY)
    correct_membership_count(
        pk=row.pk, revision=row.revision, by=by, reason="salah", new={"members": members}
    )


def correct_denominator(by, workers):
    row = Workforce.objects.get(region_id=KOTA_A)
    correct_workforce(pk=row.pk, revision=row.revision, by=by, reason="rilis baru", new={"workers": workers})


@pytest.fixture
def closed(figures, cast):
    close(cast)
    recompute_stale()
    return SimpleNamespace(before=values(KOTA_A), run=Run.objects.get(region_id=KOTA_A, is_current=True))


def test_closing_pins_the_run_without_making_another(figures, cast):
    before = Run.objects.get(region_id=KOTA_A, is_current=True)
    close(cast)
    recompute_stale()
    after = Run.objects.get(region_id=KOTA_A, is_current=True)
    assert (after.pk, after.closing, after.moved_at) == (before.pk, 1, None)
    assert from_json(after.quantities).members["all"].value == 76_062
    assert not Restatement.objects.exists()


def test_a_new_denominator_leaves_a_closed_month_and_what_stands_above_it(closed, cast):
    above = current(PROVINCE)
    correct_denominator(cast.wayan, 200_000)
    recompute_stale()
    assert values(KOTA_A) == closed.before
    assert current(PROVINCE).denominator == above.denominator == 349_794
    run = Run.objects.get(region_id=KOTA_A, is_current=True)
    assert (run.pk, run.moved_at is not None) == (closed.run.pk, True)


def test_what_moved_back_is_no_longer_told_as_moved(closed, cast):
    correct_denominator(cast.wayan, 200_000)
    recompute_stale()
    correct_denominator(cast.wayan, 174_897)
    recompute_stale()
    assert Run.objects.get(region_id=KOTA_A, is_current=True).moved_at is None


def test_the_neighbours_open_month_goes_on(closed, cast):
    row = MembershipCount.objects.get(region_id=KOTA_B)
    correct_membership_count(pk=row.pk, revision=1, by=cast.budi, reason="x", new={"members": 50_000})
    recompute_stale()
    assert current(KOTA_B).numerator == 50_000
    assert current(PROVINCE).numerator == 76_062 + 50_000


def test_throwing_runs_away_spares_closed_ones(closed, cast):
    forget_runs(region_code=KOTA_A, first_month=JULY, last_month=JULY)
    recompute_stale()
    assert values(KOTA_A) == closed.before
    assert Run.objects.get(region_id=KOTA_A, is_current=True).pk == closed.run.pk


def test_a_new_version_of_the_house_leaves_closed_months(closed, monkeypatch):
    for module in ("run", "waiting_region"):
        monkeypatch.setattr(f"reports.services.{module}.COMPUTATION_VERSION", "2099.1")
    mark_outdated()
    recompute_stale()
    run = Run.objects.get(region_id=KOTA_A, is_current=True)
    assert (run.pk, run.code_version == "2099.1") == (closed.run.pk, False)
    assert Run.objects.get(region_id=KOTA_B, is_current=True).code_version == "2099.1"


def test_closed_again_with_other_figures_is_a_restatement(closed, cast):
    reopen(cast)
    correct_members(cast.wayan, 76_100)
    recompute_stale()
    assert current(KOTA_A).numerator == 76_100
    assert not Restatement.objects.exists()
    close(cast)
    recompute_stale()
    restatement = Restatement.objects.get()
    assert (restatement.region_id, restatement.period, restatement.reason) == (KOTA_A, JULY, "salah ketik")
    assert (restatement.before_id, restatement.before.closing, restatement.after.closing) == (
        closed.run.pk,
        1,
        2,
    )
    told = [(d.measure.code, d.before.numerator, d.after.numerator) for d in differences(restatement)]
    assert told == [("COV-01", 76_062, 76_100), ("COV-03", 98_835, 98_797)]


def test_closed_again_with_the_same_figures_is_none(closed, cast):
    reopen(cast)
    recompute_stale()
    close(cast)
    recompute_stale()
    assert not Restatement.objects.exists()
    assert Run.objects.get(region_id=KOTA_A, is_current=True).closing == 2


def test_there_and_back_while_open_restates_nothing(closed, cast):
    reopen(cast)
    for members in (76_100, 76_062):
        correct_members(cast.wayan, members)
        recompute_stale()
    close(cast)
    recompute_stale()
    assert not Restatement.objects.exists()


def test_reopened_closed_and_reopened_without_a_worker_in_between(closed, cast):
    """Nothing was computed between two closings: the last one counts, and restates the first."""
    reopen(cast)
    correct_members(cast.wayan, 76_100)
    close(cast)
    reopen(cast)
    correct_members(cast.wayan, 76_200)
    close(cast)
    recompute_stale()
    restatement = Restatement.objects.get()
    assert (restatement.before.closing, restatement.after.closing) == (1, 3)
    assert current(KOTA_A).numerator == 76_200


def test_quantities_survive_json(figures):
    for code in (KOTA_A, KOTA_B, PROVINCE, "ID"):
        quantities = gather([(code, JULY)], {JULY: coverage_definition_on(JULY)})[code, JULY]
        assert from_json(to_json(quantities)) == quantities
        assert stored_quantities([code], [JULY]) == {(code, JULY): Below.of(quantities)}


CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["denominator", "neighbour", "headcount", "recompute"]), st.integers(1, 90_000)
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=CHANGES)
def test_whatever_happens_elsewhere_the_closed_month_stays(changes, closed, cast):
    for kind, number in changes:
        if kind == "denominator":
            correct_denominator(cast.wayan, number + 80_000)
        elif kind == "neighbour":
            row = MembershipCount.objects.get(region_id=KOTA_B, month=JULY)
            new = {"members": number}
            correct_membership_count(pk=row.pk, revision=row.revision, by=cast.budi, reason="x", new=new)
        elif kind == "headcount":
            later = HeadcountFactory(month=date(2025, 8, 1), people=number)
            record_headcounts([later], by=cast.wayan, overwrite=True)
        else:
            recompute_stale()
    recompute_stale()
    assert {row for row in values(KOTA_A) if row[0] == JULY} == closed.before


def test_a_closed_month_of_which_nothing_is_known_is_closed_all_the_same(cast, system):
    record_membership_counts([MembershipCountFactory(region_id=KOTA_B)], by=system)
    close(cast)
    recompute_stale()
    assert Run.objects.get(region_id=KOTA_A, is_current=True).closing == 1


def test_a_closed_province_keeps_all_that_was_recorded_below_before(figures, cast, system):
    """However long the province has waited already, and whoever is about to take note of the change."""
    before = current(PROVINCE).numerator
    note_waiting([(PROVINCE, JULY)], Cause.CORRECTION)
    correct_members(cast.wayan, 80_000)
    row = locked_row(PROVINCE, JULY)
    for transition, _who in WAY:
        step(row, transition.verb, transition.target, by=system)
    # Nobody has taken note of the change yet; then the city waits; then nothing does.
    assert awaits_below(PROVINCE)
    note_changes()
    assert awaits_below(PROVINCE)
    recompute_stale()
    assert not awaits_below(PROVINCE)
    run = Run.objects.get(region_id=PROVINCE, period=JULY, is_current=True)
    assert (run.closing, run.moved_at) == (1, None)
    assert current(PROVINCE).numerator == before + 80_000 - 76_062


def test_headcounts_corrected_in_a_reopened_month_move_the_province(closed, cast):
    reopen(cast)
    row = Headcount.objects.get(region_id=KOTA_A)
    correct_headcount(pk=row.pk, revision=1, by=cast.wayan, reason="x", new={"people": 1_600})
    recompute_stale()
    assert current(PROVINCE, "CAT-01", category="linmas", funding="apbd_kabkota").numerator == 1_600 + 1_593
