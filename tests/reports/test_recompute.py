from datetime import date

import pytest
from django.db import transaction

from participants.models import MembershipCount
from participants.services.headcount import record_headcounts
from participants.services.membership_count import (
    correct_membership_count,
    record_membership_counts,
)
from participants.services.target import record_targets
from participants.services.workforce import record_workforces
from regions.models import Change, Region
from reports.models import MeasureValue, Run, WaitingRegion
from reports.selectors.boards.board import get_board
from reports.selectors.boards.waiting import count_waiting
from reports.services.recompute import recompute_stale
from reports.services.waiting_region import forget_runs, mark_outdated, note_changes
from tests.cast import KOTA_A, KOTA_B, PROVINCE
from tests.factories import (
    HeadcountFactory,
    MembershipCountFactory,
    TargetFactory,
    WorkforceFactory,
)

JULY = date(2025, 7, 1)


def current(code, measure="COV-01", period=JULY, **dimensions):
    wanted = {"segment": "", "category": "", "funding": "", "target": "", **dimensions}
    return MeasureValue.objects.get(
        run__region_id=code, run__period=period, run__is_current=True, measure=measure, **wanted
    )


def everything():
    columns = (
        "run__region_id",
        "run__period",
        "measure",
        "segment",
        "category",
        "funding",
        "target",
    )
    numbers = ("numerator", "denominator", "rate", "reported", "expected", "definition")
    return set(MeasureValue.objects.filter(run__is_current=True).values_list(*columns, *numbers))


def test_upward_numerators_and_denominators_are_summed_never_rates(figures):
    a, b = current(KOTA_A), current(KOTA_B)
    above = current(PROVINCE)
    assert above.numerator == a.numerator + b.numerator == 120_506
    assert above.denominator == a.denominator + b.denominator == 349_794
    assert str(above.rate) == "34.45"
    assert (above.reported, above.expected) == (2, 8)
    assert (current("ID").reported, current("ID").expected) == (1, 38)


def test_what_a_province_reports_itself_is_used_there(figures, system):
    own = {"region_id": PROVINCE, "members": 500_000}
    record_membership_counts([MembershipCountFactory(**own)], by=system)
    record_workforces([WorkforceFactory(region_id=PROVINCE, workers=2_000_000)], by=system)
    recompute_stale()
    value = current(PROVINCE)
    assert (value.numerator, value.denominator, value.reported) == (500_000, 2_000_000, None)
    assert str(value.rate) == "25.00"


def test_missing_is_not_zero(system):
    record_membership_counts([MembershipCountFactory()], by=system)
    recompute_stale()
    assert not MeasureValue.objects.filter(measure="COV-01").exists()
    assert current(KOTA_A, "CMP-01").numerator == 1


def test_a_reported_zero_is_zero(system):
    record_workforces([WorkforceFactory()], by=system)
    record_membership_counts([MembershipCountFactory(members=0)], by=system)
    recompute_stale()
    assert str(current(KOTA_A).rate) == "0.00"


def test_above_one_hundred_percent_stays(system):
    record_workforces([WorkforceFactory(workers=100)], by=system)
    record_membership_counts([MembershipCountFactory(members=153)], by=system)
    recompute_stale()
    assert str(current(KOTA_A).rate) == "153.00"
    assert current(KOTA_A, "COV-03").numerator == -53


def test_a_denominator_by_segment_is_met_by_its_segments_only(system):
    record_workforces([WorkforceFactory(segment="pu", workers=1000)], by=system)
    rows = [MembershipCountFactory(segment=s, members=n) for s, n in (("pu", 400), ("bpu", 900))]
    record_membership_counts(rows, by=system)
    recompute_stale()
    value = current(KOTA_A)
    assert (value.numerator, value.denominator) == (400, 1000)


def test_a_denominator_serves_later_years_until_a_newer_one_comes(system):
    record_workforces([WorkforceFactory(year=2023, workers=150_000)], by=system)
    record_membership_counts([MembershipCountFactory()], by=system)
    recompute_stale()
    assert current(KOTA_A).denominator == 150_000
    record_workforces([WorkforceFactory(year=2025)], by=system)
    recompute_stale()
    assert current(KOTA_A).denominator == 174_897


def test_a_correction_recomputes_only_its_month_and_those_above(figures, cast):
    before = {run.region_id: run.pk for run in Run.objects.filter(is_current=True)}
    row = MembershipCount.objects.get(region_id=KOTA_A)
    correct_membership_count(pk=row.pk, revision=1, by=cast.wayan, reason="uji", new={"members": 80_000})
    assert count_waiting(Region.objects.get(code="ID")).total == 1
    done = recompute_stale()
    assert done.runs == 3
    after = {run.region_id: run.pk for run in Run.objects.filter(is_current=True)}
    assert {code for code in after if after[code] != before[code]} == {"ID", PROVINCE, KOTA_A}
    assert current(KOTA_A).numerator == 80_000
    assert Run.objects.get(pk=before[KOTA_A]).superseded_at is not None
    assert count_waiting(Region.objects.get(code="ID")).total == 0


def test_the_same_inputs_make_no_new_run(figures):
    runs = Run.objects.count()
    Change.objects.create(region_id=KOTA_A, first_month=JULY, last_month=JULY)
    done = recompute_stale()
    assert (done.regions, done.months, done.runs, done.failed) == (1, 1, 0, 0)
    assert Run.objects.count() == runs


def test_throwing_the_runs_away_and_recomputing_gives_the_same_numbers(figures):
    before = everything()
    assert forget_runs(region_code=KOTA_A, first_month=JULY, last_month=JULY) == 3
    assert everything() != before
    recompute_stale()
    assert everything() == before


def test_a_recomputation_that_dies_leaves_everything_waiting(figures, cast, monkeypatch):
    row = MembershipCount.objects.get(region_id=KOTA_A)
    correct_membership_count(pk=row.pk, revision=1, by=cast.wayan, reason="uji", new={"members": 1})
    before = everything()

    def die(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr("reports.services.run._copy", die)
    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        recompute_stale()
    monkeypatch.undo()
    assert everything() == before
    assert count_waiting(Region.objects.get(code="ID")).total == 1
    recompute_stale()
    assert current(KOTA_A).numerator == 1
    assert recompute_stale().months == 0


def test_a_target_binds_whom_it_names_and_in_its_year(figures, system):
    record_targets([TargetFactory(region_id="ID", frame="rpjmn", percent=50)], by=system)
    record_targets([TargetFactory(frame="rpjmd", percent=60)], by=system)
    record_targets([TargetFactory(frame="rpjmd", percent=70, year=2026)], by=system)
    recompute_stale()
    assert current("ID", "COV-04", target="rpjmn").numerator == 174_897 - 120_506
    assert current(KOTA_A, "COV-04", target="rpjmd").numerator == 104_939 - 76_062
    told = MeasureValue.objects.filter(measure="COV-04", run__is_current=True)
    assert set(told.values_list("run__region_id", "target")) == {("ID", "rpjmn"), (KOTA_A, "rpjmd")}


def test_changes_of_a_region_are_one_row(figures):
    for _time in range(3):
        Change.objects.create(region_id=KOTA_A, first_month=JULY, last_month=JULY)
    assert note_changes() == 3
    assert list(WaitingRegion.objects.values_list("region_id", "months", "revision")) == [(KOTA_A, [JULY], 1)]


def test_people_paid_for_are_summed_by_category_and_source(figures, system):
    rows = [
        HeadcountFactory(region_id=PROVINCE, category_id="guru_agama", funding_id="apbd_provinsi", people=7)
    ]
    record_headcounts(rows, by=system)
    recompute_stale()
    assert current(PROVINCE, "CAT-01", category="linmas", funding="apbd_kabkota").numerator == 3_186
    assert current(PROVINCE, "CAT-02").numerator == 3_193


def test_segments_that_are_missing_are_said(system):
    record_workforces([WorkforceFactory()], by=system)
    record_membership_counts([MembershipCountFactory(segment="bpu", members=1_528)], by=system)
    recompute_stale()
    assert current(KOTA_A).definition == (
        "UCJ: peserta aktif semua segmen dibagi penyebut resmi; penyebut: angkatan kerja 2025; "
        "belum dilaporkan: PU; tanpa Jakon, PMI yang setahun ini tidak dilaporkan"
    )


def test_one_early_report_does_not_become_the_picture_of_the_region(figures, cast, system):
    early = MembershipCountFactory(month=date(2025, 9, 1), segment="bpu", members=5)
    record_membership_counts([early], by=system)
    recompute_stale()
    province = Region.objects.get(code=PROVINCE)
    assert get_board(cast.lestari, province, None).period == JULY
    assert get_board(cast.lestari, province, date(2025, 9, 1)).period == date(2025, 9, 1)


def test_a_new_version_of_the_computation_computes_anew_what_the_old_one_made(figures):
    assert mark_outdated() == 0
    Run.objects.filter(region_id=KOTA_A).update(code_version="lama")
    assert mark_outdated() == 1
    assert recompute_stale().runs == 1
    assert mark_outdated() == 0
